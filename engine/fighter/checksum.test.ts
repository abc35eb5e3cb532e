import { describe, expect, it } from 'vitest';
import { CHARACTERS } from './characters/roster';
import { checksum, digestText, engineDigest } from './checksum';
import { at, createState, STATE_WORDS } from './state';
import { GOLDEN, playOut } from './testing/golden';

describe('checksum', () => {
  // Changing a golden value means that old replays no longer play: raise RULES_VERSION or say so in the commit.
  it.each(GOLDEN)(
    'GAME-1: of the scripted match %i between %s is the one on record',
    (seed, characters, golden) => {
      expect(playOut(seed, characters)).toBe(golden);
    },
  );

  it('of the engine itself is on record', () => {
    expect(engineDigest()).toBe('c7bf8a44');
  });

  it('GAME-2: of the engine is of numbers alone, so that calling a thing otherwise parts nobody', () => {
    const text = digestText();
    for (const { id, slug, archetype, moves } of CHARACTERS) {
      expect(text).toContain(`{"id":${id},"stats":`);
      for (const name of [slug, archetype, ...moves.map((move) => move.id)]) expect(text).not.toContain(name);
    }
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
