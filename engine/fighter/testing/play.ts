import fc from 'fast-check';
import { moveOf } from '../characters/roster';
import type { Character } from '../characters/types';
import { HANDICAP_BOUNDS, type Handicap, type HandicapName } from '../handicap';
import { SUB } from '../rules';
import { createState, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from '../state';
import { step } from '../step';

/** What a player does for some frames. */
export interface Press {
  mask: number;
  frames: number;
}

/** Random play that looks like play: masks held for a while, biased towards meeting the opponent. */
export const presses: fc.Arbitrary<Press[]> = fc.array(
  fc.record({ mask: fc.integer({ min: 0, max: 0xffff }), frames: fc.integer({ min: 1, max: 24 }) }),
  { minLength: 5, maxLength: 60 },
);

/** Any two characters and any seed. */
export const configs = fc.record({
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  characters: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2)),
});

const within = (name: HandicapName): fc.Arbitrary<number> => {
  const [min, max] = HANDICAP_BOUNDS[name];
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
};

/** Any handicap that there may be, whole or in part. */
export const handicaps: fc.Arbitrary<Handicap> = fc.record(
  {
    healthPercent: within('healthPercent'),
    startHealthPercent: within('startHealthPercent'),
    powerPercent: within('powerPercent'),
    armourPercent: within('armourPercent'),
    gaugeStart: within('gaugeStart'),
    gaugePercent: within('gaugePercent'),
    speedPercent: within('speedPercent'),
  },
  { requiredKeys: [] },
);

/** Any match with handicaps, in one round or the best of three. */
export const unevenConfigs = fc.record({
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  characters: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2)),
  winsNeeded: fc.constantFrom(1 as const, 2 as const),
  handicaps: fc.tuple(handicaps, handicaps),
});

/** Spreads presses over frames, from the beginning again when they run out. */
export function unroll(list: readonly Press[], frames: number): number[] {
  const masks: number[] = [];
  while (masks.length < frames) for (const press of list) masks.push(...Array(press.frames).fill(press.mask));
  return masks.slice(0, frames);
}

/** A match whose READY part is over, with both players `distance` stage units apart around the middle. */
export function fightAt(characters: readonly [number, number], distance: number): Int32Array {
  const state = createState({ seed: 1, characters });
  while (state[Match.PHASE] !== Phase.FIGHT) step(state, 0, 0);
  const half = (distance * SUB) >> 1;
  state[PLAYER_1 + Fighter.X] = -half;
  state[PLAYER_2 + Fighter.X] = half;
  return state;
}

/** Steps until `done`, at most `limit` frames; returns how many it took. */
export function stepUntil(
  state: Int32Array,
  inputs: (frame: number) => readonly [number, number],
  done: () => boolean,
  limit = 600,
): number {
  for (let frame = 0; frame < limit; frame += 1) {
    if (done()) return frame;
    const [one, two] = inputs(frame);
    step(state, one, two);
  }
  throw new Error(`nothing happened within ${limit} frames`);
}

/** Total frames of a move. */
export function totalFrames(character: Character, slot: number): number {
  const move = moveOf(character, slot);
  return move.startup + move.active + move.recovery;
}
