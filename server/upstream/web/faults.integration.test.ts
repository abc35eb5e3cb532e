import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { errorEnvelope } from '../../errors';
import { HeldClock } from '../testing/held-clock';
import { ALLOWED, failureOf, neighboursAt, QUESTION } from './testing/neighbours';
import { type OddServer, says, startOddServer } from './testing/odd-server';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

type Behave = Parameters<typeof startOddServer>[0];

/** One retry, 10 ms after a fault. */
const SOON = {
  PROXY_MAX_RETRIES: '2',
  PROXY_RETRY_MIN_WAIT: '0.01',
  PROXY_RETRY_MAX_WAIT: '0.01',
};

async function serve(behave: Behave): Promise<OddServer> {
  const server = await startOddServer(behave);
  undo.push(() => server.close());
  return server;
}

const asJson = (res: Parameters<Behave>[1], headers = {}) =>
  res.writeHead(200, { 'content-type': 'application/json', ...headers });

/** An answer as agreed, three megabytes in three kilobytes. */
const BOMB = gzipSync(JSON.stringify({ ...ALLOWED, more: '0'.repeat(3 << 20) }));

/** What a service does, what its caller is told, and how often it was asked. */
const FAULTS: Readonly<
  Record<string, { behave: Behave; told: [status: number, code: string]; asked: number }>
