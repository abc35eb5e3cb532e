import { describe, expect, it } from 'vitest';
import { isSettled, newMemory } from './memory';

describe('SEAT-12: whether a tournament may start', () => {
  const start = { startsAt: new Date(1_000_000) };

  it('is for others to say where nothing is heard of its seats, for two minutes', () => {
    expect(isSettled(undefined, start, 1_119_999)).toBe(false);
    expect(isSettled(undefined, start, 1_120_000)).toBe(true);
  });

  it('is said by a look that began at its start or later, when all of it is written down', () => {
    const heard = (more: object) =>
      isSettled({ ...newMemory(0), heardAt: 1_000_000, isWhole: true, ...more }, start, 1_000_001);
    expect([heard({}), heard({ heardAt: 999_999 }), heard({ isWhole: false })]).toEqual([true, false, false]);
    expect(heard({ heardAt: 0, isWhole: false, isOurs: true })).toBe(true);
  });
});
