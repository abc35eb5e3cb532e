/**
 * The newest events of a stream, numbered from 1, so that whoever was away can be given exactly what is
 * missing. Bounded: an old event makes place for a new one.
 */
export class Ring<E> {
  readonly #slots: (E | undefined)[];
  #last = 0;

  /** @param capacity how many events are kept */
  constructor(readonly capacity: number) {
    this.#slots = new Array<E | undefined>(capacity).fill(undefined);
  }

  /** Number of the newest event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Number of the oldest event still here; 1 before the first. */
  get first(): number {
    return Math.max(1, this.#last - this.capacity + 1);
  }

  /** Adds an event and returns its number. */
  push(event: E): number {
    this.#last += 1;
    this.#slots[this.#last % this.capacity] = event;
    return this.#last;
  }

  /** The event of this number, or nothing if it is gone or has not come. */
  at(number: number): E | undefined {
    return number < this.first || number > this.#last ? undefined : this.#slots[number % this.capacity];
  }

  /** Whether everything after `number` is still here; otherwise there is a gap. */
  reaches(number: number): boolean {
    return number >= this.first - 1 && number <= this.#last;
  }
}