> = {
  'is too slow': {
    behave: (req, res, nth) => setTimeout(() => says(ALLOWED)(req, res, nth), 1_000),
    told: [504, 'GATEWAY_TIMEOUT'],
    asked: 2,
  },
  'begins a head and stops': {
    behave: (_req, res) => res.socket?.write('HTTP/1.1 200 OK\r\ncontent-ty'),
    told: [504, 'GATEWAY_TIMEOUT'],
    asked: 2,
  },
  'begins a body and stops': {
    behave: (_req, res) => asJson(res).write('{"session_id":'),
    told: [504, 'GATEWAY_TIMEOUT'],
    asked: 2,
  },
  breaks: { behave: says({ why: 'a bug' }, 500), told: [500, 'UPSTREAM_500'], asked: 1 },
  'is behind a door that is broken': {
    behave: says({ why: 'down' }, 502),
    told: [502, 'UPSTREAM_502'],
    asked: 1,
  },
  refuses: { behave: says({ detail: [] }, 422), told: [422, 'UPSTREAM_422'], asked: 1 },
  'speaks something else': {
    behave: (_req, res) => res.socket?.end('\u0000\u0001 hello\r\n\r\n'),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'answers with a page': {
    behave: (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<!doctype html><title>Welcome</title>');
    },
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'answers with another JSON': {
    behave: says({ ok: true }),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'answers with nothing': {
    behave: (_req, res) => asJson(res).end(),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'answers with half of a JSON': {
    behave: (_req, res) => asJson(res).end('{"session_id": "s", "allo'),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'sends more than a mebibyte': {
    behave: says({ ...ALLOWED, more: 'x'.repeat(1 << 20) }),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'never stops sending': {
    behave: (_req, res) => {
      asJson(res);
      const more = () => {
        while (!res.destroyed && res.write('["'.repeat(10_000)));
        if (!res.destroyed) res.once('drain', more);
      };
      more();
    },
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'sends a bomb': {
    behave: (_req, res) => asJson(res, { 'content-encoding': 'gzip' }).end(BOMB),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'packs in an unknown way': {
    behave: (_req, res) => asJson(res, { 'content-encoding': 'zip' }).end('PK'),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'announces more than it sends': {
    behave: (_req, res) => {
      asJson(res, { 'content-length': '500' }).write(JSON.stringify(ALLOWED));
      setTimeout(() => res.destroy(), 20);
    },
    told: [503, 'RULE_ENGINE_UNAVAILABLE'],
    asked: 2,
  },
  'announces less than it sends': {
    behave: (_req, res) =>
      res.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n${JSON.stringify(ALLOWED)}`),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'sends its callers elsewhere': {
    behave: says(ALLOWED, 307, { location: 'http://169.254.169.254/latest/meta-data' }),
    told: [502, 'UPSTREAM_INVALID'],
    asked: 1,
  },
  'cuts the connection': {
    behave: (req) => req.socket.destroy(),
    told: [503, 'RULE_ENGINE_UNAVAILABLE'],
    asked: 2,
  },
};

describe('PROXY-6: a service that', () => {
  it.each(Object.entries(FAULTS))('%s', async (_what, { behave, told, asked }) => {
    const server = await serve(behave);
    // What hangs is to be over soon; what does not has all the time of a busy machine.
    const neighbours = neighboursAt(server.url, { ...SOON, PROXY_TIMEOUT: told[0] === 504 ? '0.4' : '20' });
    undo.push(() => neighbours.close());
    const { status, body } = errorEnvelope(await failureOf(neighbours.ruleEngine.validate(QUESTION)));
    expect([status, body.code]).toEqual(told);
    expect(body.status).toBe('error');
    expect(JSON.stringify(body)).not.toContain('127.0.0.1');
    expect(server.seen).toHaveLength(asked);
    await neighbours.close();
    await expect.poll(() => server.open.size).toBe(0);
  });

  it('packs its answers is understood, asked for or not', async () => {
    const server = await serve((_req, res) =>
      asJson(res, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(ALLOWED))),
    );
    const neighbours = neighboursAt(server.url, SOON);
    undo.push(() => neighbours.close());
    expect(await neighbours.ruleEngine.validate(QUESTION)).toEqual(ALLOWED);
  });

  it('dies between two calls is found again, on a new connection', async () => {
    const first = await startOddServer(says(ALLOWED));
    const neighbours = neighboursAt(first.url, SOON);
    undo.push(() => neighbours.close());
    for (let index = 0; index < 20; index += 1) await neighbours.ruleEngine.validate(QUESTION);
    const kept = first.connections();
    // A call that is made in the moment in which the one before ends may get a second one.
    expect(kept).toBeLessThanOrEqual(2);
    first.cut();
    await neighbours.ruleEngine.validate(QUESTION);
    expect(first.connections()).toBe(kept + 1);
    await first.close();
    const error = await failureOf(neighbours.ruleEngine.validate(QUESTION));
    expect(errorEnvelope(error).body.code).toBe('RULE_ENGINE_UNAVAILABLE');
    const second = await startOddServer(says(ALLOWED), { port: first.port });
    undo.push(() => second.close());
    expect(await neighbours.ruleEngine.validate(QUESTION)).toEqual(ALLOWED);
  });

  it('says to wait has that passed on, with its own words', async () => {
    const server = await serve(says({ detail: 'too fast' }, 429, { 'retry-after': '7' }));
    const neighbours = neighboursAt(server.url, SOON);
    undo.push(() => neighbours.close());
    const error = await failureOf(neighbours.aiGm.narrative({ session_id: 's' }));
    expect(errorEnvelope(error)).toMatchObject({
      status: 429,
      body: { code: 'UPSTREAM_429', detail: { detail: 'too fast' } },
    });
    expect(error).toMatchObject({ code: 'RATE_LIMITED', detail: { retryAfterSeconds: 7 } });
    // It works: this is its answer.
    expect(neighbours.report()[1]).toMatchObject({ breaker: 'closed', errors: 0, objective: { errors: 0 } });
  });

  it('fails in text has that told, cut and without addresses', async () => {
    const server = await serve((_req, res) => {
      res.writeHead(500);
      res.end(`no route to db.internal.example:5432 ${'x'.repeat(100_000)}`);
    });
    const neighbours = neighboursAt(server.url, SOON);
    undo.push(() => neighbours.close());
    const { detail } = errorEnvelope(await failureOf(neighbours.ruleEngine.validate(QUESTION))).body;
    expect(String(detail)).toMatch(/^no route to \[address\] x+…$/);
    expect(String(detail).length).toBeLessThanOrEqual(1_001);
  });
});

describe('PROXY-5: the breaker of a neighbour', () => {
  it('opens at five failures in a row, lets trials through after 1 s, then 2 s, and closes after three', async () => {
    const clock = new HeldClock();
    const server = await serve(says({}, 500));
    const neighbours = neighboursAt(server.url, {}, { clock });
    undo.push(() => neighbours.close());
    const ask = async () => {
      const error = await failureOf(neighbours.ruleEngine.validate(QUESTION));
      return error === undefined ? 'ok' : errorEnvelope(error).body.code;
    };
    const breaker = () => neighbours.report()[0]?.breaker;
    for (let index = 0; index < 5; index += 1) expect(await ask()).toBe('UPSTREAM_500');
    expect(breaker()).toBe('open');
    const refused = await failureOf(neighbours.ruleEngine.validate(QUESTION));
    expect(refused).toMatchObject({ detail: { retryAfterSeconds: 1 }, wire: { status: 503 } });
    await clock.pass(999);
    expect(await ask()).toBe('RULE_ENGINE_UNAVAILABLE');
    expect(server.seen).toHaveLength(5);
    await clock.pass(1);
    expect(await ask()).toBe('UPSTREAM_500');
    expect([breaker(), server.seen.length]).toEqual(['open', 6]);
    server.become(says(ALLOWED));
    await clock.pass(1_999);
    expect(await ask()).toBe('RULE_ENGINE_UNAVAILABLE');
    await clock.pass(1);
    expect([await ask(), breaker()]).toEqual(['ok', 'half-open']);
    expect([await ask(), await ask(), breaker()]).toEqual(['ok', 'ok', 'closed']);
    // The other neighbour has one of its own.
    expect(neighbours.report()[1]?.breaker).toBe('closed');
    expect(neighbours.report()[0]?.lastErrors.map(({ code }) => code)).toEqual([
      'UNAVAILABLE',
      'UPSTREAM_500',
      'UNAVAILABLE',
      'UNAVAILABLE',
      ...Array(5).fill('UPSTREAM_500'),
    ]);
  });
});

describe('PROXY-2: closing', () => {
  it('ends what is under way, leaves no connection, and refuses what comes later', async () => {
    const server = await serve(() => {});
    const neighbours = neighboursAt(server.url);
    const calls = [
      failureOf(neighbours.ruleEngine.validate(QUESTION)),
      failureOf(neighbours.aiGm.gameTurn({ session_id: 's', content: '' })),
      neighbours.healthOf('ai_gm'),
    ];
    await expect.poll(() => server.seen.length).toBe(3);
    expect(server.open.size).toBe(3);
    await neighbours.close();
    for (const error of (await Promise.all(calls)).slice(0, 2)) expect(errorEnvelope(error).status).toBe(503);
    await expect.poll(() => server.open.size).toBe(0);
    const later = await failureOf(neighbours.ruleEngine.validate(QUESTION));
    expect(errorEnvelope(later).body.code).toBe('RULE_ENGINE_UNAVAILABLE');
    expect(await neighbours.healthOf('rule_engine')).toMatchObject({ connected: false });
    expect(server.seen).toHaveLength(3);
  });

  it('bounds connections and calls: a hundred at once, a hundred waiting, the next one is turned away', async () => {
    const server = await serve(() => {});
    const neighbours = neighboursAt(server.url);
    undo.push(() => neighbours.close());
    const calls = Array.from({ length: 200 }, () => failureOf(neighbours.ruleEngine.validate(QUESTION)));
    await expect.poll(() => server.seen.length).toBe(100);
    const error = await failureOf(neighbours.ruleEngine.validate(QUESTION));
    expect(error).toMatchObject({
      detail: { retryAfterSeconds: 1 },
      wire: { code: 'RULE_ENGINE_UNAVAILABLE' },
    });
    expect(neighbours.report()[0]).toMatchObject({ active: 100, waiting: 100 });
    expect(server.open.size).toBe(100);
    await neighbours.close();
    expect(await Promise.all(calls)).toHaveLength(200);
    await expect.poll(() => server.open.size).toBe(0);
  });
});
