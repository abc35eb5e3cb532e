import { describe, expect, it } from 'vitest';
import { Playout } from './playout';

function frame(timer: number, winner_id?: number) {
  const player = { health: 100, super_gauge: 0, position_x: 0, position_y: 0, current_action: 'IDLE' };
  const state = { match_id: 'm', timer, player1: player, player2: player };
  return winner_id === undefined ? state : { ...state, winner_id };
}

/** Plays `frames` frames while inputs come in bursts of `burst`; returns what was shown. */
function play(playout: Playout, frames: number, burst: number): (number | undefined)[] {
  const shown: (number | undefined)[] = [];
  for (let now = 0; now < frames; now += 1) {
    if (now % burst === 0) for (let i = 0; i < burst; i += 1) playout.push(frame(now + i));
    shown.push(playout.next()?.timer);
  }
  return shown;
}

describe('the playout buffer', () => {
  it.each([1, 4, 8, 12])(
    'shows one frame a tick without a stutter when inputs come %i at a time',
    (burst) => {
      const shown = play(new Playout(), 600, burst);
      const first = shown.findIndex((timer) => timer !== undefined);
      expect(first).toBeLessThanOrEqual(12);
      expect(shown.slice(first)).toEqual(shown.slice(first).map((_, i) => i));
    },
  );

  it('shows everything that waits before the end', () => {
    const playout = new Playout();
    for (let i = 0; i < 5; i += 1) playout.push(frame(i));
    playout.push(frame(5));
    playout.finish(frame(5, 2));
    const shown = Array.from({ length: 6 }, () => playout.next());
    expect(shown.map((state) => state?.timer)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shown.map((state) => state?.winner_id)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      2,
    ]);
    expect(playout.next()).toBeUndefined();
  });

  it('loses its lag after a hold-up', () => {
    const playout = new Playout();
    for (let i = 0; i < 100; i += 1) playout.push(frame(i));
    let newest = 99;
    let shown = 0;
    for (let tick = 0; tick < 100; tick += 1) {
      newest += 1;
      playout.push(frame(newest));
      shown = playout.next()?.timer ?? shown;
    }
    expect(newest - shown).toBeLessThanOrEqual(14);
  });

  it('jumps to the newest when a whole match is sent again, and stays bounded', () => {
    const playout = new Playout();
    for (let i = 0; i < 20_000; i += 1) playout.push(frame(i));
    expect(playout.next()?.timer).toBeGreaterThan(20_000 - 302);
  });
});
