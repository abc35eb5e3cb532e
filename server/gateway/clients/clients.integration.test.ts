import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../config';
import { AppError } from '../../errors';
import { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import { Money, Seat } from '../../grpc/gen/proto/common/v1/types';
import {
  CancelPaymentResponse,
  GetPaymentStatusResponse,
  ListPaymentsResponse,
  Payment,
  ProcessPaymentResponse,
} from '../../grpc/gen/proto/payment/v1/payment';
import {
  CancelReservationResponse,
  ConfirmReservationResponse,
  CreateReservationRequest,
  CreateReservationResponse,
  ExtendHoldResponse,
  GetReservationResponse,
  ListReservationsResponse,
  Reservation,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { hopMark } from '../../grpc/internal-auth';
import { channels } from '../../upstream/channels';
import type { Backends } from '../backends';
import type { CallInfo, PaymentService, ReservationService } from '../services';
import { type BackendsOptions, createBackends, type RemoteBackends } from './factory';
import {
  newCall,
  noPayments,
  startGrpcPayments,
  startGrpcUpstream,
  startHttpUpstream,
  startWire,
  steadyReservations,
} from './testing/upstreams';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  channels().close();
});

const AT = new Date('2026-11-26T20:00:00.000Z');
const COINS = Money.create({ amount: 25n, currency: 'COIN' });
const SEAT = Seat.create({ id: 's7', section: 'A', row: '1', number: '7', price: COINS, status: 2 });
const ONE = Reservation.create({
  reservation_id: 'r 1/2',
  event_id: 'e',
  user_id: 'u',
  status: 3,
  seats: [SEAT],
  quantity: 1,
  total_amount: COINS,
  created_at: AT,
  updated_at: AT,
  hold_expires_at: AT,
  payment_intent_id: 'p',
  order_id: 'o',
});

interface Asked {
  readonly name: string;
  readonly request: unknown;
}

/** A service that answers everything in full, and remembers what it was asked. */
function fullReservations(asked: Asked[]): ReservationService {
  const says =
    <Response>(name: string, answer: Response) =>
    async (request: unknown): Promise<Response> => {
      asked.push({ name, request });
      return answer;
    };
  return {
    createReservation: says(
      'create',
      CreateReservationResponse.create({
        reservation_id: 'r',
        status: 2,
        hold_expires_at: AT,
        reserved_seats: [SEAT],
        total_amount: COINS,
        payment_url: '/pay/r',
      }),
    ),
    getReservation: says('get', GetReservationResponse.create({ reservation: ONE })),
    confirmReservation: says(
      'confirm',
      ConfirmReservationResponse.create({
        order_id: 'o',
        status: 3,
        confirmed_at: AT,
        confirmed_seats: [SEAT],
      }),
    ),
    cancelReservation: says(
      'cancel',
      CancelReservationResponse.create({ status: 4, cancelled_at: AT, released_seats: [SEAT] }),
    ),
    listReservations: says(
      'list',
      ListReservationsResponse.create({
        reservations: [ONE, { ...ONE, status: 5, order_id: '' }],
        page_info: {
          total_count: 9,
          has_next_page: true,
          has_previous_page: false,
          next_cursor: 'next',
          previous_cursor: '',
        },
      }),
    ),
    extendHold: says(
      'extend',
      ExtendHoldResponse.create({ new_expires_at: AT, extended_seconds: 60, extension_allowed: true }),
    ),
  };
}

const nobody: Backends = {
  reservations: { ...steadyReservations, getReservation: () => Promise.reject(new Error('asked here')) },
  payments: noPayments,
};

async function backendsAt(
  at: Partial<Config>,
  more: Partial<Pick<BackendsOptions, 'local' | 'keys' | 'flags' | 'useStreams'>> = {},
): Promise<RemoteBackends> {
  const backends = await createBackends({
    config: {
      BACKEND_RESERVATION_GRPC_ADDRESS: undefined,
      BACKEND_RESERVATION_URL: undefined,
      BACKEND_PAYMENT_GRPC_ADDRESS: undefined,
      BACKEND_PAYMENT_URL: undefined,
      GRPC_USE_TLS: false,
      ...at,
    },
    local: nobody,
    keys: {},
    ...more,
  });
  undo.push(() => backends.close());
  return backends;
}

