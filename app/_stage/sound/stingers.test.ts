import { describe, expect, it } from 'vitest';
import { STINGER_KINDS, STINGERS } from './stingers';
import { createTestDesk } from './testing';

describe.each(STINGER_KINDS)('the stinger %s', (kind) => {
  it('is heard, is short, and stops by itself', () => {
    const { desk, tones } = createTestDesk();
    STINGERS[kind](desk);
    expect(tones.length).toBeGreaterThan(0);
    for (const { startS, stopS } of tones) {
      expect(startS).toBeGreaterThanOrEqual(desk.ctx.currentTime);
      expect(stopS).toBeGreaterThan(startS);
      expect(stopS - desk.ctx.currentTime).toBeLessThan(1.5);
    }
  });

  it('is no louder than a heavy blow, and begins and ends in silence', () => {
    const { desk, gains } = createTestDesk();
    STINGERS[kind](desk);
    for (const levels of gains) {
      expect(levels[0]).toBeLessThan(0.001);
      expect(levels.at(-1)).toBeLessThan(0.001);
      expect(Math.max(...levels)).toBeLessThanOrEqual(0.8);
    }
  });
});

it('every moment of a story sounds different', () => {
  const heard = STINGER_KINDS.map((kind) => {
    const { desk, tones } = createTestDesk();
    STINGERS[kind](desk);
    return JSON.stringify(tones);
  });
  expect(new Set(heard).size).toBe(STINGER_KINDS.length);
});
