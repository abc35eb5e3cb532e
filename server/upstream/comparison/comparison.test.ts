import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, medianOf, simulateHour } from '../testing/simulated-traffic';
import { Comparison, ENOUGH } from './comparison';
import { blockEvidence } from './evidence';
import { ConfidenceSequence } from './interval';

/** mulberry32, with what a test needs and no more. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const choose = (n: number, k: number): number => {
  let ways = 1;
  for (let i = 0; i < k; i += 1) ways = (ways * (n - i)) / (i + 1);
  return ways;
};

describe('evidence of one block', () => {
  it('is worth 1 on average where the arms are alike, whatever the block', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 1.1, max: 30, noNaN: true }),
        (oldCalls, newCalls, wanted, theta) => {
          const bad = Math.min(wanted, oldCalls + newCalls);
          let mean = 0;
          for (let newBad = Math.max(0, bad - oldCalls); newBad <= Math.min(bad, newCalls); newBad += 1) {
            const chance =
              (choose(newCalls, newBad) * choose(oldCalls, bad - newBad)) / choose(oldCalls + newCalls, bad);
            mean += chance * blockEvidence({ oldCalls, newCalls, oldBad: bad - newBad, newBad }, theta);
          }
          expect(mean).toBeCloseTo(1, 6);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  it('is 1 where nothing was bad, or one arm was not there', () => {
    expect(blockEvidence({ oldCalls: 9, newCalls: 9, oldBad: 0, newBad: 0 }, 4)).toBe(1);
    expect(blockEvidence({ oldCalls: 0, newCalls: 9, oldBad: 0, newBad: 9 }, 4)).toBe(1);
  });
});

describe('UP-9: the comparison of two arms', () => {
  it('seldom takes equal arms for different ones, through bursts and drift', () => {
    const shares = [0.05, 0.1, 0.25, 0.5];
    const hours = Array.from({ length: 200 }, (_, index) =>
      simulateHour({
        seed: 20_000 + index,
        fault: 'none',
        from: 0,
        share: shares[index % 4] ?? 0.5,
        calls: 36_000,
        errorBursts: true,
      }),
    );
    expect(hours.filter((told) => told !== undefined).length).toBeLessThanOrEqual(2);
  });

  it.each<[Fault, number, number]>([
    ['twice as slow', 0, 0.5],
    ['twice as slow', 0.5, 0.1],
    ['twice the tail', 0, 0.5],
    ['twice the tail', 0.5, 0.25],
    ['one percent errors', 0, 0.5],
    ['one percent errors', 0.5, 0.25],
  ])(
    'catches "%s" from %d of an hour on at a share of %d within 2,000 calls of the new arm',
    (fault, from, share) => {
      const told = Array.from({ length: 40 }, (_, index) =>
        simulateHour({ seed: 40_000 + index, fault, from, share, calls: 36_000, errorBursts: false }),
      );
      expect(told.filter((one) => one === -1)).toHaveLength(0);
      expect(medianOf(told)).toBeLessThanOrEqual(2_000);
    },
  );

  it('does not take one person who always fails for the arm', () => {
    const random = seeded(5);
    const comparison = new Comparison();
    let hasTold = false;
    for (let index = 0; index < 20_000; index += 1) {
      const isUnlucky = random() < 0.02;
      const arm = isUnlucky || random() < 0.5 ? 'new' : 'old';
      const user = isUnlucky ? 'the unlucky one' : `p${Math.floor(random() * 500)} of ${arm}`;
      // A person's failures are as frequent as a fault of 2 % in the new arm would be: but they are one person's.
      const isError = isUnlucky ? index % 400 < 64 : random() < 0.0005;
      hasTold ||= comparison.add(index * 10, { arm, isError, ms: 5, user });
    }
    expect(hasTold).toBe(false);
  });

  it('counts a call that the closed way turned back as failed', () => {
    const comparison = new Comparison();
    let calls = 0;
    for (let hasTold = false; !hasTold && calls < 1_000; calls += 1) {
      const isNew = calls % 2 === 1;
      hasTold = comparison.add(calls, {
        arm: isNew ? 'new' : 'old',
        isError: isNew && calls % 8 === 1,
        ms: isNew && calls % 8 === 1 ? undefined : 5,
        user: undefined,
      });
    }
    expect(calls).toBeLessThan(1_000);
    expect(comparison.standing().evidence).toBeGreaterThanOrEqual(ENOUGH);
  });
});

describe('the confidence sequence', () => {
  it('holds the difference at all times, in at least 95 of 100 runs', () => {
    let missed = 0;
    for (let run = 0; run < 200; run += 1) {
      const random = seeded(run);
      const sequence = new ConfidenceSequence(0.05);
      const rate = (p: number) =>
        Array.from({ length: 256 }, () => (random() < p ? 1 : 0)).reduce((a: number, b) => a + b, 0) / 256;
      let hasMissed = false;
      for (let batch = 0; batch < 300; batch += 1) {
        sequence.add(rate(0.03) - rate(0.01), 512);
        const interval = sequence.interval;
        if (interval && batch > 10 && (interval.low > 0.02 || interval.high < 0.02)) hasMissed = true;
      }
      if (hasMissed) missed += 1;
    }
    expect(missed / 200).toBeLessThanOrEqual(0.05);
  });
});
