/**
 * Work in lanes: within a lane one after the other in the order it came, lanes beside each other. A
 * player's offer is so relayed before the candidates that follow it.
 */
export class Lanes {
  readonly #tails = new Map<string, { tail: Promise<unknown>; waiting: number }>();

  /** Runs `task` after everything that its lane already holds; a failure concerns its caller only. */
  run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    const entry = this.#tails.get(lane) ?? { tail: Promise.resolve(), waiting: 0 };
    this.#tails.set(lane, entry);
    entry.waiting += 1;
    const result = entry.tail.then(task);
    entry.tail = result
      .catch(() => undefined)
      .finally(() => {
        entry.waiting -= 1;
        if (entry.waiting === 0) this.#tails.delete(lane);
      });
    return result;
  }

  /** Lanes that hold something. */
  get size(): number {
    return this.#tails.size;
  }

  /** How much a lane holds, what is running included. */
  waiting(lane: string): number {
    return this.#tails.get(lane)?.waiting ?? 0;
  }

  /** Resolves when everything that runs now is done. */
  async idle(): Promise<void> {
    await Promise.all([...this.#tails.values()].map(({ tail }) => tail));
  }
}
