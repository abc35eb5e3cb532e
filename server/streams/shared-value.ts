import { setTimeout as sleep } from 'node:timers/promises';
import { roomLogger } from '../logger';
import { Waiters } from './waiters';

const log = roomLogger('streams');

/**
 * A value that many look at, such as a list: read again and again while somebody looks, once for all of them, and told
 * when it has changed.
 */
export class SharedValue<T> {
  readonly #read: () => Promise<T>;
  readonly #everyMs: number;
  readonly #waiters = new Waiters();
  #watchers = 0;
  #isReading = false;
  #current: { readonly value: T; readonly text: string } | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param everyMs pause between two readings; each has ended before the next begins */
  constructor(read: () => Promise<T>, everyMs: number) {
    this.#read = read;
    this.#everyMs = everyMs;
  }

  /** Number of those who look. */
  get watchers(): number {
    return this.#watchers;
  }

  /**
   * The value now and after each change, until the signal aborts.
   * @throws what the reading threw, when there is no value yet; later ones only pass by
   */
  async *follow(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    this.#watchers += 1;
    if (!this.#isReading) void this.#keepReading();
    let told: unknown;
    try {
      while (!signal.aborted) {
        if (this.#failure) throw this.#failure.error;
        if (this.#current && this.#current !== told) {
          told = this.#current;
          yield this.#current.value;
        } else await this.#waiters.next(signal);
      }
    } finally {
      this.#watchers -= 1;
    }
  }

  async #keepReading(): Promise<void> {
    this.#isReading = true;
    this.#failure = undefined;
    let isOut = false;
    while (this.#watchers > 0) {
      try {
        const value = await this.#read();
        const text = JSON.stringify(value);
        isOut = false;
        if (text !== this.#current?.text) this.#current = { value, text };
      } catch (error) {
        if (!this.#current) {
          this.#failure = { error };
          break;
        }
        // Who has a value keeps it. Said once an outage.
        if (!isOut) log.warn({ err: error }, 'a shared value could not be read again');
        isOut = true;
      }
      this.#waiters.wake();
      await sleep(this.#everyMs, undefined, { ref: false });
    }
    this.#isReading = false;
    this.#current = undefined;
    this.#waiters.wake();
  }
}
