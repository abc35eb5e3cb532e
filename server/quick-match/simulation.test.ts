import { expect, it } from 'vitest';
import { seededFraction } from '../../engine/rollback/testing/random';
import { quantile, spendEvening } from './testing/evening';

const SEEDS = [1, 2, 3, 4, 5];
const MEDIAN_MS = 30_000;
const seconds = (ms: number) => (ms / 1000).toFixed(1);

it('SIG-32: with 20 people online a guest has a human opponent within 30 s at the median', () => {
  for (const seed of SEEDS) {
    const evening = spendEvening({ online: 20, hours: 3, again: 0.7, random: seededFraction(seed) });
    const { newcomers, all, gaps, metAgain } = evening;
    const median = quantile(newcomers, 0.5);
    process.stdout.write(
      `seed ${seed}: ${all.length / 2} fights; guests and newcomers ${newcomers.length}, wait median ${seconds(median)} s, ` +
        `p90 ${seconds(quantile(newcomers, 0.9))} s; all ${seconds(quantile(all, 0.5))} s, p90 ${seconds(quantile(all, 0.9))} s; ` +
        `rating gap median ${quantile(gaps, 0.5).toFixed(0)}, p90 ${quantile(gaps, 0.9).toFixed(0)}\n`,
    );
    expect(newcomers.length).toBeGreaterThan(100);
    expect(metAgain).toBe(0);
    expect(median).toBeLessThanOrEqual(MEDIAN_MS);
  }
});

it('the same evening with two people fails that, so the figure means something', () => {
  const { newcomers } = spendEvening({ online: 2, hours: 3, again: 0.7, random: seededFraction(1) });
  expect(quantile(newcomers, 0.5)).toBeGreaterThan(MEDIAN_MS);
});
