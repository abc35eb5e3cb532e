/** Seeded uint32 numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Seeded numbers from 0 up to, not including, 1. */
export function seededFraction(seed: number): () => number {
  const next = seededRandom(seed);
  return () => next() / 0x1_0000_0000;
}
