import { afterEach, describe, expect, it } from 'vitest';
import { GetPaymentStatusResponse, Payment } from '../../grpc/gen/proto/payment/v1/payment';
import { channels } from '../../upstream/channels';
import type { Backends } from '../backends';
import { createBackends, type RemoteBackends } from './factory';
import {
  type Mood,
  type MoodyUpstream,
  newCall,
  noPayments,
  startGrpcPayments,
  startGrpcUpstream,
  startHttpUpstream,
  startWire,
  steadyReservations,
  type Wire,
  type WireState,
} from './testing/upstreams';

/** What is local must not answer here: it would hide a fault. */
const local: Backends = {
  reservations: {
    ...steadyReservations,
    getReservation: async () => {
      throw new Error('asked here');
    },
  },
  payments: noPayments,
};

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  channels().close();
});

type Protocol = 'grpc' | 'http' | 'stream';

interface Setting {
  readonly upstream: MoodyUpstream;
  readonly wire: Wire;
  readonly payments: MoodyUpstream;
  readonly backends: RemoteBackends;
}

const payment = Payment.create({ payment_intent_id: 'p', status: 1 });

/** Seats behind a way that can break, and payments behind one that can't. */
async function set(protocol: Protocol): Promise<Setting> {
  const upstream =
    protocol === 'http'
      ? await startHttpUpstream()
      : await startGrpcUpstream({ offersStreams: protocol === 'stream' });
  const wire = await startWire(upstream.port);
  const payments = await startGrpcPayments({
    ...noPayments,
    getPaymentStatus: async () => GetPaymentStatusResponse.create({ payment }),
  });
  const address = `127.0.0.1:${wire.port}`;
  const backends = await createBackends({
    config: {
      BACKEND_RESERVATION_GRPC_ADDRESS: protocol === 'http' ? undefined : address,
      BACKEND_RESERVATION_URL: protocol === 'http' ? `http://${address}` : undefined,
      BACKEND_PAYMENT_GRPC_ADDRESS: `127.0.0.1:${payments.port}`,
      BACKEND_PAYMENT_URL: undefined,
      GRPC_USE_TLS: false,
    },
    local,
    keys: {},
  });
  undo.push(
    () => upstream.close(),
    () => wire.close(),
    () => payments.close(),
    () => backends.close(),
  );
  return { upstream, wire, payments, backends };
}

const breakerOf = ({ backends }: Setting) => {
  const [report] = backends.reports();
  return (report?.grpc ?? report?.http)?.breaker;
};

/** Between two calls. Milliseconds. */
const EVERY_MS = 10;

/** Calls at a steady rate until it is stopped; what came of them. */
function load(setting: Setting) {
  const seen = {
    calls: 0,
    ok: 0,
    refused: 0,
    failed: 0,
    mixedUp: 0,
    othersOk: 0,
    othersFailed: 0,
    busyMs: 0,
  };
  const under: Promise<unknown>[] = [];
  const askSeats = () => {
    seen.calls += 1;
    const id = `r${seen.calls}`;
    under.push(
      setting.backends.reservations
        .getReservation({ reservation_id: id, user_id: 'u' }, newCall({ requestId: id }))
        .then(
          ({ error, reservation }) => {
            if (error) seen.failed += 1;
            else if (reservation?.reservation_id === id) seen.ok += 1;
            else seen.mixedUp += 1;
          },
          (error: { detail?: { retryAfterSeconds?: number } }) => {
            if (error.detail?.retryAfterSeconds !== undefined) seen.refused += 1;
            else seen.failed += 1;
          },
        ),
    );
  };
  const askOthers = () => {
    under.push(
      setting.backends.payments.getPaymentStatus({ payment_intent_id: 'p', user_id: 'u' }, newCall()).then(
        ({ payment: told }) => {
          if (told) seen.othersOk += 1;
          else seen.othersFailed += 1;
        },
        () => {
          seen.othersFailed += 1;
        },
      ),
    );
  };
  let lastAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // What this process, which plays both sides, could not do on a busy machine.
    seen.busyMs += Math.max(0, now - lastAt - EVERY_MS - 2);
    lastAt = now;
    askSeats();
    if (seen.calls % 2 === 0) askOthers();
  }, EVERY_MS);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Milliseconds until something holds. */
async function until(holds: () => boolean, withinMs: number): Promise<number> {
  const began = performance.now();
  while (!holds() && performance.now() - began < withinMs) await pause(5);
  return performance.now() - began;
}

type Fault = Mood | Exclude<WireState, 'passes'>;
const onWire = (fault: Fault): fault is Exclude<WireState, 'passes'> =>
  fault === 'swallows' || fault === 'babbles' || fault === 'cut';

