import { type ClientReadableStream, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Measurement } from '../../engine/learning/learner';
import { type TrainingMetrics, TrainingServiceClient } from '../grpc/gen/proto/training';
import { type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { parseTrainingConfig } from './config';
import { askUpstream, type TrainingControl, trainingControl } from './control-client';
import { createTrainingControlService } from './control-service';
import { launchWorker } from './launch';
import { TrainingManager } from './manager';
import { REASONS } from './reasons';
import { createTrainingService } from './service';

const STRIKE_WORKER = new URL('./testing/strike-worker.ts', import.meta.url);
const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const log = pino({ level: 'silent' });
const OLD: Measurement[] = [100, 200].map((step) => ({
  step,
  episode: 1,
  loss: 1,
  reward: 2,
  qValue: 3,
  episodeLength: 4,
}));

/** A history of 5 MB on the wire; counts how much of it was asked for. */
const LENGTH = 100_000;
let taken = 0;
const LONG: readonly Measurement[] = new Proxy<Measurement[]>([], {
  get(_target, key) {
    const place = Number(key);
    if (!(place < LENGTH)) return undefined;
    taken = place + 1;
    return { step: place, episode: 1, loss: 1, reward: 2, qValue: 3, episodeLength: 4 };
  },
});

let manager: TrainingManager;
let server: RunningGrpcServer;
let client: TrainingServiceClient;
let control: TrainingControl;

beforeEach(async () => {
  manager = new TrainingManager({
    maxRunning: 1,
    maxQueued: 1,
    launch: (config) => launchWorker(config, STRIKE_WORKER),
  });
  const findEnded = async (id: string) => (id === 'from-before' ? OLD : id === 'long-ago' ? LONG : undefined);
  server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [
      createTrainingService({ manager, keys: KEYS, findEnded }),
      createTrainingControlService({ manager, keys: KEYS }),
    ],
    log,
  });
  const address = `127.0.0.1:${server.port}`;
  client = new TrainingServiceClient(address, credentials.createInsecure());
  control = trainingControl(targetAt(address, false), KEYS);
});

afterEach(async () => {
  client.close();
  channels().close();
  await server.close();
});

interface Collected {
  metrics: TrainingMetrics[];
  code: number;
  details: string;
}

/** Everything a stream brings, and the status that it ends with. */
function collect(stream: ClientReadableStream<TrainingMetrics>): Promise<Collected> {
  const metrics: TrainingMetrics[] = [];
  return new Promise((resolve) => {
    stream.on('data', (one: TrainingMetrics) => metrics.push(one));
    stream.on('error', (error: ServiceError) =>
      resolve({ metrics, code: error.code, details: error.details }),
    );
    let final: { code: number; details: string } | undefined;
    let ended = false;
    const finish = () => ended && final && resolve({ metrics, code: final.code, details: final.details });
    stream.on('end', () => {
      ended = true;
      finish();
    });
    stream.on('status', (received) => {
      final = received;
      finish();
    });
  });
}

const watch = (session_id: string) => client.streamTrainingMetrics({ session_id });
const config = (settings: object = {}) => parseTrainingConfig({ maxSteps: 3000, ...settings });

/** Resolves with the first metric. */
function first(stream: ClientReadableStream<TrainingMetrics>): Promise<TrainingMetrics> {
  return new Promise((resolve) => stream.once('data', resolve));
}

