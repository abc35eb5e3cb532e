/** Those who wait for the next change of something, each until the change or until they give up. */
export class Waiters {
  readonly #waiting = new Set<() => void>();

  /** Lets everybody go on who waits now. */
  wake(): void {
    for (const settle of [...this.#waiting]) settle();
  }

  /** Resolves with the next `wake`, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      this.#waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }
}
