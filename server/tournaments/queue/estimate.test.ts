import { describe, expect, test } from 'vitest';
import { estimateWait } from './estimate';
import { Pace, type PaceSample } from './pace';
import { simulate } from './testing/simulate';

const base = { latePerS: 1, tickMs: 250, sampleEveryS: 5 };

describe('QUEUE-9: at a constant rate', () => {
  test.each([
    { name: 'nobody leaves', early: 1_500, admissionsPerMinute: 600, leavingPerS: 0, seed: 1 },
    { name: 'people leave', early: 1_500, admissionsPerMinute: 600, leavingPerS: 0.001, seed: 2 },
    { name: 'it is slow', early: 200, admissionsPerMinute: 60, leavingPerS: 0.000_5, seed: 3 },
  ])('estimates that are 10 s old are within ±20 % for nine people of ten: $name', (options) => {
    const found = simulate({ ...base, ...options });
    expect(found.estimates).toBeGreaterThan(2_000);
    expect(found.people).toBeGreaterThan(150);
    expect(found.within20).toBeGreaterThanOrEqual(0.9);
    expect(found.peopleWithin20).toBeGreaterThanOrEqual(0.9);
    expect(found.covered).toBeGreaterThanOrEqual(0.9);
    expect(found.jump99).toBeLessThan(0.2);
  });
});

const sample = (more: Partial<PaceSample>): PaceSample => ({
  nowMs: 0,
  called: 0,
  left: 0,
  level: 0,
  ratePerS: 10,
  waiting: 100,
  free: Number.POSITIVE_INFINITY,
  isMoving: true,
  ...more,
});

describe('an estimate', () => {
  test('says nothing while nobody is called, and nothing beyond the last free seat before seats came back', () => {
    const pace = new Pace();
    pace.observe(sample({ isMoving: false }));
    expect(estimateWait(5, pace.view)).toBeUndefined();
    pace.observe(sample({ free: 3 }));
    expect(estimateWait(3, pace.view)?.seconds).toBeGreaterThan(0);
    expect(estimateWait(4, pace.view)).toBeUndefined();
  });

  test('beyond the last seat follows the seats that come back', () => {
    const pace = new Pace();
    for (let second = 0; second <= 100; second += 1) {
      pace.observe(sample({ nowMs: second * 1_000, called: Math.floor(second / 10), free: 0, level: 60 }));
    }
    const first = estimateWait(1, pace.view);
    expect(first?.seconds).toBeGreaterThan(8);
    expect(first?.seconds).toBeLessThan(12);
    expect(first?.high).toBeGreaterThan(20);
  });

  test('follows the rate that is reached, not the one that is set', () => {
    const pace = new Pace();
    for (let second = 0; second <= 120; second += 1) {
      pace.observe(sample({ nowMs: second * 1_000, called: second * 2 }));
    }
    expect(estimateWait(100, pace.view)?.seconds).toBeGreaterThan(45);
    expect(estimateWait(100, pace.view)?.seconds).toBeLessThan(55);
  });

  test('is not misled by a burst that was saved up', () => {
    const pace = new Pace();
    pace.observe(sample({ level: 60 }));
    pace.observe(sample({ nowMs: 250, called: 60, level: 2.5 }));
    expect(estimateWait(100, pace.view)?.seconds).toBeGreaterThan(9);
  });
});
