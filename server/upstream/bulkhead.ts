import { BulkheadRejectedError } from 'cockatiel';

interface Waiting {
  start(): void;
  giveUp(): void;
}

/**
 * Bounds how many calls are under way at once, and how many wait for that. cockatiel's own leaves a cancelled call in
 * its queue, where it takes up room and, when it is due, lets nobody else go in its place; here it leaves at once.
 */
export class Bulkhead {
  readonly #room: number;
  readonly #places: number;
  readonly #queue = new Set<Waiting>();
  #active = 0;

  /** @param room calls at once @param places calls that may wait */
  constructor(room: number, places: number) {
    this.#room = room;
    this.#places = places;
  }

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * @param signal ends the wait
   * @throws {BulkheadRejectedError} when there is no room; the signal's reason when it ends the wait
   */
  async execute<T>(fn: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#active < this.#room) this.#active += 1;
    else await this.#turn(signal);
    try {
      return await fn();
    } finally {
      this.#next();
    }
  }

  /** Whoever ends hands its room over, so that nobody who comes in between takes it. */
  #next(): void {
    const [first] = this.#queue;
    if (first) first.start();
    else this.#active -= 1;
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#queue.size >= this.#places) throw new BulkheadRejectedError(this.#room, this.#places);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          this.#queue.delete(waiting);
          signal.removeEventListener('abort', waiting.giveUp);
          resolve();
        },
        giveUp: () => {
          this.#queue.delete(waiting);
          reject(signal.reason);
        },
      };
      this.#queue.add(waiting);
      signal.addEventListener('abort', waiting.giveUp, { once: true });
    });
  }
}