const PROTOCOLS = ['grpc', 'http', 'stream'] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** A client over one protocol to a service over the same. */
async function over(protocol: Protocol, service: ReservationService): Promise<ReservationService> {
  const upstream =
    protocol === 'http'
      ? await startHttpUpstream({ service })
      : await startGrpcUpstream({ service, offersStreams: protocol === 'stream' });
  undo.push(() => upstream.close());
  const at: Partial<Config> =
    protocol === 'http'
      ? { BACKEND_RESERVATION_URL: `http://127.0.0.1:${upstream.port}` }
      : { BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${upstream.port}` };
  return (await backendsAt(at)).reservations;
}

describe.each(PROTOCOLS)('UP-6: seats elsewhere, over %s', (protocol) => {
  it('answer as they would here, in every method', async () => {
    const asked: Asked[] = [];
    const service = fullReservations(asked);
    const client = await over(protocol, service);
    const call = newCall({ idempotencyKey: 'key-1' });
    const creating = CreateReservationRequest.create({
      event_id: 'e',
      quantity: 1,
      user_id: 'u',
      reservation_token: 't',
      idempotency_key: 'key-1',
    });
    const base = { reservation_id: 'r 1/2', user_id: 'u', idempotency_key: 'key-1' };
    const listing = {
      user_id: 'u',
      status: 3,
      event_id: 'e',
      pagination: { page: 0, page_size: 5, cursor: 'c' },
    };
    const calls = [
      [client.createReservation(creating, call), service.createReservation(creating, call)],
      [client.getReservation(base, call), service.getReservation(base, call)],
      [
        client.confirmReservation({ ...base, payment_intent_id: 'p' }, call),
        service.confirmReservation({ ...base, payment_intent_id: 'p' }, call),
      ],
      [
        client.cancelReservation({ ...base, reason: 'rain' }, call),
        service.cancelReservation({ ...base, reason: 'rain' }, call),
      ],
      [client.listReservations(listing, call), service.listReservations(listing, call)],
      [
        client.extendHold({ ...base, extension_seconds: 60, reason: 'slow' }, call),
        service.extendHold({ ...base, extension_seconds: 60, reason: 'slow' }, call),
      ],
    ] as const;
    for (const [there, here] of calls) expect(await there).toEqual(await here);
    for (const name of ['create', 'get', 'confirm', 'cancel', 'list', 'extend']) {
      const both = asked.filter((one) => one.name === name).map(({ request }) => request);
      expect(both.length).toBeGreaterThanOrEqual(2);
      for (const one of both) expect(one).toMatchObject(Object(both.at(-1)));
    }
  });

  it('refuse as they would here: code, words and reason', async () => {
    const error = (code: number) =>
      WireError.create({
        code,
        message: `conflict: ${code}`,
        trace_id: 't1',
        details: [{ field: '', reason: 'full', value: '' }],
      });
    let code = 1;
    const client = await over(protocol, {
      ...fullReservations([]),
      getReservation: async () => GetReservationResponse.create({ error: error(code) }),
    });
    // The rest is told by the protocol's status over HTTP.
    for (code of [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 22]) {
      const { error: told } = await client.getReservation({ reservation_id: 'r', user_id: '' }, newCall());
      expect(told).toEqual(error(code));
    }
  });

  it('reject what is no refusal of the domain', async () => {
    const client = await over(protocol, {
      ...fullReservations([]),
      getReservation: () => Promise.reject(new AppError('UNAVAILABLE', 'at secret-host:5432')),
    });
    const asking = client.getReservation({ reservation_id: 'r', user_id: '' }, newCall());
    await expect(asking).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: "The reservation service can't be reached.",
    });
  });
});

it('UP-2: a write that is tried again is not refused for running already', async () => {
  let tries = 0;
  const running = WireError.create({
    code: 11,
    message: 'conflict: it runs',
    details: [{ field: '', reason: 'key_running', value: '' }],
  });
  const client = await over('grpc', {
    ...fullReservations([]),
    cancelReservation: async () => {
      tries += 1;
      if (tries === 1) throw new AppError('UNAVAILABLE', 'cut');
      return tries === 2
        ? CancelReservationResponse.create({ error: running })
        : CancelReservationResponse.create({ status: 4 });
    },
  });
  const request = { reservation_id: 'r', user_id: 'u', reason: '', idempotency_key: 'k' };
  expect(await client.cancelReservation(request, newCall())).toMatchObject({ status: 4, error: undefined });
  expect(tries).toBe(3);
  tries = 1;
  // Whoever sends the same again himself is told so.
  expect(await client.cancelReservation(request, newCall())).toMatchObject({ error: { code: 11 } });
});

/** A server that answers every request with the same bytes, and remembers headers. */
async function startPlain(status: number, body: string) {
  const headers: Record<string, string | string[] | undefined>[] = [];
  const server = createServer((req, res) => {
    headers.push({ ...req.headers, path: req.url });
    req.resume().on('end', () => res.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  undo.push(() => server.close());
  const port = typeof address === 'object' && address ? address.port : 0;
  return { headers, url: `http://127.0.0.1:${port}` };
}

const ask = (backends: RemoteBackends, call: Partial<CallInfo> = {}) =>
  backends.reservations.getReservation({ reservation_id: 'r', user_id: '' }, newCall(call));

describe('a foreign service over HTTP', () => {
  it('gets a key with every write: the call’s, the message’s, or a new one (UP-6)', async () => {
    const { url, headers } = await startPlain(200, JSON.stringify({ status: 'CANCELLED' }));
    const { reservations } = await backendsAt({ BACKEND_RESERVATION_URL: url });
    const cancel = (idempotency_key: string, call: Partial<CallInfo> = {}) =>
      reservations.cancelReservation(
        { reservation_id: 'r', user_id: 'u', reason: '', idempotency_key },
        newCall(call),
      );
    await cancel('', { idempotencyKey: 'the call' });
    await cancel('the message');
    await cancel('');
    await cancel('');
    await ask(await backendsAt({ BACKEND_RESERVATION_URL: url })).catch(() => {});
    const keys = headers.map((one) => one['idempotency-key']);
    expect(keys.slice(1, 4)).toEqual([
      'the message',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(new Set(keys.slice(0, 4)).size).toBe(4);
    expect(keys[4]).toBeUndefined();
  });

  it('is understood in reservation-api’s own words', async () => {
    const { url, headers } = await startPlain(
      200,
      JSON.stringify({
        reservationId: 'r',
        eventId: 'e',
        quantity: 2,
        seatIds: ['A-1', 'A-2'],
        status: 'HOLD',
        holdExpiresAt: '2026-11-26T20:00:00.123456789Z',
        createdAt: '2026-11-26T19:59:00',
        updatedAt: null,
      }),
    );
    const { reservation } = await ask(await backendsAt({ BACKEND_RESERVATION_URL: `${url}/base/` }));
    expect(reservation).toMatchObject({ reservation_id: 'r', status: 2, quantity: 2, user_id: '' });
    expect(reservation?.seats.map(({ id }) => id)).toEqual(['A-1', 'A-2']);
    expect(reservation?.created_at).toEqual(new Date('2026-11-26T19:59:00Z'));
    expect(headers[0]?.path).toBe('/base/v1/reservations/r');
  });

  it.each([
    ['no JSON', 200, '<html>'],
    ['another shape', 200, '{"reservationId": 7}'],
    ['an unknown status', 200, '{"reservationId":"r","eventId":"e","quantity":1,"status":"SOLD"}'],
    ['more than a megabyte', 200, `{"reservationId":"${'x'.repeat(1_100_000)}"}`],
    ['a redirect', 302, '{}'],
  ])('that answers with %s has broken its contract', async (_, status, body) => {
    const { url } = await startPlain(status, body);
    await expect(ask(await backendsAt({ BACKEND_RESERVATION_URL: url }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      detail: { reason: 'upstream_broken' },
    });
  });

  it('that refuses in words of its own is understood by its status', async () => {
    const { url } = await startPlain(409, '{"error":{"code":"SOMETHING_ELSE","message":"no"}}');
    const { error } = await ask(await backendsAt({ BACKEND_RESERVATION_URL: url }));
    expect(error).toMatchObject({ code: 7, message: 'no' });
    const other = await startPlain(
      400,
      '{"error":{"code":"RESERVATION_ALREADY_CONFIRMED","message":"done"}}',
    );
    const { error: told } = await ask(await backendsAt({ BACKEND_RESERVATION_URL: other.url }));
    expect(told).toMatchObject({ code: 7 });
  });

  it('gets the caller’s token, request id, trace and key, and nothing of ours beside them', async () => {
    const { url, headers } = await startPlain(404, '{}');
    const backends = await backendsAt(
      { BACKEND_RESERVATION_URL: url },
      {
        keys: {
          authSecret: 'a secret of at least thirty-two characters',
          internalApiKey: 'the internal key of it',
        },
      },
    );
    await ask(backends, {
      caller: { kind: 'player', playerId: 'p1' },
      authorization: 'Bearer theirs',
      traceparent: '00-1-2-01',
      idempotencyKey: 'k',
    });
    expect(headers[0]).toMatchObject({
      authorization: 'Bearer theirs',
      'x-request-id': 'request-1',
      traceparent: '00-1-2-01',
      'idempotency-key': 'k',
      'x-arcade-hop': hopMark({ authSecret: 'a secret of at least thirty-two characters' }),
    });
    expect(JSON.stringify(headers[0])).not.toMatch(/arcade-internal-token|x-internal-key|x-arcade-player/);
    await ask(backends, { caller: { kind: 'player', playerId: 'p1' } });
    expect(headers[1]).toMatchObject({ 'x-arcade-player': 'p1', path: '/v1/reservations/r?userId=p1' });
    expect(headers[1]?.['arcade-internal-token']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('payments elsewhere', () => {
  const own = Payment.create({
    payment_intent_id: 'p',
    user_id: 'u',
    status: 1,
    amount: COINS,
    reservation_id: 'r',
  });
  const service: PaymentService = {
    ...noPayments,
    getPaymentStatus: async () => GetPaymentStatusResponse.create({ payment: own }),
    processPayment: async () => ProcessPaymentResponse.create({ payment_id: 'p', status: 3 }),
    cancelPayment: async () => CancelPaymentResponse.create({ status: 6, refunded_amount: COINS }),
    listPayments: async () => ListPaymentsResponse.create({ payments: [own] }),
  };

  it('are paid by nobody but their owner, also where the way there is trusted', async () => {
    const upstream = await startGrpcPayments(service);
    undo.push(() => upstream.close());
    const { payments } = await backendsAt({ BACKEND_PAYMENT_GRPC_ADDRESS: `127.0.0.1:${upstream.port}` });
    const request = { payment_intent_id: 'p', payment_details: undefined, idempotency_key: '' };
    const as = (playerId: string) => newCall({ caller: { kind: 'player', playerId } });
    await expect(payments.processPayment(request, as('thief'))).rejects.toMatchObject({
      detail: { reason: 'not_yours' },
    });
    expect(await payments.processPayment(request, as('u'))).toMatchObject({ status: 3 });
    const listing = { user_id: 'u', status: 0, reservation_id: '', pagination: undefined };
    await expect(payments.listPayments(listing, as('thief'))).rejects.toMatchObject({
      detail: { reason: 'not_yours' },
    });
  });

  it('are understood in the public gateway’s words', async () => {
    const paid = await startPlain(200, '{"action":"approve","message":"ok","status":3}');
    const { payments } = await backendsAt({ BACKEND_PAYMENT_URL: paid.url });
    const call = newCall({ action: 'fail' });
    const request = { payment_intent_id: 'p', payment_details: undefined, idempotency_key: '' };
    expect(await payments.processPayment(request, call)).toMatchObject({
      status: 3,
      result: { success: true },
    });
    expect(paid.headers[0]?.path).toBe('/api/v1/payment/process');
    const refused = await startPlain(
      402,
      '{"status":"error","code":"PAYMENT_REQUIRED","message":"m","detail":{"reason":"no_funds"},"error":{"code":"PAYMENT_REQUIRED","message":"payment required","trace_id":"t"}}',
    );
    const other = await backendsAt({ BACKEND_PAYMENT_URL: refused.url });
    expect(await other.payments.processPayment(request, newCall())).toMatchObject({
      error: { code: 9, message: 'payment required', trace_id: 't', details: [{ reason: 'no_funds' }] },
    });
  });
});

describe('where calls go', () => {
  it('is here without an address, and here for what came from another arcade: no loops', async () => {
    const asked: Asked[] = [];
    const local: Backends = { reservations: fullReservations(asked), payments: noPayments };
    const unset = await backendsAt({}, { local });
    expect(unset.reservations).toBe(local.reservations);
    const upstream = await startGrpcUpstream();
    undo.push(() => upstream.close());
    const set = await backendsAt(
      { BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${upstream.port}` },
      { local },
    );
    await ask(set, { isHop: true });
    expect([asked.length, upstream.received]).toEqual([1, 0]);
    await ask(set);
    expect([asked.length, upstream.received]).toEqual([1, 1]);
  });

  it('UP-4: is another address when one of several is dead, without a caller noticing', async () => {
    const [one, two] = [await startGrpcUpstream(), await startGrpcUpstream()];
    undo.push(() => two.close());
    const backends = await backendsAt({
      BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${one.port}, 127.0.0.1:${two.port}`,
    });
    for (let index = 0; index < 20; index += 1) await ask(backends);
    expect([one.received, two.received]).toEqual([10, 10]);
    await one.close();
    for (let index = 0; index < 40; index += 1) expect((await ask(backends)).reservation).toBeDefined();
    expect(backends.reports()[0]?.grpc).toMatchObject({ breaker: 'closed', addresses: 2, ejected: 1 });
    expect(two.received).toBe(50);
  });

  it('is connected to before the first call, so that nobody waits for that', async () => {
    for (const offersStreams of [true, false]) {
      const upstream = await startGrpcUpstream({ offersStreams });
      const wire = await startWire(upstream.port);
      undo.push(
        () => upstream.close(),
        () => wire.close(),
      );
      await backendsAt(
        { BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${wire.port}` },
        { useStreams: offersStreams },
      );
      await expect.poll(() => wire.open(), { timeout: 5_000 }).toBe(1);
      expect(upstream.received).toBe(0);
    }
  });

  it('UP-7: is over gRPC for the share of people that a flag says, the same ones each time', async () => {
    const [grpc, http] = [await startGrpcUpstream(), await startHttpUpstream()];
    undo.push(
      () => grpc.close(),
      () => http.close(),
    );
    let share = { value: 0, version: 0 };
    const backends = await backendsAt(
      {
        BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${grpc.port}`,
        BACKEND_RESERVATION_URL: `http://127.0.0.1:${http.port}`,
      },
      {
        flags: {
          isOn: () => true,
          get: () => share,
          onChange: () => () => {},
          refresh: async () => {},
          close: async () => {},
        },
      },
    );
    const everybody = async () => {
      const before = [grpc.received, http.received] as const;
      for (let index = 0; index < 200; index += 1)
        await ask(backends, { caller: { kind: 'player', playerId: `player ${index}` } });
      return [grpc.received - before[0], http.received - before[1]];
    };
    expect(await everybody()).toEqual([0, 200]);
    share = { value: 25, version: 1 };
    const [byGrpc = 0] = await everybody();
    expect(byGrpc).toBeGreaterThan(25);
    expect(byGrpc).toBeLessThan(75);
    expect(await everybody()).toEqual([byGrpc, 200 - byGrpc]);
    expect(backends.reports()[0]?.comparison).toMatchObject({ newCalls: 2 * byGrpc, enough: 125 });
    share = { value: 100, version: 2 };
    expect(await everybody()).toEqual([200, 0]);
  });
});
