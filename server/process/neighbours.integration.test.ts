import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../config';
import { startGrpcServer } from '../grpc/server';
import { overallStatus } from '../health';
import { channels } from '../upstream/channels';
import { startHungService } from '../upstream/testing/hung';
import { watchNeighbours } from './neighbours';
import { Parts } from './parts';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const undo: (() => unknown)[] = [];

afterEach(async () => {
  channels().close();
  for (const step of undo.splice(0)) await step();
});

async function serving(): Promise<string> {
  const server = await startGrpcServer({ host: '127.0.0.1', port: 0, services: [], log });
  undo.push(() => server.close());
  return `127.0.0.1:${server.port}`;
}

/** A service that knows no health checks: every call is UNIMPLEMENTED. */
async function bare(): Promise<string> {
  const server = new GrpcServer();
  undo.push(() => server.forceShutdown());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return `127.0.0.1:${port}`;
}

/** Takes connections and says nothing, as a process that was stopped in the middle. */
async function hanging(): Promise<string> {
  const hung = await startHungService();
  undo.push(() => hung.close());
  return `127.0.0.1:${hung.port}`;
}

async function report(judge: string, training: string, exhibitions: string) {
  const config = loadConfig({
    MATCH_GRPC_ADDRESS: judge,
    TRAINING_GRPC_ADDRESS: training,
    GAME_GRPC_ADDRESS: exhibitions,
  });
  const parts = new Parts(log);
  await watchNeighbours({ config, parts }, ['judge', 'training', 'exhibitions']);
  const began = performance.now();
  const health = await parts.health();
  expect(performance.now() - began).toBeLessThan(4_000);
  const statuses = Object.fromEntries(Object.entries(health).map(([name, { status }]) => [name, status]));
  return { ...statuses, whole: overallStatus(health) };
}

describe('HEALTH-7: services behind gRPC', () => {
  it('are alive when anything answers, UNIMPLEMENTED included', async () => {
    expect(await report(await serving(), await bare(), await bare())).toEqual({
      judge: 'ok',
      training: 'ok',
      exhibitions: 'ok',
      whole: 'ok',
    });
  });

  it('are down when the judge or the training service takes connections and never answers', async () => {
    expect(await report(await hanging(), await hanging(), await serving())).toEqual({
      judge: 'down',
      training: 'down',
      exhibitions: 'ok',
      whole: 'down',
    });
  });

  it('leave the arcade degraded when only exhibitions hang, or nobody listens there', async () => {
    const alive = await serving();
    for (const exhibitions of [await hanging(), '127.0.0.1:1'])
      expect(await report(alive, alive, exhibitions)).toEqual({
        judge: 'ok',
        training: 'ok',
        exhibitions: 'degraded',
        whole: 'degraded',
      });
  });

  it('are no part of the report where gRPC is switched off', async () => {
    const parts = new Parts(log);
    await watchNeighbours({ config: loadConfig({ GRPC_ENABLED: '0' }), parts }, ['judge', 'training']);
    expect(await parts.health()).toEqual({});
  });
});
