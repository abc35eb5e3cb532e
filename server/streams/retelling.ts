/** Numbers that a stream remembers its messages by; older ones are forgotten. */
const MAX_REMEMBERED = 65_536;
/** A service that tells its history again does so in one go; what is not decided by then is news. Milliseconds. */
export const RETELLING_MS = 3_000;
/** Comparisons that one outage is worth. */
const MAX_COMPARISONS = 2_000_000;

/** A number for a text, such that two texts hardly ever share one (cyrb53, 53 bits). */
export function hashOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

/** What a stream was told, in its order. */
export class History {
  readonly #keys: number[] = [];

  get keys(): readonly number[] {
    return this.#keys;
  }

  add(key: number): void {
    this.#keys.push(key);
    // Seldom, so that the cost an addition stays constant.
    if (this.#keys.length >= 2 * MAX_REMEMBERED) this.#keys.splice(0, this.#keys.length - MAX_REMEMBERED);
  }
}

/**
 * Tells, after an outage, what is news from what a service repeats that tells its history to whoever connects.
 * Equal values alone make no repetition, since a measurement may equal an earlier one: only a whole
 * piece of the history, from some place in it to its end, told at once. Until that is decided messages are held back.
 */
export class Retelling<T> {
  readonly #history: readonly number[];
  readonly #held: { readonly key: number; readonly message: T }[] = [];
  /** Where in the history the repetition may have begun. */
  #from = 0;
  #comparisons = 0;

  /** @param history what was told before the outage; not to be added to while this is in use */
  constructor(history: readonly number[]) {
    this.#history = history;
  }

  /** @returns the messages that are news, and whether it is decided: then every later message is */
  take(message: T, key: number): { readonly news: readonly T[]; readonly isDecided: boolean } {
    this.#held.push({ key, message });
    if (!this.#fits()) return { news: this.#allNews(), isDecided: true };
    const isWhole = this.#from + this.#held.length === this.#history.length;
    return { news: [], isDecided: isWhole };
  }

  /** What was held back, when nothing decided it. Whoever was cut off may have been in the middle of a repetition. */
  rest(wasCutOff: boolean): readonly T[] {
    return wasCutOff ? [] : this.#allNews();
  }

  #allNews(): readonly T[] {
    return this.#held.map(({ message }) => message);
  }

  /** Finds the first place from which the history goes like what is held. */
  #fits(): boolean {
    const { length } = this.#history;
    // What is held but for the newest fits at the place where it was looked for last.
    let matched = this.#held.length - 1;
    for (; this.#from + this.#held.length <= length; this.#from += 1, matched = 0) {
      while (
        matched < this.#held.length &&
        this.#history[this.#from + matched] === this.#held[matched]?.key
      ) {
        matched += 1;
        this.#comparisons += 1;
      }
      if (matched === this.#held.length) return true;
      this.#comparisons += 1;
      if (this.#comparisons > MAX_COMPARISONS) return false;
    }
    return false;
  }
}
