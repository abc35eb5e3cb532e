import { describe, expect, it } from 'vitest';
import { checksum, engineDigest } from './checksum';
import { isMatchOver, matchWinner } from './outcome';
import { at, createState, Match, STATE_WORDS } from './state';
import { step } from './step';

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

function playOut(seed: number, characters: readonly [number, number]): string {
  const state = createState({ seed, characters });
  const one = script(seed);
  const two = script(seed ^ 0x5bd1e995);
  while (!isMatchOver(state)) step(state, one(), two());
  return `${checksum(state).toString(16)} after ${at(state, Match.FRAME)} frames, winner ${matchWinner(state)}`;
}

const GOLDEN: readonly (readonly [seed: number, characters: readonly [number, number], golden: string])[] = [
  [1, [1, 2], 'ec3ce151 after 3669 frames, winner 2'],
  [2, [2, 1], 'fcee8f8f after 5598 frames, winner 2'],
  [3, [1, 1], 'dc040be9 after 13996 frames, winner 1'],
  [4, [2, 2], '9985fd19 after 6876 frames, winner 2'],
  [4000000000, [1, 2], '4a7fe0bb after 4942 frames, winner 2'],
];

describe('checksum', () => {
  // Changing a golden value means that old replays no longer play: raise RULES_VERSION or say so in the commit.
  it.each(GOLDEN)('of the scripted match %i between %s is the one on record', (seed, characters, golden) => {
    expect(playOut(seed, characters)).toBe(golden);
  });

  it('of the engine itself is on record', () => {
    expect(engineDigest()).toBe('4a9b02d1');
  });

  it('differs for every single bit of a state', () => {
    const state = createState({ seed: 9, characters: [1, 2] });
    const seen = new Set([checksum(state)]);
    for (let word = 0; word < STATE_WORDS; word += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        state[word] = at(state, word) ^ (1 << bit);
        seen.add(checksum(state));
        state[word] = at(state, word) ^ (1 << bit);
      }
    }
    expect(seen.size).toBe(STATE_WORDS * 32 + 1);
  });

  it('tells exchanged words apart', () => {
    expect(checksum(Int32Array.of(1, 2, 3))).not.toBe(checksum(Int32Array.of(3, 2, 1)));
    expect(checksum(Int32Array.of(1, 2, 0))).not.toBe(checksum(Int32Array.of(1, 2)));
  });
});
