import { describe, expect, it } from 'vitest';
import { brokenPaths, settle } from './testing/aftermath';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { live } from './testing/life';

/** The whole life of sessions, by seeds; `npm run proof:sessions` for as many as one likes. */

let arcade: TestArcade;
arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

describe('the life of sessions', () => {
  it.each([2, 4, 5])(
    'SES-1, ENDS: holds whatever three people do, seed %i',
    { timeout: 120_000 },
    async (seed) => {
      const timers = arcade.clock.waiting;
      const report = await live(arcade, { seed, steps: 250 });
      expect(report.findings).toEqual([]);
      expect(report.fights).toBeGreaterThan(1);
      const { timers: _held, ...left } = await settle(arcade, timers);
      expect(Object.entries(left).filter(([, count]) => count !== 0)).toEqual([]);
      expect(await brokenPaths(arcade)).toEqual([]);
    },
  );
});
