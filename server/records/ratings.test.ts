import fc from 'fast-check';
import { Glicko2 } from 'glicko2';
import { describe, expect, it } from 'vitest';
import { grownDeviation, rate } from './ratings';

const NEW = { rating: 1500, deviation: 350, volatility: 0.06 };
const numbers = fc.record({
  rating: fc.double({ min: 500, max: 2800, noNaN: true }),
  deviation: fc.double({ min: 40, max: 350, noNaN: true }),
  volatility: fc.double({ min: 0.03, max: 0.08, noNaN: true }),
});
const WEEK_MS = 7 * 24 * 3_600_000;

describe('TOUR-18: ratings', () => {
  it('are Glickman’s: his printed example comes out of the package', () => {
    const system = new Glicko2({ tau: 0.5, rating: 1500, rd: 200, vol: 0.06 });
    const player = system.makePlayer(1500, 200, 0.06);
    system.updateRatings([
      [player, system.makePlayer(1400, 30, 0.06), 1],
      [player, system.makePlayer(1550, 100, 0.06), 0],
      [player, system.makePlayer(1700, 300, 0.06), 0],
    ]);
    expect(player.getRating()).toBeCloseTo(1464.06, 1);
    expect(player.getRd()).toBeCloseTo(151.52, 1);
    expect(player.getVol()).toBeCloseTo(0.05999, 4);
  });

  it('raise who wins, lower who loses, and leave equals alone who draw', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, two) => {
        const [winner, loser] = rate(one, two, 1);
        expect(winner.rating).toBeGreaterThan(one.rating);
        expect(loser.rating).toBeLessThan(two.rating);
        const [mirrored, other] = rate(two, one, 0);
        expect(mirrored.rating).toBeCloseTo(loser.rating, 6);
        expect(other.rating).toBeCloseTo(winner.rating, 6);
      }),
      { seed: 4 },
    );
    const [one, two] = rate(NEW, NEW, 0.5);
    expect(one.rating).toBeCloseTo(1500, 6);
    expect(two.rating).toBeCloseTo(1500, 6);
  });

  it('know more after each fight, and less with time, but never less than of a newcomer', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, two) => {
        const [after] = rate(one, two, 1);
        // An upset raises the volatility, which adds a little where the fight itself says nearly nothing.
        expect(after.deviation).toBeLessThanOrEqual(one.deviation + 0.01);
        expect(grownDeviation(after, WEEK_MS)).toBeGreaterThanOrEqual(after.deviation);
        expect(grownDeviation(after, 1e15)).toBeLessThanOrEqual(350);
      }),
      { seed: 4 },
    );
    // A week is one of the paper's periods: sqrt(φ² + σ²).
    expect(grownDeviation({ rating: 1500, deviation: 50, volatility: 0.06 }, WEEK_MS)).toBeCloseTo(
      51.0749,
      2,
    );
  });
});
