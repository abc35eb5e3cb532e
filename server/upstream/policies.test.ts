import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bulkhead } from './bulkhead';
import { CALL_POLICY } from './call-policy';
import { Endpoints } from './endpoints';
import { LatencyWindow } from './histograms';
import { RetryBudget } from './retries';
import { isInShare, placeInShare } from './share';
import { HeldClock, settled } from './testing/held-clock';

describe('UP-2: the budget of retries', () => {
  it('allows at most a fifth of the calls, or ten a second where that is more, however calls come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 400 })), {
          minLength: 1,
          maxLength: 40,
        }),
        async (bursts) => {
          const clock = new HeldClock();
          const budget = new RetryBudget(CALL_POLICY.budget, clock);
          let calls = 0;
          let retries = 0;
          let elapsedMs = 0;
          for (const [count, pauseMs] of bursts) {
            for (let index = 0; index < count; index += 1) {
              calls += 1;
              budget.called();
              // Everything fails, and wants to be tried twice more.
              for (let again = 0; again < 2; again += 1) if (budget.take()) retries += 1;
            }
            await clock.pass(pauseMs);
            elapsedMs += pauseMs;
          }
          expect(retries).toBeLessThanOrEqual(0.2 * calls + 10 * (elapsedMs / 1_000 + 1));
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  it.each([60, 200, 1_000])(
    'keeps what an upstream gets at 1.2 times the calls, %d a second, whenever the fault begins',
    async (rate) => {
      const clock = new HeldClock();
      const budget = new RetryBudget(CALL_POLICY.budget, clock);
      const answered = async (calls: number, isDown: boolean) => {
        let retries = 0;
        for (let index = 0; index < calls; index += 1) {
          budget.called();
          if (isDown) for (let again = 0; again < 2; again += 1) if (budget.take()) retries += 1;
          await clock.pass(1_000 / rate);
        }
        return 1 + retries / calls;
      };
      await answered(500, false);
      for (const calls of [200, 300, 410, 2_000]) {
        const amplification = await answered(calls, true);
        expect(amplification).toBeLessThanOrEqual(1.2);
        expect(amplification).toBeGreaterThan(1.1);
        await answered(300, false);
      }
    },
  );
});

describe('a bulkhead', () => {
  const never = new AbortController().signal;

  it('lets so many in, keeps so many waiting, and turns the rest away', async () => {
    const bulkhead = new Bulkhead(2, 3);
    const ends: (() => void)[] = [];
    const started: number[] = [];
    const call = (id: number) =>
      bulkhead
        .execute(() => {
          started.push(id);
          return new Promise<void>((resolve) => ends.push(resolve));
        }, never)
        .then(
          () => 'done',
          () => 'no room',
        );
    const calls = Array.from({ length: 7 }, (_, id) => call(id));
    await settled();
    expect(started).toEqual([0, 1]);
    expect([bulkhead.active, bulkhead.waiting]).toEqual([2, 3]);
    while (ends.length > 0) {
      ends.shift()?.();
      await settled();
    }
    expect(await Promise.all(calls)).toEqual([...Array(5).fill('done'), 'no room', 'no room']);
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(bulkhead.active).toBe(0);
  });

  it('gives the room of a waiting call that was cancelled to the next one', async () => {
    const bulkhead = new Bulkhead(1, 2);
    let end: () => void = () => {};
    const first = bulkhead.execute(() => new Promise<void>((resolve) => (end = resolve)), never);
    const leaving = new AbortController();
    const second = bulkhead.execute(async () => 'second', leaving.signal).catch(() => 'left');
    const third = bulkhead.execute(async () => 'third', never);
    leaving.abort();
    expect(await second).toBe('left');
    end();
    await first;
    expect(await third).toBe('third');
    expect(bulkhead.active).toBe(0);
  });
});

describe('UP-4: addresses that fail', () => {
  const make = (...keys: string[]) => {
    const clock = new HeldClock();
    const endpoints = new Endpoints(
      keys.map((key) => ({ key, at: key })),
      CALL_POLICY.outlier,
      clock,
    );
    const fail = (key: string, times = 5) => {
      for (let index = 0; index < times; index += 1) endpoints.tell({ key, at: key }, true);
    };
    const seen = () => new Set(Array.from({ length: 20 }, () => endpoints.pick().key));
    return { clock, endpoints, fail, seen };
  };

  it('are left out for 30 s after 5 failures in a row, then for 60 s', async () => {
    const { clock, endpoints, fail, seen } = make('a', 'b', 'c');
    fail('a', 4);
    endpoints.tell({ key: 'a', at: 'a' }, false);
    fail('a', 4);
    expect(seen()).toEqual(new Set(['a', 'b', 'c']));
    fail('a', 1);
    expect(seen()).toEqual(new Set(['b', 'c']));
    await clock.pass(30_000);
    expect(seen()).toEqual(new Set(['a', 'b', 'c']));
    fail('a');
    await clock.pass(59_999);
    expect(seen()).toEqual(new Set(['b', 'c']));
    await clock.pass(1);
    expect(seen()).toEqual(new Set(['a', 'b', 'c']));
  });

  it('are never more than half of them, so never all', () => {
    const three = make('a', 'b', 'c');
    for (const key of ['a', 'b', 'c']) three.fail(key, 20);
    expect(three.endpoints.ejected).toEqual(['a']);
    const one = make('only');
    one.fail('only', 100);
    expect(one.seen()).toEqual(new Set(['only']));
  });

  it('keep their record when the name is looked up again', () => {
    const { endpoints, fail, seen } = make('a', 'b');
    fail('a');
    endpoints.replace(['b', 'a', 'd'].map((key) => ({ key, at: key })));
    expect(seen()).toEqual(new Set(['b', 'd']));
  });

  it('are not where a failed try goes again, when there is another one', () => {
    const { endpoints } = make('a', 'b');
    for (let index = 0; index < 10; index += 1) {
      const first = endpoints.pick();
      expect(endpoints.pick(first).key).not.toBe(first.key);
    }
  });
});

describe('latencies', () => {
  it('are those of the last minute, whatever was before', async () => {
    const clock = new HeldClock();
    const window = new LatencyWindow(clock);
    for (let index = 0; index < 100; index += 1) window.record(500, true);
    await clock.pass(70_000);
    for (let ms = 1; ms <= 100; ms += 1) window.record(ms, ms > 98);
    const { calls, errors, p50, p90, p99 } = window.summary();
    expect({ calls, errors }).toEqual({ calls: 100, errors: 2 });
    expect(p50).toBeGreaterThan(49);
    expect(p50).toBeLessThan(52);
    expect(p90).toBeLessThan(92);
    expect(p99).toBeLessThan(101);
  });
});

describe('UP-7: the share of people', () => {
  it('has about as many people as it says, the same ones each time', () => {
    const people = Array.from({ length: 20_000 }, (_, index) => `player ${index}`);
    for (const percent of [1, 10, 50, 90]) {
      const inside = people.filter((one) => isInShare('payment', one, percent)).length;
      expect(Math.abs(inside / people.length - percent / 100)).toBeLessThan(0.01);
    }
    expect(people.every((one) => !isInShare('payment', one, 0) && isInShare('payment', one, 100))).toBe(true);
  });

  it('keeps everybody who is in when it grows', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (user, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          if (isInShare('reservation', user, less)) expect(isInShare('reservation', user, more)).toBe(true);
          expect(placeInShare('reservation', user)).toBe(placeInShare('reservation', user));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
