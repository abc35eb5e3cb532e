import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashWords } from './hash-words';

describe('the checksum of words', () => {
  it('changes with any single word, and with the length', () => {
    const states = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(states, fc.nat(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (words, at, flip) => {
        const state = Int32Array.from(words);
        const before = hashWords(state);
        expect(hashWords(Int32Array.from(words))).toBe(before);
        expect(hashWords(Int32Array.from([...words, 0]))).not.toBe(before);
        state[at % words.length] = (state[at % words.length] ?? 0) ^ flip;
        expect(hashWords(state)).not.toBe(before);
      }),
      { seed: 12, numRuns: 2000 },
    );
  });

  it('is pinned, since peers of different releases compare it', () => {
    expect(hashWords(Int32Array.from([1, 2, 3, 4, 5, 6, 7]))).toMatchInlineSnapshot(`-1849949401`);
    expect(hashWords(new Int32Array(64))).toMatchInlineSnapshot(`1366252974`);
  });
});
