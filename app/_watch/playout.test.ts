import { describe, expect, it } from 'vitest';
import { FRAME_MS } from '@/engine/fighter/rules';
import { createPlayout } from './playout';

function run(hz: number, seconds: number, arrivals: (second: number) => number[][]) {
  const playout = createPlayout<number>();
  const shown: number[] = [];
  const batches: { at: number; states: number[] }[] = arrivals(seconds).map((states) => ({
    at: (states.at(-1) ?? 0) * FRAME_MS,
    states,
  }));
  for (let tick = 0; tick <= seconds * hz; tick++) {
    const nowMs = (tick * 1000) / hz;
    while (batches[0] && batches[0].at <= nowMs) playout.push(batches.shift()?.states ?? []);
    shown.push(...playout.tick(nowMs));
  }
  return shown;
}

/** Sixty states a second in batches of `size`. */
const inBatches = (size: number) => (seconds: number) => {
  const batches: number[][] = [];
  for (let frame = 0; frame < seconds * 60; frame += size) {
    batches.push(Array.from({ length: size }, (_, index) => frame + index));
  }
  return batches;
};

describe('the playout of a stream', () => {
  it.each([60, 120, 144, 50])('shows sixty states a second on a display of %i Hz', (hz) => {
    const shown = run(hz, 10, inBatches(1));
    expect(shown.length).toBeGreaterThan(580);
    expect(shown.length).toBeLessThanOrEqual(600);
  });

  it('shows every state once and in order, however they are batched', () => {
    const shown = run(60, 5, inBatches(7));
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => index));
    expect(shown.length).toBeGreaterThan(270);
  });

  it('does not show a batch all at once', () => {
    const playout = createPlayout<number>();
    playout.tick(0);
    playout.push([1, 2, 3, 4, 5, 6]);
    expect(playout.tick(FRAME_MS).length).toBeLessThanOrEqual(1);
    expect(playout.tick(2 * FRAME_MS).length).toBeLessThanOrEqual(1);
  });

  it('catches up after a stall without a jump', () => {
    const playout = createPlayout<number>();
    playout.push(Array.from({ length: 40 }, (_, index) => index));
    let most = 0;
    let shown = 0;
    for (let tick = 0; tick < 40; tick++) {
      const due = playout.tick(tick * FRAME_MS).length;
      most = Math.max(most, due);
      shown += due;
    }
    expect(shown).toBe(40);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('shows the last states when nothing more comes', () => {
    const playout = createPlayout<number>();
    playout.tick(0);
    playout.push([1, 2]);
    expect(playout.tick(100)).toEqual([]);
    playout.finish();
    expect([...playout.tick(200), ...playout.tick(300)]).toEqual([1, 2]);
  });

  it('jumps to the newest when a hidden tab comes back', () => {
    const playout = createPlayout<number>();
    for (let second = 0; second < 30; second++) {
      playout.push(Array.from({ length: 60 }, (_, index) => second * 60 + index));
    }
    playout.tick(0);
    const shown = playout.tick(30_000);
    expect(shown[0]).toBeGreaterThan(1600);
  });
});
