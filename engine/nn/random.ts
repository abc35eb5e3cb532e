/** A seeded source of randomness: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it random. */
  next(): number;
  /** Uniform integer in [0, limit). */
  integer(limit: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
}

/**
 * Creates a generator with 32 bits of state: a Weyl sequence whose terms are scrambled by the
 * MurmurHash3 finaliser. Its period of 2^32 is ample for exploration and initial weights.
 * @param seed any number; its low 32 bits count.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
  };

  const normal = (): number => {
    for (;;) {
      const x = next() * 2 - 1;
      const y = next() * 2 - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  };

  return { next, integer: (limit) => Math.floor(next() * limit), normal };
}