describe('TrainingService', () => {
  it("streams a training's own metrics and ends with OK; whoever comes later gets the same", async () => {
    await control.start({ sessionId: 'one', name: 'One', config: config() });
    const live = await collect(watch('one'));
    expect(live.code).toBe(status.OK);
    expect(live.metrics.length).toBeGreaterThan(5);
    expect(live.metrics.at(-1)).toMatchObject({ session_id: 'one', step: 3000 });
    for (const { loss, q_value, episode_length } of live.metrics) {
      expect(loss).toBeGreaterThan(0);
      expect(q_value).toBeTypeOf('number');
      expect(episode_length).toBeGreaterThan(0);
    }
    expect(await collect(watch('one'))).toEqual(live);
  });

  it('starts a training when nobody knows the id', async () => {
    const stream = watch('new-one');
    expect(await first(stream)).toMatchObject({ session_id: 'new-one' });
    stream.on('error', () => {});
    stream.cancel();
    expect(manager.get('new-one').status).toBe('running');
  });

  it('ends the streams of a training that is stopped with OK', async () => {
    const stream = watch('endless');
    const collected = collect(stream);
    await first(stream);
    await control.stop('endless');
    expect((await collected).code).toBe(status.OK);
    expect(manager.get('endless').status).toBe('stopped');
  });

  it('says why a training failed, also to whoever asks later', async () => {
    await control.start({ sessionId: 'bad', name: '', config: config({ seed: 666 }) });
    for (const attempt of ['live', 'later']) {
      const { code, details } = await collect(watch('bad'));
      expect([attempt, code, details]).toEqual([
        attempt,
        status.INTERNAL,
        `The training failed: ${REASONS.broke}`,
      ]);
    }
  });

  it('gives what is left of a training from an earlier life of the service', async () => {
    const { code, metrics } = await collect(watch('from-before'));
    expect([code, metrics.map(({ step }) => step)]).toEqual([status.OK, [100, 200]]);
    expect(manager.has('from-before')).toBe(false);
  });

  it('takes no more from a history than its reader does, and loses nothing of it', async () => {
    const stream = watch('long-ago');
    await new Promise((resolve) => stream.once('readable', resolve));
    // Whatever the transport holds, a reader that has not begun to read got a part at most.
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(LENGTH / 2);
    const { code, metrics } = await collect(stream);
    expect([code, metrics.length]).toEqual([status.OK, LENGTH]);
    expect(metrics.every(({ step }, place) => step === place)).toBe(true);
  });

  it('refuses malformed ids, and new trainings when there is no room', async () => {
    expect(await collect(watch('no spaces'))).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(await collect(watch(''))).toMatchObject({ code: status.INVALID_ARGUMENT });
    await control.start({ sessionId: 'a', name: '', config: config({ maxSteps: 2_000_000 }) });
    await control.start({ sessionId: 'b', name: '', config: config() });
    expect(await collect(watch('c'))).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('forgets a reader that cancels', async () => {
    const stream = watch('watched');
    await first(stream);
    stream.on('error', () => {});
    const followed = manager.follow('watched');
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.cancel();
    await closed;
    // Two more measurements: the first wakes the writer, which then sees that the reader is gone.
    const count = followed.history.length;
    await new Promise<void>((resolve) => {
      const off = followed.onChange(() => {
        if (followed.history.length < count + 2) return;
        off();
        resolve();
      });
    });
    expect(followed.listenerCount()).toBe(0);
  });
});

describe('TrainingControlService', () => {
  it('starts, lists and stops trainings', async () => {
    const settings = config({ maxSteps: 1_000_000, characterId: 2, learningRate: 0.002, seed: 5 });
    await control.start({ sessionId: 'one', name: 'One', config: settings });
    expect(await control.list()).toMatchObject([
      {
        session_id: 'one',
        name: 'One',
        status: 'running',
        config: { character_id: 2, learning_rate: 0.002, seed: 5 },
      },
    ]);
    await control.stop('one');
    expect(await collect(watch('one'))).toMatchObject({ code: status.OK });
    expect(await control.list()).toMatchObject([{ status: 'stopped', reason: 'It was stopped.' }]);
  });

  it('GRPC-2: is told nothing by somebody on this machine who lacks the token', async () => {
    await control.start({ sessionId: 'mine', name: '', config: config({ maxSteps: 2_000_000 }) });
    const stranger = trainingControl(targetAt(`127.0.0.1:${server.port}`, false), {});
    const calls = [
      stranger.list(),
      stranger.stop('mine'),
      stranger.start({ sessionId: 'x', name: '', config: config() }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(manager.list()).toMatchObject([{ sessionId: 'mine', status: 'running' }]);
  });

  it('names what is wrong with a request', async () => {
    const start = { sessionId: 'x', name: '', config: config() };
    await expect(control.start({ ...start, config: config({ maxSteps: 5 }) })).resolves.toBeUndefined();
    await expect(control.start(start)).rejects.toMatchObject({ code: 'CONFLICT' });
    const bad = { ...start, sessionId: 'y', config: { ...config(), learningRate: 5 } };
    await expect(control.start(bad)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'The training service refuses this request.',
    });
    await expect(control.stop('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(control.stop('')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is known to be missing where only the printed service is served', async () => {
    const plain = await startGrpcServer({
      host: '127.0.0.1',
      port: 0,
      services: [createTrainingService({ manager: new TrainingManager(), keys: KEYS })],
      log,
    });
    try {
      expect(
        await askUpstream(trainingControl(targetAt(`127.0.0.1:${plain.port}`, false), KEYS)),
      ).toMatchObject({
        control: false,
        reason: expect.stringContaining("can't be controlled"),
      });
    } finally {
      await plain.close();
    }
    channels().close();
    expect(
      await askUpstream(trainingControl(targetAt(`127.0.0.1:${plain.port}`, false), KEYS)),
    ).toMatchObject({
      control: false,
      reason: expect.stringContaining("can't be reached"),
    });
  });
});
