/** Marsaglia's xorshift32: one word of state, never 0. Statistically enough for a sparring partner. */
export function seedRng(words: Int32Array, index: number, seed: number): void {
  const mixed = Math.imul(seed ^ 0x2545f491, 0x9e3779b1) | 0;
  words[index] = mixed === 0 ? 1 : mixed;
}

/** The next pseudo-random uint32 of the word at `index`. */
export function nextRandom(words: Int32Array, index: number): number {
  let x = words[index] ?? 1;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  words[index] = x;
  return x >>> 0;
}

/** An integer from 0 to `bound` - 1. */
export function randomBelow(words: Int32Array, index: number, bound: number): number {
  return (nextRandom(words, index) >>> 4) % bound;
}
