import { describe, expect, it } from 'vitest';
import { createFrameClock } from './clock';

/** Ticks a clock at a display's rate for a number of seconds and counts the frames it ran. */
function framesAt(displayHz: number, seconds: number, scale = 1): number {
  const clock = createFrameClock();
  let frames = 0;
  for (let tick = 0; tick <= displayHz * seconds; tick += 1) {
    frames += clock.tick(
      (tick * 1000) / displayHz,
      () => true,
      () => scale,
    );
  }
  return frames;
}

describe('frame clock', () => {
  it.each([30, 59.94, 60, 75, 144, 240])('GAME-1: runs 60 frames per second on a %d Hz display', (hz) => {
    expect(Math.abs(framesAt(hz, 10) - 600)).toBeLessThanOrEqual(2);
  });

  it('stretches frames by the scale it is given', () => {
    expect(Math.abs(framesAt(240, 10, 1.01) - 594)).toBeLessThanOrEqual(2);
  });

  it('gives up the debt of a long pause instead of racing through it', () => {
    const clock = createFrameClock();
    const run = (now: number) =>
      clock.tick(
        now,
        () => true,
        () => 1,
      );
    run(0);
    expect(run(10_000)).toBeLessThanOrEqual(5);
    expect(run(10_016.7)).toBeLessThanOrEqual(2);
  });

  it('keeps a frame due that could not run', () => {
    const clock = createFrameClock();
    let calls = 0;
    for (let now = 0; now < 100; now += 5) {
      clock.tick(
        now,
        () => {
          calls += 1;
          return false;
        },
        () => 1,
      );
    }
    expect(calls).toBe(20);
  });
});
