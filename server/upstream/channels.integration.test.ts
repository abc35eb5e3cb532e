import { createServer as createHttp2Server } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { TrainingControlServiceClient } from '../grpc/gen/proto/training_control';
import { internalMetadata } from '../grpc/internal-auth';
import { startGrpcServer } from '../grpc/server';
import { answers } from './alive';
import { channels } from './channels';
import { targetAt } from './target';
import { startHungService } from './testing/hung';
import { callUnary } from './unary';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  channels().close();
  for (const step of undo.splice(0)) await step();
});

const log = { info: () => undefined, warn: () => undefined };
const options = { metadata: internalMetadata({}, ''), deadlineMs: 1_000, service: 'training' } as const;

async function serve(port = 0): Promise<{ port: number; close(): Promise<void> }> {
  const server = await startGrpcServer({ host: '127.0.0.1', port, services: [], log, graceMs: 0 });
  undo.push(() => server.close());
  return server;
}

function ask(port: number) {
  const client = channels().client(TrainingControlServiceClient, targetAt(`127.0.0.1:${port}`, false));
  return callUnary(client.listTrainings.bind(client), {}, options);
}

describe('channels', () => {
  it('are one for an address, until they are closed', () => {
    const [one, other] = [targetAt('127.0.0.1:1', false), targetAt('127.0.0.1:2', false)];
    const client = channels().client(TrainingControlServiceClient, one);
    expect(channels().client(TrainingControlServiceClient, one)).toBe(client);
    channels().client(TrainingControlServiceClient, other);
    expect(channels().size).toBe(2);
    channels().close();
    expect(channels().size).toBe(0);
    expect(channels().client(TrainingControlServiceClient, one)).not.toBe(client);
  });

  it('that were closed leave nothing broken to a server that gets the same port later', async () => {
    const { port, close } = await serve();
    await expect(ask(port)).rejects.toMatchObject({ code: 'UNIMPLEMENTED' });
    await close();
    // Until it waits for long before it tries again.
    for (let tries = 0; tries < 3; tries += 1)
      await expect(ask(port)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    channels().close();
    await serve(port);
    await expect(ask(port)).rejects.toMatchObject({ code: 'UNIMPLEMENTED' });
  });

  it('GRPC-3: every call to a service that takes connections and never answers ends in time', async () => {
    const hung = await startHungService();
    undo.push(() => hung.close());
    const asking = ask(hung.port);
    await expect(asking).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('HEALTH-7: what answers for a service', () => {
  it('is no proxy that says that it is broken', async () => {
    const proxy = createHttp2Server();
    proxy.on('stream', (stream) => {
      stream.respond({ ':status': 500, 'content-type': 'text/html' });
      stream.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    undo.push(() => proxy.close());
    const address = proxy.address();
    const target = targetAt(`127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, false);
    await expect(answers(target, AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('TLS', () => {
  it('is spoken where it is wanted, but never on loopback', () => {
    expect(targetAt('game.example:443', true).tls).toBe(true);
    expect(targetAt('127.0.0.1:9090', true).tls).toBe(false);
    expect(targetAt('game.example:443', false).tls).toBe(false);
  });
});
