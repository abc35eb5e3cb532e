import { describe, expect, it } from 'vitest';
import { evidenceLine, intervalBand, type Sample, withSample } from './traffic-series';

const FRAME = { width: 100, height: 100 };
const sample = (atMs: number, evidence: number, at = 0): Sample => ({
  atMs,
  evidence,
  errors: { low: at - 0.01, mean: at, high: at + 0.01 },
  slow: null,
});

describe('the drawing of a comparison', () => {
  it('keeps ten minutes, and begins anew with each new comparison', () => {
    let samples: readonly Sample[] = [];
    for (let second = 0; second < 700; second += 1)
      samples = withSample(samples, sample(second * 1_000, 1), false);
    expect(samples).toHaveLength(600);
    expect(samples.at(-1)?.atMs).toBe(699_000);
    expect(withSample(samples, sample(700_000, 1), true)).toHaveLength(1);
  });

  it('shows evidence against what is enough, by its logarithm', () => {
    const { path, enoughAt } = evidenceLine(
      [sample(0, 1), sample(1_000, 10), sample(2_000, 100)],
      100,
      FRAME,
    );
    expect(path).toBe('M0.0 100.0L50.0 60.0L100.0 20.0');
    expect(enoughAt).toBeCloseTo(20);
  });

  it('draws no evidence below one, where nothing speaks against the new protocol', () => {
    expect(evidenceLine([sample(0, 0.001), sample(1_000, 0)], 100, FRAME).path).toBe(
      'M0.0 100.0L100.0 100.0',
    );
  });

  it('draws a band around the difference, with zero in the middle', () => {
    const drawn = intervalBand([sample(0, 1, 0.5), sample(1_000, 1, 0.02)], 'errors', FRAME);
    expect(drawn?.zeroAt).toBe(50);
    expect(drawn?.reach).toBeCloseTo(0.06);
    // What is beyond its reach stays inside.
    expect(drawn?.band).toBe('M0.0 0.0L100.0 25.0L100.0 41.7L0.0 0.0Z');
    expect(intervalBand([sample(0, 1)], 'errors', FRAME)).toBeUndefined();
    expect(intervalBand([sample(0, 1), sample(1_000, 1)], 'slow', FRAME)).toBeUndefined();
  });
});
