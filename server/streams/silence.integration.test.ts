import { createServer as createHttp2Server, constants as http2 } from 'node:http2';
import type { Server } from 'node:net';
import { afterAll, describe, it, type TestContext } from 'vitest';
import { Channels, channels } from '../upstream/channels';
import { CHANNEL_POLICY } from '../upstream/policy';
import { targetAt } from '../upstream/target';
import { startHungService } from '../upstream/testing/hung';
import { hasGrpcio, startSilentTrainer } from '../upstream/testing/python';
import { local, sharedMetrics, told } from './testing/told';

/** What servers on grpc core, grpc-go and grpc-java ask for between two pings without data, by default. */
const DEFAULT_PING_MS = 300_000;
/** The same for a test, at another pace. */
const PING_MS = 1_500;

type Undo = Pick<TestContext, 'onTestFinished'>;

afterAll(() => channels().close());

/** The address of a trainer of its own. */
async function trainer({ onTestFinished }: Undo, ...options: string[]) {
  const service = await startSilentTrainer(...options);
  onTestFinished(() => service.stop());
  return { service, target: targetAt(service.address, false) };
}

function watch({ onTestFinished }: Undo, ...given: Parameters<typeof sharedMetrics>) {
  const stream = sharedMetrics(...given);
  onTestFinished(() => stream.close());
  return stream;
}

function pingingEvery({ onTestFinished }: Undo, keepaliveMs: number): Channels {
  const pool = new Channels({ ...CHANNEL_POLICY, keepaliveMs });
  onTestFinished(() => pool.close());
  return pool;
}

/** Where a server listens, until the test is over. */
async function listening({ onTestFinished }: Undo, server: Pick<Server, 'listen' | 'address' | 'close'>) {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return local(address.port);
}

describe.runIf(hasGrpcio).concurrent('GRPC-4: a Python service of grpc.aio', () => {
  it('is silent as long as it likes: pings are rarer than its limit', async (context) => {
    const pool = pingingEvery(context, (CHANNEL_POLICY.keepaliveMs / DEFAULT_PING_MS) * PING_MS);
    const { target } = await trainer(context, '--silence', '9', '--ping-ms', String(PING_MS));
    context.expect(await told(watch(context, target, pool))).toEqual([1, 2, 'ended']);
  }, 20_000);

  it('that ends the connection for too many pings has not refused the training', async (context) => {
    const { target } = await trainer(context, '--silence', '3600', '--ping-ms', '60000');
    const stream = watch(context, target, pingingEvery(context, 200));
    context.expect(await told(stream, 'reconnecting')).toEqual([1, 'reconnecting']);
  }, 20_000);

  it('may work without looking up', async (context) => {
    const { target } = await trainer(context, '--silence', '10', '--busy');
    context.expect(await told(watch(context, target))).toEqual([1, 2, 'ended']);
  }, 20_000);

  it('may answer late: after 6 s that is said, but its call stays', async (context) => {
    const { target } = await trainer(context, '--silence', '10', '--busy', '--late');
    context.expect(await told(watch(context, target))).toEqual(['reconnecting', 2, 'ended']);
  }, 20_000);

  it('that is stopped in the middle is missed within 10 s', async (context) => {
    const { service, target } = await trainer(context, '--silence', '3600');
    const stream = watch(context, target);
    context.expect(await told(stream, 'metrics')).toEqual([1]);
    service.process.kill('SIGSTOP');
    const began = performance.now();
    context.expect(await told(stream, 'reconnecting')).toEqual([1, 'reconnecting']);
    context.expect(performance.now() - began).toBeLessThan(10_000);
  }, 20_000);
});

describe.concurrent('GRPC-5: a peer that takes connections and never answers', () => {
  it('is told as reconnecting within 10 s', async (context) => {
    const hung = await startHungService();
    context.onTestFinished(() => hung.close());
    const target = targetAt(`127.0.0.1:${hung.port}`, false);
    const began = performance.now();
    context.expect(await told(watch(context, target), 'reconnecting')).toEqual(['reconnecting']);
    context.expect(performance.now() - began).toBeLessThan(10_000);
  }, 20_000);
});

describe.concurrent('GRPC-6: what the transport says', () => {
  it.for(['NGHTTP2_ENHANCE_YOUR_CALM', 'NGHTTP2_PROTOCOL_ERROR', 'NGHTTP2_INTERNAL_ERROR'] as const)(
    'is not the service’s word: %s',
    async (code, context) => {
      const server = createHttp2Server();
      server.on('stream', (stream) => stream.on('error', () => {}).close(http2[code]));
      const stream = watch(context, await listening(context, server));
      context.expect(await told(stream, 'reconnecting')).toEqual(['reconnecting']);
    },
  );

  it.for([500, 502])('is not the service’s word: HTTP status %i of a proxy', async (status, context) => {
    const server = createHttp2Server();
    server.on('stream', (stream) => {
      stream.respond({ ':status': status, 'content-type': 'text/html' });
      stream.end('<h1>Bad Gateway</h1>');
    });
    const stream = watch(context, await listening(context, server));
    context.expect(await told(stream, 'reconnecting')).toEqual(['reconnecting']);
  });
});
