/** Calls under way: each ends with its caller, and all with whoever makes them. */
export class UnderWay {
  readonly #calls = new Set<AbortController>();
  #isOver = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @param signal the caller's; the call gets one that follows it */
  async run<T>(signal: AbortSignal | undefined, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const leave = () => controller.abort();
    if (this.#isOver || signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
    this.#calls.add(controller);
    try {
      return await call(controller.signal);
    } finally {
      this.#calls.delete(controller);
      signal?.removeEventListener('abort', leave);
    }
  }

  /** What is under way aborts, and so does what begins from now on. */
  end(): void {
    this.#isOver = true;
    for (const controller of this.#calls) controller.abort();
  }
}
