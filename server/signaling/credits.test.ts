import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGETS, Bucket, Credits } from './credits';

describe('credits', () => {
  it('never grant more than the burst and what time has brought', () => {
    const budget = { burst: 5, perSecond: 2 };
    fc.assert(
      fc.property(fc.array(fc.nat(900), { maxLength: 80 }), (waits) => {
        const bucket = new Bucket(budget, 0);
        let now = 0;
        let granted = 0;
        for (const wait of waits) {
          now += wait;
          if (bucket.take(now)) granted += 1;
          expect(granted).toBeLessThanOrEqual(budget.burst + (now / 1000) * budget.perSecond + 1e-6);
        }
      }),
    );
  });

  it('come back with time, and a clock that steps back takes nothing away', () => {
    const bucket = new Bucket({ burst: 2, perSecond: 1 }, 10_000);
    expect([bucket.take(10_000), bucket.take(10_000), bucket.take(10_000)]).toEqual([true, true, false]);
    expect(bucket.take(9_000)).toBe(false);
    expect(bucket.take(10_500)).toBe(true);
  });

  it('are one budget a player and family, whatever the other families spend', () => {
    const credits = new Credits();
    for (let i = 0; i < BUDGETS.lobby.burst; i += 1) expect(credits.take('a', 'lobby', 0)).toBe(true);
    expect(credits.take('a', 'lobby', 0)).toBe(false);
    expect(credits.take('a', 'match', 0)).toBe(true);
    expect(credits.take('b', 'lobby', 0)).toBe(true);
  });
});
