import { checksum } from '../checksum';
import { isMatchOver, matchWinner } from '../outcome';
import { at, createState, Match } from '../state';
import { step } from '../step';

/** A seeded stream of masks that change every few frames; the same on every machine. */
function script(seed: number): () => number {
  let word = Math.imul(seed, 0x9e3779b1);
  let mask = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      word = (Math.imul(word, 1664525) + 1013904223) | 0;
      mask = (word >>> 16) & 0xff;
      left = 2 + ((word >>> 24) & 15);
    }
    left -= 1;
    return mask;
  };
}

/** Plays a scripted match to its end and says how it ended. */
export function playOut(seed: number, characters: readonly [number, number]): string {
  const state = createState({ seed, characters });
  const one = script(seed);
  const two = script(seed ^ 0x5bd1e995);
  while (!isMatchOver(state)) step(state, one(), two());
  return `${checksum(state).toString(16)} after ${at(state, Match.FRAME)} frames, winner ${matchWinner(state)}`;
}

/** How the scripted matches end, on every machine and in every browser. */
export const GOLDEN: readonly (readonly [
  seed: number,
  characters: readonly [number, number],
  golden: string,
])[] = [
  [1, [1, 2], '1f309596 after 3670 frames, winner 2'],
  [2, [2, 1], '71fc9f0f after 8114 frames, winner 2'],
  [3, [1, 1], '3a347f6d after 6952 frames, winner 1'],
  [4, [2, 2], 'ff24da6d after 3700 frames, winner 1'],
  [4000000000, [1, 2], '6d3486a3 after 6830 frames, winner 1'],
];
