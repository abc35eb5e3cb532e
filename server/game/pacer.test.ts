import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacer } from './pacer';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const start = Date.now();
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - start);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the pacer', () => {
  it('ticks 60 times a second without drift over five minutes', () => {
    let ticks = 0;
    const stop = createPacer().add(() => {
      ticks += 1;
    });
    vi.advanceTimersByTime(5 * 60_000 + 1);
    stop();
    expect(ticks).toBe(5 * 60 * 60);
  });

  it.each([
    [200, 12],
    [10_000, 30],
  ])('after a hold-up of %i ms makes up for %i frames', (heldMs, frames) => {
    let ticks = 0;
    createPacer().add(() => {
      ticks += 1;
    });
    vi.advanceTimersByTime(100);
    const before = ticks;
    vi.setSystemTime(Date.now() + heldMs);
    // The timer that was due during the hold-up fires now; the next second is an ordinary one.
    vi.advanceTimersByTime(1_000);
    expect(ticks - before).toBeGreaterThanOrEqual(60 + frames - 1);
    expect(ticks - before).toBeLessThanOrEqual(60 + frames + 1);
  });

  it('keeps one timer when a match ends and another begins in the same tick', () => {
    const pacer = createPacer();
    let ticks = 0;
    const stop = pacer.add(() => {
      stop();
      pacer.add(() => {
        ticks += 1;
      });
    });
    vi.advanceTimersByTime(1_001);
    expect(vi.getTimerCount()).toBe(1);
    expect(ticks).toBeLessThanOrEqual(60);
    expect(ticks).toBeGreaterThan(55);
  });

  it('runs no timer when nobody is registered', () => {
    const pacer = createPacer();
    const stop = pacer.add(() => undefined);
    expect(vi.getTimerCount()).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(pacer.size).toBe(0);
  });

  it('lets a match stop itself while it ticks', () => {
    const pacer = createPacer();
    let ticks = 0;
    const stop = pacer.add(() => {
      ticks += 1;
      stop();
    });
    vi.advanceTimersByTime(1_000);
    expect(ticks).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
