import { setTimeout as sleep } from 'node:timers/promises';
import {
  createTRPCClient,
  createWSClient,
  httpSubscriptionLink,
  type TRPCClientError,
  wsLink,
} from '@trpc/client';
import superjson from 'superjson';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  type TrainingMetrics,
  type TrainingServiceServer,
  TrainingServiceService,
} from '../../grpc/gen/proto/training';
import { TrainingControlServiceService } from '../../grpc/gen/proto/training_control';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import { serveUnary } from '../../grpc/unary';
import { startTestWeb, type TestWeb } from '../../http/testing/web';
import { closeStreams } from '../../streams/streams';
import { FetchEventSource } from '../../streams/testing/fetch-event-source';
import { numberedState } from '../../streams/testing/scripted-game';
import type { AppRouter } from '../root';

const silent = { info: () => undefined, warn: () => undefined };

const metrics = (step: number, loss: number, reward: number): TrainingMetrics => ({
  session_id: 's',
  step,
  episode: 1,
  loss,
  reward,
  episode_length: 10,
});
const MEASURED = [
  { ...metrics(1, Number.NaN, Number.POSITIVE_INFINITY), q_value: Number.NEGATIVE_INFINITY },
  metrics(2, 0.5, -1),
];

let web: TestWeb;
let trainer: RunningGrpcServer;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  web = await startTestWeb();
  const streaming: TrainingServiceServer = {
    streamTrainingMetrics(call) {
      for (const one of MEASURED) call.write(one);
      call.end();
    },
  };
  const listTrainings = serveUnary(() => ({ trainings: [] }));
  trainer = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [
      { definition: TrainingServiceService, implementation: streaming },
      { definition: TrainingControlServiceService, implementation: { listTrainings } },
    ],
    log: silent,
    graceMs: 0,
  });
  vi.stubEnv('TRAINING_GRPC_ADDRESS', `127.0.0.1:${trainer.port}`);
  await web.database.db.trainingSession.create({ data: { id: 's', name: 's', config: {} } });
});
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});
afterAll(async () => {
  await web.close();
  await trainer.close();
  vi.unstubAllGlobals();
});

function overRequests() {
  const url = `http://127.0.0.1:${web.port}/api/trpc`;
  return createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url, transformer: superjson, EventSource: FetchEventSource })],
  });
}

function overLine() {
  const line = createWSClient({ url: `ws://127.0.0.1:${web.port}/api/trpc` });
  undo.push(() => line.close());
  return createTRPCClient<AppRouter>({ links: [wsLink({ client: line, transformer: superjson })] });
}

describe.each([
  ['server-sent events', overRequests],
  ['a line', overLine],
])('a subscription over %s', (_, client) => {
  it('STREAM-1: tells anybody measurements field for field, NaN and infinities too, each with its id', async () => {
    const events: { id: string; data: unknown }[] = [];
    await new Promise<void>((resolve, reject) => {
      client().training.metricStream.subscribe(
        { sessionId: 's' },
        { onData: (event) => void events.push(event), onComplete: resolve, onError: reject },
      );
    });
    expect(events.at(-1)?.data).toEqual({ type: 'ended' });
    const told = events.slice(0, -1).flatMap(({ data }) => (data as { metrics: TrainingMetrics[] }).metrics);
    expect(told).toStrictEqual(MEASURED);
    for (const { id } of events) expect(id).toMatch(/^[0-9a-f]{12}-\d+$/);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    await closeStreams();
  });

  it('STREAM-6: of what is not there is refused with NOT_FOUND, and not tried again', async () => {
    const errors: unknown[] = [];
    const refused = new Promise<void>((resolve) => {
      client().training.standingStream.subscribe(
        { sessionId: 'never-was' },
        {
          onError(error) {
            errors.push(error);
            resolve();
          },
        },
      );
    });
    await refused;
    const { connections } = FetchEventSource;
    await sleep(200);
    expect(errors).toMatchObject([{ data: { code: 'NOT_FOUND' } }]);
    expect(FetchEventSource.connections).toBe(connections);
  });
});

it('STREAM-6: whoever watches is told SERVICE_UNAVAILABLE when the server restarts', async () => {
  let hasSeen = () => {};
  const seen = new Promise<void>((resolve) => {
    hasSeen = resolve;
  });
  const failed = new Promise<TRPCClientError<AppRouter>>((resolve) => {
    overLine().match.stateStream.subscribe(
      { matchId: 'before-a-restart' },
      { onData: () => hasSeen(), onError: resolve },
    );
  });
  await web.game.opened();
  web.game.send(numberedState(1));
  await seen;
  await closeStreams();
  expect((await failed).data).toMatchObject({ code: 'SERVICE_UNAVAILABLE', httpStatus: 503 });
});
