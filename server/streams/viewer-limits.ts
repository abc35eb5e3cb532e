import { AppError } from '../errors';

/** How many of something, such as streams, each address holds. */
export class ViewerLimits {
  readonly #held = new Map<string, number>();

  /**
   * @param perAddress how many one address may hold at once
   * @param what they are, for the sentence of a refusal
   */
  constructor(
    readonly perAddress: number,
    readonly what = 'streams',
  ) {}

  /** Number of addresses that hold one. */
  get addresses(): number {
    return this.#held.size;
  }

  /**
   * Takes a place; the returned function gives it back, once.
   * @throws {AppError} RATE_LIMITED when the address holds all it may.
   */
  enter(address: string): () => void {
    const held = this.#held.get(address) ?? 0;
    if (held >= this.perAddress)
      throw new AppError(
        'RATE_LIMITED',
        `${held} ${this.what} are open from your address, which is the limit.`,
      );
    this.#held.set(address, held + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const now = (this.#held.get(address) ?? 1) - 1;
      if (now === 0) this.#held.delete(address);
      else this.#held.set(address, now);
    };
  }
}
