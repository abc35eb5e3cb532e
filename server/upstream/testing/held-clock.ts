import type { Clock } from '../../clock';

/** A clock that moves only when a test moves it. */
export class HeldClock implements Clock {
  #now = 1_000_000;
  readonly #tasks = new Set<{ at: number; readonly every: number | undefined; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    return this.#add(ms, undefined, run);
  }

  every(ms: number, run: () => void): () => void {
    return this.#add(ms, ms, run);
  }

  /** Lets time pass; what was due in it runs, in order, and gets the turns of the event loop that it needs. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const [due] = [...this.#tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      if (due.every === undefined) this.#tasks.delete(due);
      else due.at += due.every;
      due.run();
    }
    this.#now = end;
    await settled();
  }

  /** Time passes, and nothing runs: what was due in it runs late, at the next {@link pass}. */
  stall(ms: number): void {
    this.#now += ms;
  }

  #add(ms: number, every: number | undefined, run: () => void): () => void {
    const task = { at: this.#now + ms, every, run };
    this.#tasks.add(task);
    return () => void this.#tasks.delete(task);
  }
}

/** Resolves when everything that waits for nothing but promises has gone on. */
export const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
