import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../db/testing';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { type FakeClock, createFakeClock as fakeClock } from '../sessions/testing/fake-clock';
import { startTestRedis } from '../tournaments/queue/testing/redis';
import { refusal } from '../tournaments/refusals';
import { Call } from './call';
import { databaseKeeper } from './database-answers';
import { type AnswerKeeper, KEPT_MS } from './idempotency';
import { keptAsBytes } from './operation';
import { redisKeeper } from './redis-answers';
import type { Caller } from './services';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

const method = QueueServiceService.joinQueue;
const ANSWER = {
  waiting_token: 'w',
  position_hint: 3,
  eta_seconds: 4,
  status: 1,
  expires_at: new Date(1_700_000_000_000),
  error: undefined,
};

/** Where keys are kept. */
interface Place {
  readonly keeper: AnswerKeeper;
  count(): Promise<number>;
  close(): Promise<unknown>;
}

async function inPostgres(clock: FakeClock): Promise<Place> {
  const database = await createTestDatabase();
  return {
    keeper: databaseKeeper(database.db, clock),
    count: () => database.db.idempotencyRecord.count(),
    close: () => database.drop(),
  };
}

async function inRedis(clock: FakeClock): Promise<Place> {
  const server = await startTestRedis();
  const keeper = redisKeeper({ url: server.url, log: pino({ level: 'silent' }) }, clock);
  const looking = new Redis(server.url);
  return {
    keeper,
    count: () => looking.dbsize(),
    async close() {
      keeper.close();
      looking.disconnect();
      await server.stop();
    },
  };
}

describe.each([
  ['PostgreSQL', inPostgres],
  ['Redis', inRedis],
])('GATE-5: a key, as %s keeps it', (name, open) => {
  let place: Place;
  let keeper: AnswerKeeper;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    place = await open(clock);
    keeper = place.keeper;
  });
  afterAll(() => place.close());

  const what = (key: string) => ({ name: 'test', keeping: keptAsBytes(method), key });
  const request = (event_id = 'e') => ({ event_id, user_id: '', session_id: '', metadata: undefined });
  const call = (caller: Caller = { kind: 'player', playerId: 'p' }) =>
    new Call({
      caller,
      requestId: 'r',
      idempotencyKey: undefined,
      deadline: Date.now() + 60_000,
      addressOf: () => '203.0.113.9',
    });

  it('the first answer is given again, the message whole, and nothing runs twice', async () => {
    let runs = 0;
    const key = newKey();
    const ask = (one = call()) =>
      keeper
        .once(what(key), request(), one, async () => {
          runs += 1;
          return ANSWER;
        })
        .then((answer) => ({ answer, isRepeat: one.isRepeat }));
    expect(await ask()).toEqual({ answer: ANSWER, isRepeat: false });
    expect(await ask()).toEqual({ answer: ANSWER, isRepeat: true });
    expect(runs).toBe(1);
  });

  it('another request under the key is a conflict; the same key of somebody else is not', async () => {
    const key = newKey();
    await keeper.once(what(key), request(), call(), () => ANSWER);
    await expect(keeper.once(what(key), request('other'), call(), () => ANSWER)).rejects.toMatchObject({
      detail: { reason: 'key_conflict' },
    });
    const other = call({ kind: 'player', playerId: 'q' });
    expect(await keeper.once(what(key), request('other'), other, () => ANSWER)).toEqual(ANSWER);
    expect(other.isRepeat).toBe(false);
  });

  it('while the first runs the second is told so, and of a hundred at once one runs', async () => {
    const key = newKey();
    let runs = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const attempts = Array.from({ length: 100 }, () =>
      keeper
        .once(what(key), request(), call(), async () => {
          runs += 1;
          await held;
          return ANSWER;
        })
        .then(
          () => 'done',
          (error: { detail?: { reason?: string } }) => {
            release();
            return error.detail?.reason;
          },
        ),
    );
    const outcomes = await Promise.all(attempts);
    expect(runs).toBe(1);
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThanOrEqual(1);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'key_running']));
  });

  it('failures are not kept: thrown or told, the next one runs', async () => {
    const key = newKey();
    const full = () => {
      throw refusal('full', 'conflict: no seats left');
    };
    await expect(keeper.once(what(key), request(), call(), full)).rejects.toThrow('no seats');
    const told = { ...ANSWER, error: { code: 15, message: 'full', trace_id: '', details: [] } };
    expect(await keeper.once(what(key), request(), call(), () => told)).toBe(told);
    expect(await keeper.once(what(key), request(), call(), () => ANSWER)).toBe(ANSWER);
  });

  it('a crash leaves a lock: the same request takes it over in time, another one does not', async () => {
    const key = newKey();
    // The tests before this one leave their keys behind.
    const others = await place.count();
    // Never comes back, as after `kill -9`.
    void keeper.once(what(key), request(), call(), () => new Promise(() => undefined));
    const again = () => keeper.once(what(key), request(), call(), () => ANSWER);
    while ((await place.count()) === others) await new Promise(setImmediate);
    await expect(again()).rejects.toMatchObject({ detail: { reason: 'key_running' } });
    clock.advance(20_001);
    await expect(keeper.once(what(key), request('x'), call(), () => ANSWER)).rejects.toMatchObject({
      detail: { reason: 'key_conflict' },
    });
    expect(await again()).toBe(ANSWER);
  });

  it('after five minutes a key is new again, and the table is swept', async () => {
    const key = newKey();
    await keeper.once(what(key), request(), call(), () => ANSWER);
    clock.advance(KEPT_MS + 1);
    const later = call();
    await keeper.once(what(key), request('other'), later, () => ANSWER);
    expect(later.isRepeat).toBe(false);
    // Redis forgets by itself.
    if (name === 'Redis') return;
    clock.advance(KEPT_MS + 1);
    expect(await keeper.sweep()).toBeGreaterThan(0);
    expect(await place.count()).toBe(0);
  });
});