async function suffer(protocol: Protocol, fault: Fault): Promise<void> {
  const setting = await set(protocol);
  const { upstream, wire } = setting;
  const running = load(setting);
  const { seen } = running;
  await until(() => seen.ok > 100 && breakerOf(setting) === 'closed', 20_000);
  expect(breakerOf(setting)).toBe('closed');

  const before = { received: upstream.received, calls: seen.calls, busyMs: seen.busyMs };
  if (onWire(fault)) wire.become(fault);
  else upstream.mood = fault;
  const openedMs = await until(() => breakerOf(setting) === 'open', 5_000);
  expect(openedMs - (seen.busyMs - before.busyMs)).toBeLessThanOrEqual(1_000);

  // It is open: of the calls that are made from now on nothing goes through but trials.
  const atOpen = seen.calls;
  await until(() => seen.calls > atOpen + 120, 10_000);
  const through = Array.from({ length: seen.calls - atOpen }, (_, index) => `r${atOpen + index + 1}`);
  expect(through.length).toBeGreaterThan(100);
  expect(through.filter((id) => upstream.ids.has(id)).length).toBeLessThanOrEqual(10);
  expect((upstream.received - before.received) / (seen.calls - before.calls)).toBeLessThanOrEqual(1.2);

  upstream.mood = 'works';
  wire.become('passes');
  await until(() => breakerOf(setting) === 'closed', 20_000);
  expect(breakerOf(setting)).toBe('closed');
  const { ok } = seen;
  await until(() => seen.ok > ok + 50, 10_000);
  await running.stop();
  expect(seen.ok).toBeGreaterThan(ok + 50);
  expect(seen.refused).toBeGreaterThan(20);
  expect(seen.mixedUp).toBe(0);
  // Nobody else noticed anything.
  expect(seen.othersFailed).toBe(0);
  expect(seen.othersOk).toBeGreaterThan(100);
}

describe('UP-3: an upstream that breaks', () => {
  const faults: readonly Fault[] = [
    'slow',
    'lies',
    'garbage',
    'never answers',
    'fails',
    'swallows',
    'babbles',
    'cut',
  ];
  const protocols: readonly Protocol[] = ['grpc', 'http', 'stream'];
  it.each(protocols.flatMap((protocol) => faults.map((fault): [Protocol, Fault] => [protocol, fault])))(
    'over %s that is "%s" is shut off within a second, asked by few, and comes back',
    suffer,
    60_000,
  );

  it.each<Protocol>(['grpc', 'http'])(
    'that is gone altogether is shut off and found again: %s',
    async (protocol) => {
      const start = (port?: number) =>
        protocol === 'http'
          ? startHttpUpstream(port === undefined ? {} : { port })
          : startGrpcUpstream(port === undefined ? {} : { port });
      const first = await start();
      const address = `127.0.0.1:${first.port}`;
      const backends = await createBackends({
        config: {
          BACKEND_RESERVATION_GRPC_ADDRESS: protocol === 'grpc' ? address : undefined,
          BACKEND_RESERVATION_URL: protocol === 'http' ? `http://${address}` : undefined,
          BACKEND_PAYMENT_GRPC_ADDRESS: undefined,
          BACKEND_PAYMENT_URL: undefined,
          GRPC_USE_TLS: false,
        },
        local,
        keys: {},
      });
      undo.push(() => backends.close());
      const ask = () => backends.reservations.getReservation({ reservation_id: 'r', user_id: '' }, newCall());
      await ask();
      await first.close();
      const fails = async () => {
        await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      };
      for (let index = 0; index < 5; index += 1) await fails();
      const [report] = backends.reports();
      expect((report?.grpc ?? report?.http)?.breaker).toBe('open');
      const second = await start(first.port);
      undo.push(() => second.close());
      await expect
        .poll(ask, { timeout: 15_000, interval: 100 })
        .toMatchObject({ reservation: { reservation_id: 'r' } });
    },
  );
});

describe('UP-2: retries', () => {
  it.each<[Protocol, Mood]>([
    ['grpc', 'fails half'],
    ['http', 'fails half'],
    ['stream', 'fails half'],
  ])('make an upstream get at most 1.2 times the calls while it flaps: %s', async (protocol) => {
    const setting = await set(protocol);
    const running = load(setting);
    await until(() => running.seen.ok > 60 && breakerOf(setting) === 'closed', 20_000);
    const before = { received: setting.upstream.received, calls: running.seen.calls };
    for (let turn = 0; running.seen.calls - before.calls < 300; turn += 1) {
      setting.upstream.mood = turn % 2 === 0 ? 'fails half' : 'works';
      await pause(300);
    }
    await running.stop();
    const calls = running.seen.calls - before.calls;
    expect(calls).toBeGreaterThan(200);
    expect((setting.upstream.received - before.received) / calls).toBeLessThanOrEqual(1.2);
    expect(running.seen.othersFailed).toBe(0);
  });

  it('try a read again and never a write without a key', async () => {
    const setting = await set('grpc');
    const { reservations } = setting.backends;
    setting.upstream.mood = 'fails';
    const read = reservations.getReservation({ reservation_id: 'r', user_id: '' }, newCall());
    await expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(setting.upstream.received).toBe(3);
    const write = {
      event_id: 'e',
      seat_ids: [],
      quantity: 1,
      user_id: 'u',
      reservation_token: '',
      idempotency_key: '',
      metadata: undefined,
    };
    await expect(reservations.createReservation(write, newCall())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(setting.upstream.received).toBe(4);
  });

  it('count as what they are: a call that was tried three times is three failures (three tries counted as one)', async () => {
    const setting = await set('http');
    setting.upstream.mood = 'fails';
    const ask = () =>
      setting.backends.reservations
        .getReservation({ reservation_id: 'r', user_id: '' }, newCall())
        .catch(() => {});
    await ask();
    expect(setting.backends.reports()[0]?.http).toMatchObject({ calls: 3, errors: 3, breaker: 'closed' });
    await ask();
    // Five failures in a row: the second of the second call opens it, and the third is not sent.
    expect(setting.upstream.received).toBe(5);
    expect(setting.backends.reports()[0]?.http).toMatchObject({ calls: 5, errors: 5, breaker: 'open' });
    // Their callers asked twice (PROXY-10).
    expect(setting.backends.boards()[0]).toMatchObject({
      ...{ service: 'reservation', protocol: 'http', retries: 4 },
      objective: { calls: 2, errors: 2 },
    });
  });
});
