/** Numbers from 0.001 to about 150,000, in buckets that are 4 % wide. */
const BUCKETS = 480;
const WIDTH = Math.log(1.04);
const LEAST = 0.001;

/** What is older than so many calls counts half. */
const MEMORY = 4_000;

/** Where the tail of recent numbers begins. A fixed number of buckets, however many calls there are. */
export class Tail {
  readonly #buckets = new Float64Array(BUCKETS);
  #total = 0;

  /** Calls remembered. */
  get total(): number {
    return this.#total;
  }

  add(value: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log(value / LEAST) / WIDTH)));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#total += 1;
    if (this.#total < MEMORY) return;
    for (let index = 0; index < BUCKETS; index += 1) this.#buckets[index] = (this.#buckets[index] ?? 0) / 2;
    this.#total /= 2;
  }

  /** The upper edge of the bucket that a quantile lies in. @param q 0 to 1 */
  quantile(q: number): number {
    const wanted = (1 - q) * this.#total;
    let above = 0;
    for (let bucket = BUCKETS - 1; bucket >= 0; bucket -= 1) {
      above += this.#buckets[bucket] ?? 0;
      if (above > wanted) return LEAST * Math.exp((bucket + 1) * WIDTH);
    }
    return LEAST;
  }
}