describe('GATE-5: a key, over both protocols', () => {
  let gate: TestGateway;
  beforeAll(async () => {
    gate = await startTestGateway();
  });
  afterAll(() => gate.close());

  it('HTTP: the repeat says so; another body is a conflict; the key may stand in the body', async () => {
    const { token } = await gate.player();
    const key = 'join_1_0_1700000000000';
    const join = (event_id: string, more: object = {}) =>
      gate.http('POST', '/api/v1/queue/join', { token, body: { event_id, ...more }, key });
    const first = await join(gate.eventId);
    const second = await join(gate.eventId);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.headers.get('x-idempotency-cached')).toBeNull();
    expect(second.headers.get('x-idempotency-cached')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await join('other')).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    const inBody = await gate.http('POST', '/api/v1/queue/join', {
      token,
      body: { event_id: gate.eventId, idempotency_key: randomUUID() },
    });
    expect(inBody.status).toBe(202);
  });

  it('gRPC: in metadata or in the message, in-band 11 for a conflict; one key serves both protocols', async () => {
    const { token } = await gate.player();
    const key = newKey();
    const { queue, eventId } = gate;
    const join = (event_id: string) =>
      ask(
        queue,
        QueueServiceService.joinQueue,
        { event_id, user_id: '', session_id: '', metadata: undefined },
        bearing(token, { 'idempotency-key': key }),
      );
    const first = await join(eventId);
    expect(first.error).toBeUndefined();
    expect((await join('other')).error).toMatchObject({
      code: 11,
      message: expect.stringContaining('conflict'),
    });
    const overHttp = await gate.http('POST', '/api/v1/queue/join', {
      token,
      key,
      body: { event_id: eventId },
    });
    expect(overHttp.headers.get('x-idempotency-cached')).toBe('true');
    expect(overHttp.body.waiting_token).toBe(first.waiting_token);
    const long = await ask(
      queue,
      QueueServiceService.joinQueue,
      { event_id: eventId, user_id: '', session_id: '', metadata: undefined },
      bearing(token, { 'idempotency-key': 'k'.repeat(129) }),
    );
    expect(long.error).toMatchObject({ code: 4 });
  });
});

describe('GATE-6: how often', () => {
  let gate: TestGateway | undefined;
  afterEach(async () => {
    await gate?.close();
    gate = undefined;
  });

  it('a burst, then the rate: 429 with Retry-After, RESOURCE_EXHAUSTED; others are not hit', async () => {
    gate = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '4' });
    const { http, queue, eventId } = gate;
    const [one, other] = [await gate.player(), await gate.player()];
    const list = (token: string) => http('GET', '/api/v1/reservations', { token });
    const seen = [];
    for (let call = 0; call < 5; call += 1) seen.push(await list(one.token));
    expect(seen.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 429]);
    const [first, last] = [seen[0]?.headers, seen[4]?.headers];
    expect(first?.get('x-ratelimit-limit')).toBe('1');
    expect(first?.get('x-ratelimit-remaining')).toBe('3');
    expect(first?.get('x-ratelimit-window')).toBe('1s');
    expect(Number(first?.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now() - 2_000);
    expect(last?.get('retry-after')).toBe('1');
    expect(seen[4]?.body).toMatchObject({
      error: { code: 'RATE_LIMITED' },
      detail: { retryAfterSeconds: 1 },
    });
    const request = { event_id: eventId, user_id: '', session_id: '', metadata: undefined };
    await expect(
      ask(queue, QueueServiceService.joinQueue, request, bearing(one.token)),
    ).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    expect((await list(other.token)).status).toBe(200);
  });

  it('a waiting token stands for its person; an invented one for nobody', async () => {
    gate = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '3' });
    const { http, eventId } = gate;
    const places = [];
    for (const { token } of [await gate.player(), await gate.player()]) {
      const joined = await http('POST', '/api/v1/queue/join', {
        token,
        key: newKey(),
        body: { event_id: eventId },
      });
      places.push(String(joined.body.waiting_token));
    }
    const look = async (token: string) => (await http('GET', `/api/v1/queue/status?token=${token}`)).status;
    for (const place of places)
      expect([await look(place), await look(place), await look(place), await look(place)]).toEqual([
        200, 200, 200, 429,
      ]);
    const invented = [];
    for (let call = 0; call < 4; call += 1) invented.push(await look(randomUUID()));
    expect(invented).toEqual([404, 404, 404, 429]);
  });

  it('trusted peers are not counted', async () => {
    gate = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '1' }, { isTrusted: true });
    const answers = [];
    for (let call = 0; call < 5; call += 1)
      answers.push((await gate.http('GET', '/api/v1/reservations')).status);
    expect(answers).toEqual([200, 200, 200, 200, 200]);
  });
});
