import { type ClientHttp2Session, type ClientHttp2Stream, connect, createServer } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { HeldClock, settled } from '../upstream/testing/held-clock';
import { type GameServiceServer, GameServiceService } from './gen/proto/game';
import { type GrpcService, type RunningGrpcServer, startGrpcServer } from './server';
import { REQUEST_MS, UNARY_MS, UnfinishedCalls } from './unfinished';

const silent = { info: () => undefined, warn: () => undefined };
const CHECK = '/grpc.health.v1.Health/Check';
const WATCH = '/grpc.health.v1.Health/Watch';
const REFLECT = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
/** An empty message, framed. */
const NOTHING = Buffer.alloc(5);

const game: GrpcService = {
  definition: GameServiceService,
  implementation: { streamGameState: () => undefined } satisfies GameServiceServer,
};

let clock: HeldClock;
let server: RunningGrpcServer | undefined;
let session: ClientHttp2Session | undefined;

afterEach(async () => {
  session?.destroy();
  await server?.close();
});

async function start(): Promise<ClientHttp2Session> {
  clock = new HeldClock();
  server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [game],
    log: silent,
    graceMs: 50,
    clock,
  });
  session = connect(`http://127.0.0.1:${server.port}`);
  session.on('error', () => undefined);
  return session;
}

interface Opened {
  readonly stream: ClientHttp2Stream;
  /** The status that it ended with. */
  readonly ended: Promise<number>;
}

/** Opens a call and leaves its end open. */
function open(to: ClientHttp2Session, path: string, bytes?: Buffer): Opened {
  const stream = to.request(
    { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' },
    { endStream: false },
  );
  let code = -1;
  const keep = (headers: { 'grpc-status'?: string | string[] | undefined }) => {
    if (headers['grpc-status'] !== undefined) code = Number(headers['grpc-status']);
  };
  stream.on('response', keep);
  stream.on('trailers', keep);
  stream.on('error', () => undefined);
  stream.resume();
  if (bytes) stream.write(bytes);
  return { stream, ended: new Promise((resolve) => stream.once('close', () => resolve(code))) };
}

/** Whatever was sent before is there by the time that this is answered. */
function answered(to: ClientHttp2Session): Promise<number> {
  const { stream, ended } = open(to, CHECK, NOTHING);
  stream.end();
  return ended;
}

describe('GRPC-12: calls that never come to their end', () => {
  it.each([
    ['sends nothing', CHECK, undefined],
    ['sends half a message', CHECK, Buffer.from([0, 0, 0, 0, 9, 1])],
    ['sends a message and never its end', CHECK, NOTHING],
    ['sends nothing to a server stream', '/game.GameService/StreamGameState', undefined],
    ['sends nothing to nobody', '/no.Such/Method', undefined],
  ])('who %s is told DEADLINE_EXCEEDED, and the stream is let go', async (_what, path, bytes) => {
    const to = await start();
    const call = open(to, path, bytes);
    expect(await answered(to)).toBe(status.OK);
    await clock.pass(REQUEST_MS - 1);
    expect(await answered(to)).toBe(status.OK);
    await clock.pass(2_000);
    expect(await call.ended).toBe(path.startsWith('/no.') ? status.UNIMPLEMENTED : status.DEADLINE_EXCEEDED);
    // The connection is as good as before.
    expect(await answered(to)).toBe(status.OK);
  });

  it('lets streams of requests and streams of answers be silent', async () => {
    const to = await start();
    const reflection = open(to, REFLECT);
    const watch = open(to, WATCH, NOTHING);
    watch.stream.end();
    expect(await answered(to)).toBe(status.OK);
    await clock.pass(10 * UNARY_MS);
    expect(await answered(to)).toBe(status.OK);
    expect([reflection.stream.closed, watch.stream.closed]).toEqual([false, false]);
  });

  it('cuts the oldest when too many are open, and none that waits for us', async () => {
    const calls = new UnfinishedCalls(
      new HeldClock(),
      () => ({ requestStream: false, responseStream: false }),
      2,
    );
    const plain = createServer();
    let complete = () => {};
    const first = new Promise<void>((resolve) => {
      complete = resolve;
    });
    plain.on('stream', (stream, headers) => {
      stream.resume().once('end', complete);
      calls.add(stream, headers);
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const address = plain.address();
    session = connect(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    const waits = open(session, CHECK, NOTHING);
    waits.stream.end();
    await first;
    const late = open(session, CHECK);
    const latest = open(session, CHECK);
    expect(await late.ended).toBe(status.RESOURCE_EXHAUSTED);
    expect([waits.stream.closed, latest.stream.closed, calls.size]).toEqual([false, false, 2]);
    // Node's client spins for ever when it goes within the turn in which a stream of its was closed.
    await settled();
    session.destroy();
    calls.close();
    await new Promise((resolve) => plain.close(resolve));
  });
});
