import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FleetCounts, playScenario, scenarios } from './testing/fleet';

/** Scenarios that once failed, by the seed and path that fast-check printed. */
const regressions: { seed: number; path: string }[] = [];

describe('a fleet of matches over bad networks', () => {
  it('always agrees with the straight simulation of the confirmed inputs', { timeout: 60_000 }, () => {
    const total: FleetCounts = { rollbacks: 0, lost: 0, reordered: 0, damaged: 0, stalls: 0 };
    const play = fc.property(scenarios, (scenario) => {
      const counts = playScenario(scenario);
      total.rollbacks += counts.rollbacks;
      total.lost += counts.lost;
      total.reordered += counts.reordered;
      total.damaged += counts.damaged;
      total.stalls += counts.stalls;
    });
    fc.assert(play, { seed: 20261121, numRuns: 200 });
    expect(total.rollbacks).toBeGreaterThan(5000);
    expect(total.lost).toBeGreaterThan(20_000);
    expect(total.reordered).toBeGreaterThan(20_000);
    expect(total.damaged).toBeGreaterThan(1000);
    expect(total.stalls).toBeGreaterThan(1000);
  });

  for (const { seed, path } of regressions) {
    it(`still agrees in scenario ${seed}/${path}`, () => {
      fc.assert(
        fc.property(scenarios, (scenario) => void playScenario(scenario)),
        { seed, path, endOnFailure: true },
      );
    });
  }
});
