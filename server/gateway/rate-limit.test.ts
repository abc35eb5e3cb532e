import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeClock as fakeClock } from '../sessions/testing/fake-clock';
import { RateLimit } from './rate-limit';

describe('the rate limit', () => {
  it('lets nobody have more than the burst and what the time since brought, whatever the pattern', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 30 })), {
          maxLength: 30,
        }),
        (perSecond, burst, pattern) => {
          const clock = fakeClock();
          const limit = new RateLimit(perSecond, burst, clock);
          const began = clock.now();
          let allowed = 0;
          for (const [wait, calls] of pattern) {
            clock.advance(wait);
            for (let call = 0; call < calls; call += 1) {
              const { isAllowed, remaining, retryAfter } = limit.take('k');
              if (isAllowed) allowed += 1;
              expect(remaining).toBeLessThanOrEqual(burst);
              expect(retryAfter > 0).toBe(!isAllowed);
            }
            expect(allowed).toBeLessThanOrEqual(burst + ((clock.now() - began) / 1000) * perSecond + 1e-6);
          }
        },
      ),
      { seed: 7 },
    );
  });

  it('lets through what it promised after the time it told', () => {
    const clock = fakeClock();
    const limit = new RateLimit(2, 3, clock);
    for (let call = 0; call < 3; call += 1) limit.take('k');
    const { isAllowed, retryAfter } = limit.take('k');
    expect(isAllowed).toBe(false);
    clock.advance(retryAfter * 1000);
    expect(limit.take('k').isAllowed).toBe(true);
  });

  it('remembers nobody who was only looked at, and tells of each what a call would be told', () => {
    const clock = fakeClock();
    const limit = new RateLimit(1, 2, clock);
    expect(limit.peek('k')).toMatchObject({ isAllowed: true, remaining: 2, retryAfter: 0 });
    expect(limit.size).toBe(0);
    limit.take('k');
    limit.take('k');
    expect(limit.peek('k')).toMatchObject({ isAllowed: false, remaining: 0, retryAfter: 1 });
    clock.advance(1_000);
    expect(limit.peek('k')).toMatchObject({ isAllowed: true, remaining: 1 });
    expect([limit.take('k').isAllowed, limit.size]).toEqual([true, 1]);
  });

  it('remembers a bounded number of keys, however many are invented', () => {
    const limit = new RateLimit(1, 1, fakeClock(), 100);
    for (let key = 0; key < 10_000; key += 1) limit.take(`key ${key}`);
    expect(limit.size).toBe(100);
  });
});
