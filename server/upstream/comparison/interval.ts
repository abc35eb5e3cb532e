/** Where a difference lies, at every moment at once. */
export interface Interval {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** Where the interval is narrowest: after about so many batches. */
const SHARPEST = 50;

/**
 * A confidence sequence for the running mean of a difference between two arms: it holds at all times at once, so it may
 * be watched while it is drawn. Asymptotic (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: Time-uniform central limit
 * theory and asymptotic confidence sequences, theorem 2.2); what falls back is decided by evidence, not by it.
 */
export class ConfidenceSequence {
  readonly #alpha: number;
  #count = 0;
  #sum = 0;
  #squares = 0;

  /** @param alpha how often it may miss, over all time */
  constructor(alpha: number) {
    this.#alpha = alpha;
  }

  /** @param difference of one batch, from -1 to 1 @param calls in the batch, both arms */
  add(difference: number, calls: number): void {
    this.#count += 1;
    this.#sum += difference;
    // A batch in which nothing happened is no proof that nothing can.
    this.#squares += difference ** 2 + 1 / calls ** 2;
  }

  /** undefined before the second batch */
  get interval(): Interval | undefined {
    const t = this.#count;
    if (t < 2) return undefined;
    const mean = this.#sum / t;
    const variance = Math.max(1e-12, this.#squares / t - mean ** 2);
    const a = -2 * Math.log(this.#alpha);
    const rho2 = (a + Math.log(a + 1)) / SHARPEST;
    const room = t * rho2 + 1;
    const half =
      Math.sqrt(variance) *
      Math.sqrt(((2 * room) / (t ** 2 * rho2)) * Math.log(Math.sqrt(room) / this.#alpha));
    return { low: Math.max(-1, mean - half), mean, high: Math.min(1, mean + half) };
  }
}
