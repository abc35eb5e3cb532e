import { describe, expect, it } from 'vitest';
import { LEVELS } from '../gm/levels';
import { bundledLadders } from '../ladders/bundled';
import { climbAll } from './testing/climbs';

/** As the benchmark has them: with fewer a tenth of them is too few to tell 68 % from 70. */
const PLAYERS = 1_000;
const TIMEOUT_MS = 60_000;
const SEED = 7;

describe.each(bundledLadders().all.map((ladder) => [ladder.title, ladder] as const))(
  'who climbs “%s”',
  (_, ladder) => {
    const setting = { table: LEVELS, ladder, players: PLAYERS, seed: SEED };

    it(
      'GM-6: wins 55 to 70 of a hundred from the fourth fight on, beginner or expert, and hears nothing twice in ten fights',
      () => {
        const deciles = climbAll({ ...setting, isDirected: true });
        for (const { later } of deciles) {
          expect(later).toBeGreaterThanOrEqual(0.55);
          expect(later).toBeLessThanOrEqual(0.7);
        }
        expect(deciles.map(({ repeated }) => repeated)).toEqual(Array(10).fill(0));
        // Whoever is better meets better ones.
        for (let n = 1; n < deciles.length; n += 1)
          expect(deciles[n]?.level).toBeGreaterThan(deciles[n - 1]?.level ?? 100);
      },
      TIMEOUT_MS,
    );

    it('GM-6: is not served so without a director', () => {
      const deciles = climbAll({ ...setting, players: 100, isDirected: false });
      expect(deciles[0]?.later).toBeLessThan(0.3);
      expect(deciles[9]?.later).toBeGreaterThan(0.7);
    });
  },
);
