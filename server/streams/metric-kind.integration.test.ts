import type { ServerWritableStream } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type TrainingMetrics,
  type TrainingMetricsRequest,
  type TrainingServiceServer,
  TrainingServiceService,
} from '../grpc/gen/proto/training';
import { type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { channels } from '../upstream/channels';
import { StreamHub } from './hub';
import type { MetricData } from './metric-kind';
import { local, metricsOf } from './testing/told';
import type { MetricEvent } from './wire';

const silent = { info: () => undefined, warn: () => undefined };

type Call = ServerWritableStream<TrainingMetricsRequest, TrainingMetrics>;
type Told = { id: string; data: MetricEvent };

let server: RunningGrpcServer;
let hub: StreamHub<TrainingMetrics, MetricData>;
let viewing: AbortController;

/** A training service that tells `history` to whoever connects, and ends when told to. */
async function start(history: TrainingMetrics[], end: boolean, port = 0) {
  const implementation: TrainingServiceServer = {
    streamTrainingMetrics(call: Call) {
      for (const metrics of history) call.write(metrics);
      if (end) call.end();
    },
  };
  server = await startGrpcServer({
    host: '127.0.0.1',
    port,
    services: [{ definition: TrainingServiceService, implementation }],
    log: silent,
    graceMs: 0,
  });
}

function metrics(step: number, q_value?: number): TrainingMetrics {
  return {
    session_id: 's',
    step,
    episode: 1,
    loss: 0.5,
    reward: -1,
    episode_length: 10,
    ...(q_value === undefined ? {} : { q_value }),
  };
}

const history = (steps: number) => Array.from({ length: steps }, (_, step) => metrics(step));

function watch(lastEventId?: string) {
  return hub.watch('s', () => metricsOf(local(server.port)), lastEventId, viewing.signal);
}

const steps = (events: Told[]) =>
  events.flatMap(({ data }) => ('metrics' in data ? data.metrics.map(({ step }) => step) : []));

async function readUntil(
  events: ReturnType<typeof watch>,
  isLast: (event: Told) => boolean,
): Promise<Told[]> {
  const read: Told[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done || !value) return read;
    read.push(value);
    if (isLast(value)) return read;
  }
}

beforeEach(() => {
  hub = new StreamHub({ lingerMs: 50 });
  viewing = new AbortController();
});
afterEach(async () => {
  viewing.abort();
  await hub.close();
  channels().close();
  await server.close();
});

describe('the measurements of a training', () => {
  it('STREAM-1: reach the viewer as they were made, without fields that are not there', async () => {
    await start([metrics(1), metrics(2, 0.25)], true);
    const events = await readUntil(watch(), () => false);
    expect(events.map(({ data }) => data)).toEqual([
      { type: 'metrics', metrics: [metrics(1), metrics(2, 0.25)] },
      { type: 'ended' },
    ]);
    expect(JSON.stringify(events[0])).not.toContain('"q_value":null');
  });

  it('are not told twice by a service that tells its history again after an outage', async () => {
    await start(history(5), false);
    const events = watch();
    const before = await readUntil(
      events,
      ({ data }) => 'metrics' in data && data.metrics.at(-1)?.step === 4,
    );
    const { port } = server;
    await server.close();
    await start(history(9), true, port);
    const after = await readUntil(events, () => false);
    // On a busy machine what comes at once may be told in two events; each kind still has its place.
    const kinds = after.map(({ data }) => data.type).filter((type, i, all) => type !== all[i - 1]);
    expect(kinds).toEqual(['reconnecting', 'metrics', 'ended']);
    expect(steps([...before, ...after])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('STREAM-7: count when a trainer that starts again measures the same, be it slow or fast', async () => {
    await start(history(60), false);
    const events = watch();
    await readUntil(events, ({ data }) => 'metrics' in data && data.metrics.at(-1)?.step === 59);
    const { port } = server;
    await server.close();
    // The same first steps again, and then it thinks for long.
    await start(history(20), false, port);
    const again = await readUntil(events, ({ data }) => 'metrics' in data);
    expect(steps(again)).toEqual(Array.from({ length: 20 }, (_, step) => step));
    await server.close();
    // Now the service has its whole history to tell.
    await start([...history(60), ...history(20), metrics(20)], true, port);
    const after = await readUntil(events, () => false);
    expect(steps(after)).toEqual([20]);
  });

  it('STREAM-7: count when a trainer sends no step and they are all alike', async () => {
    await start([metrics(0), metrics(0), metrics(0)], false);
    const events = watch();
    await readUntil(events, ({ data }) => 'metrics' in data);
    const { port } = server;
    await server.close();
    await start([metrics(0), metrics(0), metrics(0), metrics(0), metrics(0)], true, port);
    expect(steps(await readUntil(events, () => false))).toEqual([0, 0]);
  });

  it('STREAM-3: are all told to somebody who comes later', async () => {
    await start(history(50), false);
    await readUntil(watch(), ({ data }) => 'metrics' in data && data.metrics.at(-1)?.step === 49);
    const late = await readUntil(watch(), () => true);
    expect(late[0]?.data.type).toBe('metrics');
    expect(steps(late)).toEqual(Array.from({ length: 50 }, (_, step) => step));
  });

  it.each([
    [2_000, 1],
    [2_001, 2],
    [8_000, 7],
  ])('STREAM-3: of %i, those before the newest 1,000 are thinned evenly: one in %i', async (many, stride) => {
    await start(history(many), false);
    await readUntil(watch(), ({ data }) => 'metrics' in data && data.metrics.at(-1)?.step === many - 1);
    const older = history(many - 1_000).filter((_, step) => step % stride === 0);
    const expected = [...older, ...history(many).slice(-1_000)].map(({ step }) => step);
    expect(steps(await readUntil(watch(), () => true))).toEqual(expected);
  });

  it('STREAM-3: are thinned in a first event when there are very many, the newest kept', async () => {
    await start(history(20_000), false);
    await readUntil(watch(), ({ data }) => 'metrics' in data && data.metrics.at(-1)?.step === 19_999);
    const late = steps(await readUntil(watch(), () => true));
    expect(late.length).toBeLessThanOrEqual(2_001);
    expect(late[0]).toBe(0);
    expect(late.slice(-1_000)).toEqual(Array.from({ length: 1_000 }, (_, i) => 19_000 + i));
  });
});
