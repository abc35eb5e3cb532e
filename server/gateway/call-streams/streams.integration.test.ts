import { Metadata, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../errors';
import { CallStreamServiceClient, type CallsResponse } from '../../grpc/gen/proto/gateway/v1/calls';
import {
  type GetReservationRequest,
  GetReservationResponse,
  Reservation,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { type GrpcService, startGrpcServer } from '../../grpc/server';
import { serveUnary } from '../../grpc/unary';
import { Channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';
import { CallStream, type StreamedOptions } from './client';
import { dispatchUnary } from './dispatch';
import { PAYLOAD_BYTES } from './limits';
import { callStreamService, type Dispatch } from './serve';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const log = { info: () => undefined, warn: () => undefined };

async function serve(dispatch: Dispatch, { credits = 1_024, port = 0 } = {}) {
  const server = await startGrpcServer({
    host: '127.0.0.1',
    port,
    services: [callStreamService(dispatch, { credits })],
    log,
    graceMs: 0,
  });
  undo.push(() => server.close());
  return server;
}

function connect(port: number) {
  const channels = new Channels();
  const target = targetAt(`127.0.0.1:${port}`, false);
  const metadata = new Metadata();
  metadata.set('x-from', 'the stream');
  metadata.set('x-both', 'the stream');
  const stream = new CallStream({ target, channels, metadata: () => metadata });
  undo.push(
    () => channels.close(),
    () => stream.close(),
  );
  const isReady = () => {
    stream.open();
    return stream.isReady;
  };
  const ready = () => expect.poll(isReady, { timeout: 10_000, interval: 10 }).toBe(true);
  const call = (method: string, payload = '', more: Partial<StreamedOptions> = {}) =>
    stream
      .call(method, Buffer.from(payload), {
        metadata: {},
        timeoutMs: 5_000,
        signal: new AbortController().signal,
        ...more,
      })
      .then(String);
  return { stream, target, channels, ready, call, metadata };
}

const settle = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('UP-10: calls over one stream', () => {
  it('each get the answer that is theirs, however they overtake each other', async () => {
    const { port } = await serve(async (path, payload) => {
      await settle(Number(payload.toString()) % 17);
      return Buffer.from(`${path} ${payload}`);
    });
    const { ready, call } = connect(port);
    await ready();
    const numbers = Array.from({ length: 3_000 }, (_, index) => String(index));
    const answers = await Promise.all(numbers.map((one) => call('/a.B/C', one)));
    expect(answers).toEqual(numbers.map((one) => `/a.B/C ${one}`));
  });

  it('are never more under way than the server granted; the rest waits', async () => {
    let running = 0;
    let most = 0;
    const { port } = await serve(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await settle(5);
        running -= 1;
        return Buffer.alloc(0);
      },
      { credits: 8 },
    );
    const { ready, call } = connect(port);
    await ready();
    await Promise.all(Array.from({ length: 200 }, () => call('/a.B/C')));
    expect(most).toBe(8);
  });

  it('without credit end the stream of whoever makes them', async () => {
    const { port } = await serve(() => new Promise(() => {}), { credits: 2 });
    const { channels, target } = connect(port);
    const raw = channels.client(CallStreamServiceClient, target).calls(new Metadata());
    const granted = await new Promise<CallsResponse>((resolve) => raw.once('data', resolve));
    expect(granted.credits).toBe(2);
    const over = new Promise<{ code: number }>((resolve) => raw.once('error', resolve));
    const calls = [1, 2, 3].map((id) => ({
      id,
      method: '/a.B/C',
      payload: Buffer.alloc(0),
      metadata: {},
      timeout_ms: 0,
    }));
    raw.write({ calls, cancels: [] });
    expect(await over).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('fail with the status and the reason that a unary call would fail with', async () => {
    const { port } = await serve((path) => {
      if (path === '/a.B/Refuse') throw new AppError('CONFLICT', 'conflict', { detail: { reason: 'full' } });
      throw new Error('the password is hunter2');
    });
    const { ready, call } = connect(port);
    await ready();
    await expect(call('/a.B/Refuse')).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: 'conflict',
      reason: 'full',
    });
    const broken = call('/a.B/Break');
    await expect(broken).rejects.toMatchObject({ code: status.INTERNAL });
    await expect(broken).rejects.not.toThrow(/hunter2/);
  });

  it('bring metadata beside that of the stream, but none of gRPC’s own', async () => {
    const { port } = await serve((_, __, { metadata }) => Buffer.from(JSON.stringify(metadata.getMap())));
    const { ready, call } = connect(port);
    await ready();
    const told = JSON.parse(
      await call('/a.B/C', '', {
        metadata: { 'x-both': 'the call', 'x-call': '1', 'grpc-timeout': '1n', 'x-bin': 'b' },
      }),
    );
    expect(told).toMatchObject({ 'x-from': 'the stream', 'x-both': 'the call', 'x-call': '1' });
    expect(told['grpc-timeout']).toBeUndefined();
    expect(told['x-bin']).toBeUndefined();
  });

  it('say by themselves who asks, or else the stream says it: never both', async () => {
    const { port } = await serve((_, __, { metadata }) => Buffer.from(JSON.stringify(metadata.getMap())));
    const { ready, call, metadata } = connect(port);
    metadata.set('x-internal-key', 'the key of a trusted peer');
    await ready();
    expect(JSON.parse(await call('/a.B/C'))).toMatchObject({ 'x-internal-key': 'the key of a trusted peer' });
    const own = JSON.parse(await call('/a.B/C', '', { metadata: { authorization: 'Bearer theirs' } }));
    expect(own.authorization).toBe('Bearer theirs');
    expect(own['x-internal-key']).toBeUndefined();
  });

  it('are answered by the unary handlers of the server, where it has them', async () => {
    const paths: string[] = [];
    const services: GrpcService[] = [
      {
        definition: ReservationServiceService,
        implementation: {
          getReservation: serveUnary((request: GetReservationRequest, info) => {
            paths.push(`${info.getPath()} ${info.getHost()} ${info.getPeer().split(':')[0]}`);
            expect(info.getDeadline()).toBeGreaterThan(Date.now());
            if (request.reservation_id === 'none')
              throw new AppError('NOT_FOUND', 'not found', { detail: { reason: 'no_reservation' } });
            return GetReservationResponse.create({
              reservation: Reservation.create({ reservation_id: request.reservation_id }),
            });
          }),
        },
      },
    ];
    const server = await startGrpcServer({
      host: '127.0.0.1',
      port: 0,
      services: [...services, callStreamService(dispatchUnary(services))],
      log,
      graceMs: 0,
    });
    undo.push(() => server.close());
    const { ready, stream } = connect(server.port);
    await ready();
    const { path, requestSerialize, responseDeserialize } = ReservationServiceService.getReservation;
    const ask = (reservation_id: string) =>
      stream.call(path, requestSerialize({ reservation_id, user_id: '' }), {
        metadata: {},
        timeoutMs: 5_000,
        signal: new AbortController().signal,
      });
    expect(responseDeserialize(await ask('r')).reservation?.reservation_id).toBe('r');
    expect(paths).toEqual([`${path} 127.0.0.1:${server.port} 127.0.0.1`]);
    await expect(ask('none')).rejects.toMatchObject({ code: status.NOT_FOUND, reason: 'no_reservation' });
    const nonsense = stream.call(path, Buffer.from([0xff, 0xff]), {
      metadata: {},
      timeoutMs: 5_000,
      signal: new AbortController().signal,
    });
    await expect(nonsense).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    const unknown = stream.call('/a.B/C', Buffer.alloc(0), {
      metadata: {},
      timeoutMs: 5_000,
      signal: new AbortController().signal,
    });
    await expect(unknown).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  it('that nobody waits for are taken back, and their credit is free again', async () => {
    let aborted = 0;
    const { port } = await serve(
      (path, _, { signal }) =>
        path === '/a.B/Echo'
          ? Buffer.from('here')
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                aborted += 1;
                reject(new AppError('UNAVAILABLE', 'taken back'));
              });
            }),
      { credits: 4 },
    );
    const { ready, call, stream } = connect(port);
    await ready();
    const leaving = new AbortController();
    const calls = Array.from({ length: 4 }, () => call('/a.B/Wait', '', { signal: leaving.signal }));
    const late = call('/a.B/Wait', '', { timeoutMs: 50 });
    await expect(late).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
    leaving.abort();
    for (const one of calls) await expect(one).rejects.toMatchObject({ code: status.CANCELLED });
    expect(await call('/a.B/Echo')).toBe('here');
    expect(aborted).toBe(4);
    expect(stream.size).toBe(0);
  });

  it('under way at a cut fail as UNAVAILABLE, and the next ones go over a new stream', async () => {
    const dispatch: Dispatch = (path) => (path === '/a.B/Wait' ? new Promise(() => {}) : Buffer.from('here'));
    const first = await serve(dispatch);
    const { ready, call, stream } = connect(first.port);
    await ready();
    const calls = Array.from({ length: 50 }, () => call('/a.B/Wait'));
    const outcome = Promise.allSettled(calls);
    await settle(50);
    await first.close();
    for (const one of await outcome)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: status.UNAVAILABLE } });
    expect(stream.size).toBe(0);
    await serve(dispatch, { port: first.port });
    await ready();
    expect(await call('/a.B/C')).toBe('here');
  });

  it('are not made where the other side offers none: its clients are told to make unary calls', async () => {
    const server = await startGrpcServer({ host: '127.0.0.1', port: 0, services: [], log, graceMs: 0 });
    undo.push(() => server.close());
    const { stream, call } = connect(server.port);
    for (let tries = 0; tries < 20; tries += 1) {
      stream.open();
      expect(stream.isReady).toBe(false);
      await settle(10);
    }
    await expect(call('/a.B/C')).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });

  it('of more than half a megabyte are refused here', async () => {
    const { port } = await serve((_, payload) => Buffer.from(String(payload.length)));
    const { ready, call } = connect(port);
    await ready();
    expect(await call('/a.B/C', 'x'.repeat(PAYLOAD_BYTES))).toBe(String(PAYLOAD_BYTES));
    await expect(call('/a.B/C', 'x'.repeat(PAYLOAD_BYTES + 1))).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
  });
});
