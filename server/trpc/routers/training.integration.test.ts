import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import { createTrainingControlService } from '../../training/control-service';
import { launchWorker } from '../../training/launch';
import { TrainingManager } from '../../training/manager';
import { createTrainingRecorder, type TrainingRecorder } from '../../training/recorder';
import { createTrainingService } from '../../training/service';
import { channels } from '../../upstream/channels';
import type { SignedIn } from '../context';
import { createCallerFactory } from '../init';
import { trainingRouter } from './training';

const STRIKE_WORKER = new URL('../../training/testing/strike-worker.ts', import.meta.url);
const ENDLESS = { maxSteps: 2_000_000 };
const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const log = pino({ level: 'silent' });
const createCaller = createCallerFactory(trainingRouter);

let database: TestDatabase;
let recorder: TrainingRecorder;
let manager: TrainingManager;
let server: RunningGrpcServer;

beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
  recorder = createTrainingRecorder(database.db);
  manager = new TrainingManager({
    maxRunning: 1,
    maxQueued: 3,
    journal: recorder,
    launch: (config) => launchWorker(config, STRIKE_WORKER),
  });
  server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [
      createTrainingService({ manager, keys: KEYS }),
      createTrainingControlService({ manager, keys: KEYS }),
    ],
    log,
  });
  vi.stubEnv('AUTH_SECRET', KEYS.authSecret);
  vi.stubEnv('TRAINING_GRPC_ADDRESS', `127.0.0.1:${server.port}`);
});

afterAll(async () => {
  channels().close();
  await server.close();
  await recorder.close();
  await closeDb();
  await database.drop();
  vi.unstubAllEnvs();
});

async function newPlayer(role: 'player' | 'admin' = 'player') {
  const name = `p_${randomUUID().slice(0, 8)}`;
  const { id } = await database.db.user.create({ data: { username: name, usernameKey: name, role } });
  const user: SignedIn = { playerId: id, playerName: name, role, isGuest: false, loginId: 'test', epoch: 0 };
  return { name, api: createCaller({ user, address: '127.0.0.1' }) };
}

const visitor = createCaller({ user: null, address: '127.0.0.1' });

/** Resolves once the training has measured something. */
function measured(sessionId: string): Promise<void> {
  const followed = manager.follow(sessionId);
  return new Promise((resolve) => {
    const off = followed.onChange(() => {
      if (followed.history.length === 0) return;
      off();
      resolve();
    });
  });
}

describe('training', () => {
  it('TRAIN-1: is started by a player, seen by everybody, and stopped by its owner alone', async () => {
    const [owner, other] = [await newPlayer(), await newPlayer()];
    const { sessionId } = await owner.api.start({ ...ENDLESS, name: 'First steps', characterId: 2 });
    await measured(sessionId);
    await recorder.flush();

    const { trainings, control } = await visitor.list();
    expect(control).toBe(true);
    expect(trainings).toMatchObject([
      { sessionId, name: 'First steps', ownerName: owner.name, status: 'running' },
    ]);
    const view = await visitor.get({ sessionId });
    expect(view).toMatchObject({ mayStop: false, training: { config: { characterId: 2 } } });
    expect(view.buckets.map(({ field }) => field)).toContain('loss');
    expect(await owner.api.get({ sessionId })).toMatchObject({ mayStop: true });

    await expect(other.api.stop({ sessionId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(visitor.stop({ sessionId })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(other.api.stop({ sessionId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await owner.api.stop({ sessionId });
    expect(await owner.api.get({ sessionId })).toMatchObject({
      mayStop: false,
      training: { status: 'stopped', reason: 'It was stopped.' },
    });
  });

  it('is for players only, with settings that make sense, and two at a time', async () => {
    await expect(visitor.start({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const { api } = await newPlayer();
    await expect(api.start({ learningRate: 3 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const first = await api.start(ENDLESS);
    const second = await api.start(ENDLESS);
    expect((await api.get(first)).training?.name).toBe('Garam vs Garam (balanced)');
    expect((await api.get(first)).training?.config?.seed).not.toBe(
      (await api.get(second)).training?.config?.seed,
    );
    await expect(api.start(ENDLESS)).rejects.toThrow('You have 2 trainings already');

    const admin = await newPlayer('admin');
    await admin.api.stop(first);
    await admin.api.stop(second);
  });

  it('has the place free again when the stop is answered', async () => {
    const { api } = await newPlayer();
    for (let round = 0; round < 4; round++) {
      const started = await api.start(ENDLESS);
      await measured(started.sessionId);
      await api.stop(started);
      expect((await api.get(started)).training?.status).toBe('stopped');
    }
  });

  it('leaves no record of a training that was refused', async () => {
    const { api, name } = await newPlayer('admin');
    const started: { sessionId: string }[] = [];
    const fill = async () => {
      for (;;) started.push(await api.start(ENDLESS));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(started.length).toBeGreaterThanOrEqual(3);
    const mine = await database.db.trainingSession.count({ where: { owner: { username: name } } });
    expect(mine).toBe(started.length);
    for (const one of started) await api.stop(one);
  });

  it('shows as failed what the service no longer knows', async () => {
    const createdAt = new Date(Date.now() - 60_000);
    await database.db.trainingSession.create({
      data: { id: 'lost', name: 'Lost', config: {}, status: 'running', createdAt },
    });
    expect((await visitor.get({ sessionId: 'lost' })).training).toMatchObject({
      status: 'failed',
      reason: 'The training service no longer knows it.',
      config: null,
    });
    await expect(visitor.get({ sessionId: 'never-was' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('TRAIN-1: says that there is no control when the service is gone, and still shows what is known', async () => {
    channels().close();
    await server.close();
    const { trainings, control, reason } = await visitor.list();
    expect([control, reason]).toEqual([false, "The training service can't be reached."]);
    expect(trainings.length).toBeGreaterThan(3);
    expect(await visitor.get({ sessionId: 'never-was' })).toMatchObject({ training: null, control: false });
    const { api } = await newPlayer();
    await expect(api.start({})).rejects.toThrow("can't be reached");
  });
});
