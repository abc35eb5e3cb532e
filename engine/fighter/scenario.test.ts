import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMatchOver } from './outcome';
import { readState } from './readout';
import { fromReadout, startFighting } from './scenario';
import { at, createState, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { configs, presses, unroll } from './testing/play';

describe('a fight from its readout', () => {
  it('shows the same readout again, from any moment of any fight', () => {
    let taken = 0;
    fc.assert(
      fc.property(configs, presses, presses, fc.nat(1200), (config, first, second, frames) => {
        const state = createState(config);
        const [one, two] = [unroll(first, frames), unroll(second, frames)];
        for (let i = 0; i < frames; i += 1) step(state, one[i] ?? 0, two[i] ?? 0);
        const readout = readState(state);
        const again = fromReadout(config, readout);
        if (!again) return;
        taken += 1;
        const { player1, player2, timer } = readState(again);
        expect(timer).toBe(readout.timer);
        for (const [now, then] of [
          [player1, readout.player1],
          [player2, readout.player2],
        ] as const)
          expect({ ...now, current_action: '' }).toEqual({ ...then, current_action: '' });
        expect(at(again, Match.PHASE)).toBe(Phase.FIGHT);
      }),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('is told without a negative zero, a hair left of the middle', () => {
    const state = createState({ seed: 1, characters: [1, 1] });
    state[PLAYER_1 + Fighter.X] = -1;
    expect(Object.is(readState(state).player1.position_x, 0)).toBe(true);
  });

  it('can be played on to its end, and whoever was in the air comes down', () => {
    const ready = {
      health: 60,
      super_gauge: 100,
      position_x: -50,
      position_y: 0,
      current_action: 'IDLE',
    } as const;
    const state = fromReadout(
      { seed: 9, characters: [1, 2] },
      { timer: 3, player1: ready, player2: { ...ready, position_x: -120, position_y: 90 } },
      { wins: [1, 1] },
    );
    if (!state) throw new Error('nothing to play on');
    expect(at(state, PLAYER_1 + Fighter.FACING)).toBe(-1);
    expect(at(state, PLAYER_2 + Fighter.FACING)).toBe(1);
    for (let i = 0; i < 60; i += 1) step(state, 0, 0);
    expect(at(state, PLAYER_2 + Fighter.Y)).toBe(0);
    for (let i = 0; i < 600 && !isMatchOver(state); i += 1) step(state, 0, 0);
    expect(isMatchOver(state)).toBe(true);
  });

  it('is nothing when the fight is over', () => {
    const config = { seed: 1, characters: [1, 2] } as const;
    const readout = readState(createState(config));
    expect(fromReadout(config, { ...readout, timer: 0 })).toBeUndefined();
    expect(fromReadout(config, { ...readout, winner: 1 })).toBeUndefined();
    expect(fromReadout(config, { ...readout, player2: { ...readout.player2, health: 0 } })).toBeUndefined();
  });

  it('lets players act from the first frame when there is no readout at all', () => {
    const state = startFighting({ seed: 1, characters: [1, 2] });
    const before = at(state, PLAYER_1 + Fighter.X);
    step(state, 8, 0);
    expect(at(state, PLAYER_1 + Fighter.X)).toBeGreaterThan(before);
  });
});
