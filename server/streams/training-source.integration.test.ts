import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import {
  type TrainingMetrics,
  type TrainingServiceServer,
  TrainingServiceService,
} from '../grpc/gen/proto/training';
import {
  type TrainingControlServiceServer,
  TrainingControlServiceService,
} from '../grpc/gen/proto/training_control';
import { type GrpcService, type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { serveUnary } from '../grpc/unary';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { StreamHub } from './hub';
import type { MetricData } from './metric-kind';
import { SharedStream } from './shared-stream';
import { trainingSource } from './training-source';

const silent = { info: () => undefined, warn: () => undefined };

let database: TestDatabase;
let server: RunningGrpcServer;
const asked: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  channels().close();
  await server.close();
  asked.length = 0;
});
afterAll(() => database.drop());

const streaming: TrainingServiceServer = {
  streamTrainingMetrics(call) {
    asked.push(call.request.session_id);
    call.end();
  },
};

const refuse = serveUnary((): never => {
  throw new AppError('UNIMPLEMENTED', 'not here');
});
const controlling: TrainingControlServiceServer = {
  startTraining: refuse,
  stopTraining: refuse,
  getTraining: refuse,
  listTrainings: serveUnary(() => ({ trainings: [] })),
};

async function start(...more: GrpcService[]): Promise<void> {
  const services = [{ definition: TrainingServiceService, implementation: streaming }, ...more];
  server = await startGrpcServer({ host: '127.0.0.1', port: 0, services, log: silent, graceMs: 0 });
}

/** Everything that a viewer of the training is told. */
async function watch(sessionId: string) {
  const hub = new StreamHub<TrainingMetrics, MetricData>({ lingerMs: 0 });
  const source = () =>
    trainingSource(targetAt(`127.0.0.1:${server.port}`, false), sessionId, database.db, {});
  const told = [];
  for await (const { data } of hub.watch('t', source, undefined, new AbortController().signal))
    told.push(data);
  await hub.close();
  return told;
}

const control = { definition: TrainingControlServiceService, implementation: controlling };

describe('the metrics of a training that nobody knows', () => {
  it('are not asked for, since our own service would start it', async () => {
    await start(control);
    expect(await watch('guess')).toEqual([
      { type: 'failed', code: 'NOT_FOUND', message: 'There is no training with the id guess.' },
    ]);
    expect(asked).toEqual([]);
  });

  it('are not asked for while the service can’t say what it knows: it may be slow, and our own', async () => {
    const silence = { ...controlling, listTrainings: () => undefined };
    await start({ definition: TrainingControlServiceService, implementation: silence });
    const source = trainingSource(targetAt(`127.0.0.1:${server.port}`, false), 'guess', database.db, {});
    const shared = new SharedStream(source);
    const { value } = await shared.follow(undefined, new AbortController().signal).next();
    await shared.close();
    expect(value?.data).toEqual({ type: 'reconnecting' });
    expect(asked).toEqual([]);
  });

  it('are asked for at a service that only streams', async () => {
    await start();
    expect(await watch('theirs')).toEqual([{ type: 'ended' }]);
    expect(asked).toEqual(['theirs']);
  });
});

it('the metrics of a stored training are asked for', async () => {
  await start(control);
  await database.db.trainingSession.create({ data: { id: 'stored', name: 'stored', config: {} } });
  expect(await watch('stored')).toEqual([{ type: 'ended' }]);
  expect(asked).toEqual(['stored']);
});
