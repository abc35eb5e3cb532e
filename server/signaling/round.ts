/**
 * Goes round a crowd in parts. Whatever comes in meanwhile, such as a signal between two who connect, is read between two
 * parts, and does not wait until ten thousand others have been told something.
 */
export class Round<T> {
  #next: NodeJS.Immediate | undefined;

  /** @param size of a part, which is told in one turn of the event loop */
  constructor(private readonly size: number) {}

  get isUnderWay(): boolean {
    return this.#next !== undefined;
  }

  /** The first part is told before this returns. A round that is under way must have ended. */
  start(crowd: readonly T[], tell: (part: readonly T[]) => void, from = 0): void {
    this.#next = undefined;
    tell(crowd.slice(from, from + this.size));
    const end = from + this.size;
    if (end < crowd.length) this.#next = setImmediate(() => this.start(crowd, tell, end));
  }

  close(): void {
    clearImmediate(this.#next);
    this.#next = undefined;
  }
}
