import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countdown, waitOf } from './duration';

describe('a countdown', () => {
  it('says the time left in the form that reads best', () => {
    expect(countdown(41_200, 'en')).toBe('0:42');
    expect(countdown(725_000, 'en')).toBe('12:05');
    expect(countdown(7_425_000, 'en')).toBe('2:03:45');
    expect(countdown(76 * 3_600_000, 'en')).toBe('3 d 4 h');
    expect(countdown(76 * 3_600_000, 'ko')).toBe('3일 4시간');
  });

  it('stands at zero when the time is up, and not before', () => {
    expect(countdown(1, 'en')).toBe('0:01');
    expect(countdown(0, 'en')).toBe('0:00');
    expect(countdown(-5_000, 'en')).toBe('0:00');
  });
});

describe('an estimate', () => {
  it('is told in seconds, minutes or hours', () => {
    expect(waitOf({ seconds: 42, low: 31, high: 58 })).toEqual({
      unit: 'seconds',
      about: 40,
      low: 30,
      high: 60,
    });
    expect(waitOf({ seconds: 245, low: 190, high: 330 })).toEqual({
      unit: 'minutes',
      about: 4,
      low: 3,
      high: 6,
    });
    expect(waitOf({ seconds: 3 * 3_600, low: 2 * 3_600, high: 5 * 3_600 })).toMatchObject({ unit: 'hours' });
  });

  it('is never told as surer than it is, and lies within its bounds', () => {
    const sizes = { seconds: 1, minutes: 60, hours: 3_600 };
    fc.assert(
      fc.property(
        fc.nat(400_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (seconds, down, up) => {
          const estimate = { seconds, low: seconds * down, high: seconds * up };
          const { unit, about, low, high } = waitOf(estimate);
          expect(low).toBeLessThanOrEqual(about);
          expect(high).toBeGreaterThanOrEqual(about);
          expect(low * sizes[unit]).toBeLessThanOrEqual(estimate.low);
          expect(high * sizes[unit]).toBeGreaterThanOrEqual(estimate.high);
          expect(about).toBeGreaterThan(0);
        },
      ),
      { seed: 7 },
    );
  });
});
