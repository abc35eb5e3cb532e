import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import {
  type Training,
  type TrainingControlServiceServer,
  TrainingControlServiceService,
} from '../grpc/gen/training_control';
import { type GrpcService, startGrpcServer } from '../grpc/server';
import { serveUnary } from '../grpc/unary';
import { channels } from '../upstream/channels';
import { startHungService } from '../upstream/testing/hung';
import { createTrainingControlService } from './control-service';
import { launchWorker } from './launch';
import { TrainingManager } from './manager';
import { listTrainings, type Person, startTraining, type TrainingDesk, trainingDesk } from './requests';

const STRIKE_WORKER = new URL('./testing/strike-worker.ts', import.meta.url);
const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const SETTINGS = { maxSteps: 2_000_000 };
const log = pino({ level: 'silent' });

let database: TestDatabase;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  channels().close();
  for (const step of undo.splice(0)) await step();
});
afterAll(() => database.drop());

const deskAt = (port: number) =>
  trainingDesk(database.db, { address: `127.0.0.1:${port}`, useTls: false, keys: KEYS });

async function serving(...services: GrpcService[]): Promise<TrainingDesk> {
  const server = await startGrpcServer({ host: '127.0.0.1', port: 0, services, log, graceMs: 0 });
  undo.push(() => server.close());
  return deskAt(server.port);
}

/** A training service of somebody else. */
function theirs(answers: Partial<TrainingControlServiceServer>): GrpcService {
  const refuse = serveUnary((): never => {
    throw new AppError('INTERNAL', 'psycopg2.OperationalError: 10.0.0.5:5432 refused, password of trainer');
  });
  const implementation: TrainingControlServiceServer = {
    startTraining: refuse,
    stopTraining: refuse,
    getTraining: refuse,
    listTrainings: refuse,
    ...answers,
  };
  return { definition: TrainingControlServiceService, implementation };
}

let people = 0;
async function person(more: Partial<Person> = {}): Promise<Person> {
  people += 1;
  const name = `person-${people}`;
  const { id } = await database.db.user.create({ data: { username: name, usernameKey: name } });
  return { playerId: id, role: 'player', isGuest: false, ...more };
}

const start = (desk: TrainingDesk, who: Person, address = '203.0.113.1') =>
  startTraining(desk, { settings: SETTINGS, person: who, address, nameOf: (slug) => slug });

const records = () => database.db.trainingSession.count();

describe('TRAIN-3: starting a training', () => {
  it('ends with TIMEOUT where the service takes connections and never answers', async () => {
    const hung = await startHungService();
    undo.push(() => hung.close());
    const desk = deskAt(hung.port);
    const [listed, started] = await Promise.allSettled([listTrainings(desk), start(desk, await person())]);
    expect(listed).toMatchObject({ value: { control: false, why: 'unreachable' } });
    expect(started).toMatchObject({
      reason: { code: 'TIMEOUT', message: 'The training service does not answer.' },
    });
  }, 15_000);

  it('is UNAVAILABLE where nobody listens, and leaves no record', async () => {
    const before = await records();
    await expect(start(deskAt(1), await person())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await records()).toBe(before);
  });

  it('is UNIMPLEMENTED where the service only streams', async () => {
    const desk = await serving();
    await expect(start(desk, await person())).rejects.toMatchObject({
      code: 'UNIMPLEMENTED',
      message: expect.stringContaining("can't be controlled"),
    });
    expect(await listTrainings(desk)).toMatchObject({ control: false, why: 'streams_only' });
  });
});

describe('TRAIN-4: one address', () => {
  it('of guests doesn’t fill all places: an account and an admin get in', async () => {
    const launch = (config: Parameters<typeof launchWorker>[0]) => launchWorker(config, STRIKE_WORKER);
    const manager = new TrainingManager({ maxRunning: 1, maxQueued: 9, launch });
    undo.push(() => manager.close());
    const desk = await serving(createTrainingControlService({ manager, keys: KEYS }));
    for (let seat = 0; seat < 4; seat += 1) await start(desk, await person({ isGuest: true }));
    const before = await records();
    const fifth = start(desk, await person({ isGuest: true }));
    await expect(fifth).rejects.toMatchObject({ code: 'RATE_LIMITED', detail: { reason: 'address_share' } });
    expect(await records()).toBe(before);
    await start(desk, await person());
    await start(desk, await person(), '203.0.113.2');
    await start(desk, await person({ role: 'admin' }));
    const statuses = manager.list().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'queued').length).toBe(6);
    expect(JSON.stringify(manager.list())).not.toMatch(/203\.0\.113|addressKey|requester/);
  });
});

describe('TRAIN-6: a training service of somebody else', () => {
  it('says nothing to people: neither its errors nor its reasons', async () => {
    const desk = await serving(theirs({}));
    const failure = await start(desk, await person()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INTERNAL', message: 'The training service broke.' });
    expect(await listTrainings(desk)).toMatchObject({
      why: 'refused',
      reason: 'The training service broke.',
    });
  });

  it('is shown as far as it makes sense', async () => {
    const odd: Training = {
      session_id: 'odd',
      name: 'n\u202e'.repeat(50_000),
      status: 'FINISHED!',
      reason: 'Worker at 10.0.0.9:7000 died',
      config: undefined,
      created_at_ms: 9_000_000_000_000_000_000n,
      ended_at_ms: 9_000_000_000_000_000_000n,
      last_step: 5,
      last_episode: 1,
      evaluations: [{ step: 1, rounds: 2, wins: 1, mean_reward: Number.POSITIVE_INFINITY }],
    };
    const desk = await serving(theirs({ listTrainings: serveUnary(() => ({ trainings: [odd] })) }));
    const { trainings, control } = await listTrainings(desk);
    expect(control).toBe(true);
    expect(trainings.find(({ sessionId }) => sessionId === 'odd')).toMatchObject({
      name: 'n '.repeat(40),
      status: 'ended',
      reason: '',
      createdAt: new Date(0),
    });
  });
});
