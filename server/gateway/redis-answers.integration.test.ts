import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { startTestRedis, type TestRedis } from '../tournaments/queue/testing/redis';
import { Call } from './call';
import { keptAsBytes } from './operation';
import { type RedisKeeper, redisKeeper } from './redis-answers';

/** GATE-5, where keys are kept in Redis, which dies. */

const log = pino({ level: 'silent' });
const ANSWER = {
  waiting_token: 'w',
  position_hint: 3,
  eta_seconds: 4,
  status: 1,
  expires_at: new Date(1_700_000_000_000),
  error: undefined,
};
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of closing.splice(0).reverse()) await step();
});

async function redis(isDurable: boolean): Promise<TestRedis> {
  const server = await startTestRedis(isDurable);
  closing.push(() => server.stop());
  return server;
}

const clock = createFakeClock();
function keeperAt(url: string): RedisKeeper {
  const keeper = redisKeeper({ url, log }, clock);
  closing.push(() => keeper.close());
  return keeper;
}

/** One request under one key; `runs` counts what was done. */
function request() {
  const key = crypto.randomUUID();
  const asked = { event_id: 'e', user_id: '', session_id: '', metadata: undefined };
  const what = { name: 'test', keeping: keptAsBytes(QueueServiceService.joinQueue), key };
  const one = {
    runs: 0,
    async ask(keeper: RedisKeeper, during: () => Promise<unknown> = async () => undefined) {
      const call = new Call({
        caller: { kind: 'player', playerId: 'p' },
        requestId: 'r',
        idempotencyKey: undefined,
        deadline: Date.now() + 60_000,
        addressOf: () => '203.0.113.9',
      });
      return keeper.once(what, asked, call, async () => {
        one.runs += 1;
        await during();
        return ANSWER;
      });
    },
    reason: (keeper: RedisKeeper) =>
      one.ask(keeper).then(
        () => 'answered',
        (error: { code?: string; detail?: { reason?: string } }) => error.detail?.reason ?? error.code,
      ),
  };
  return one;
}

describe('GATE-5: keys in a Redis that dies', () => {
  it('while it is away nothing runs that has a key', async () => {
    const server = await redis(true);
    const keeper = keeperAt(server.url);
    const one = request();
    await server.kill();
    expect(await one.reason(keeper)).toBe('UNAVAILABLE');
    expect(one.runs).toBe(0);
    await server.start();
    await expect.poll(() => one.reason(keeper), { timeout: 20_000 }).toBe('answered');
    expect(one.runs).toBe(1);
  });

  it('one that takes connections and says nothing is no different', async () => {
    const silent: Server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closing.push(() => silent.close());
    const address = silent.address();
    const keeper = keeperAt(`redis://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    const one = request();
    expect(await one.reason(keeper)).toBe('UNAVAILABLE');
    expect(one.runs).toBe(0);
  });

  it.each([
    ['keeps what it acknowledged', true],
    ['forgets everything', false],
  ])(
    'where it dies while the first request runs and %s, that one is answered and runs no second time',
    async (_how, isDurable) => {
      const server = await redis(isDurable);
      const [keeper, other] = [keeperAt(server.url), keeperAt(server.url)];
      const one = request();
      expect(await one.ask(keeper, () => server.kill())).toEqual(ANSWER);
      // It is told meanwhile, and before anything was written.
      expect(await one.ask(keeper)).toEqual(ANSWER);
      await server.start();
      await expect.poll(() => one.reason(keeper), { timeout: 20_000 }).toBe('answered');
      expect(one.runs).toBe(1);
      // A Redis that forgets leaves a moment in which nobody knows.
      const looking = new Redis(server.url);
      closing.push(() => looking.disconnect());
      const isKept = async () => (await looking.hexists((await looking.keys('*'))[0] ?? '', 'answer')) === 1;
      await expect.poll(isKept, { timeout: 20_000 }).toBe(true);
      await expect.poll(() => one.reason(other), { timeout: 20_000 }).toBe('answered');
      // Nor when the lock of the first one is over.
      clock.advance(60_000);
      expect(await one.ask(other)).toEqual(ANSWER);
      expect(one.runs).toBe(1);
    },
  );

  it('several gateways share it: of fifty at once in each of two one runs', async () => {
    const server = await redis(false);
    const [keeper, other] = [keeperAt(server.url), keeperAt(server.url)];
    const one = request();
    const asked = Array.from({ length: 100 }, (_, n) => one.reason(n % 2 === 0 ? keeper : other));
    expect(new Set(await Promise.all(asked))).not.toContain('key_conflict');
    expect(one.runs).toBe(1);
  });
});
