import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { RateLimit } from './rate-limit';
import { type SpendingLine, type Spent, shareLimit } from './shared-limit';

/** Processes that hear of each other what each tells. */
function exchange(count: number): readonly SpendingLine[] {
  const listeners = Array.from({ length: count }, (): ((spent: Spent) => void)[] => []);
  return listeners.map((own, from) => ({
    tellSpent(spent) {
      for (const [to, all] of listeners.entries()) if (to !== from) for (const one of all) one(spent);
    },
    onSpent: (listener) => void own.push(listener),
  }));
}

function processes(count: number, perSecond: number, burst: number) {
  const clock = createFakeClock();
  const limits = exchange(count).map((line) => {
    const limit = new RateLimit(perSecond, burst, clock);
    shareLimit(limit, line, clock);
    return limit;
  });
  return { clock, limits };
}

describe('GATE-6: one limit of several processes', () => {
  it('what one allows, the others have heard of a tenth of a second later', () => {
    const { clock, limits } = processes(3, 10, 20);
    const [first, second, third] = limits;
    for (let call = 0; call < 20; call++) expect(first?.take('player p').isAllowed).toBe(true);
    expect(first?.take('player p').isAllowed).toBe(false);
    clock.advance(100);
    expect(second?.take('player p')).toMatchObject({ isAllowed: false, remaining: 0, retryAfter: 1 });
    expect(third?.take('player p').isAllowed).toBe(false);
    expect(second?.take('player q').isAllowed).toBe(true);
    clock.advance(100);
    expect(third?.take('player p').isAllowed).toBe(true);
  });

  it('somebody who calls them all gets the rate once, not once a process', () => {
    const { clock, limits } = processes(4, 10, 10);
    let allowed = 0;
    for (let tenths = 0; tenths < 300; tenths++) {
      for (const limit of limits) if (limit.take('address a').isAllowed) allowed += 1;
      clock.advance(100);
    }
    // Thirty seconds of ten, a burst, and what four may give away before they have heard of each other.
    expect(allowed).toBeGreaterThan(280);
    expect(allowed).toBeLessThanOrEqual(30 * 10 + 10 + 4 * 10);
  });

  it('together they can’t put somebody further back than a second', () => {
    const { clock, limits } = processes(8, 5, 100);
    for (const limit of limits) for (let call = 0; call < 100; call++) limit.take('token t');
    clock.advance(100);
    expect(limits[0]?.take('token t')).toMatchObject({ isAllowed: false, remaining: 0, retryAfter: 2 });
    clock.advance(1_200);
    expect(limits[0]?.take('token t').isAllowed).toBe(true);
  });

  it('nobody is told of when nobody calls', () => {
    const told: Spent[] = [];
    const clock = createFakeClock();
    const limit = new RateLimit(10, 10, clock);
    shareLimit(limit, { tellSpent: (spent) => void told.push(spent), onSpent: () => {} }, clock);
    limit.take('a');
    limit.take('a');
    clock.advance(10_000);
    expect(told).toEqual([[['a', 2]]]);
  });
});
