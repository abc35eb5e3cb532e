/** A power of two: slots are found without a division. */
const KEPT_FRAMES = 2048;

/** Checksums of the states after the frames of an interval, as far back as 2048 frames. */
export class ChecksumHistory {
  readonly #frames = new Int32Array(KEPT_FRAMES).fill(-1);
  readonly #values = new Int32Array(KEPT_FRAMES);

  constructor(readonly intervalFrames: number) {}

  /** Whether the state after `frame` is one that gets a checksum. */
  isDue(frame: number): boolean {
    return this.intervalFrames === 1 || frame % this.intervalFrames === 0;
  }

  /** The first frame from `frame` on that gets a checksum. */
  firstDueFrom(frame: number): number {
    return Math.ceil(frame / this.intervalFrames) * this.intervalFrames;
  }

  /** A later simulation of the same frame replaces the earlier value. */
  note(frame: number, value: number): void {
    const slot = frame & (KEPT_FRAMES - 1);
    this.#frames[slot] = frame;
    this.#values[slot] = value;
  }

  has(frame: number): boolean {
    return this.#frames[frame & (KEPT_FRAMES - 1)] === frame;
  }

  /** The value, an int32, of a frame that `has` says is there. */
  at(frame: number): number {
    return this.#values[frame & (KEPT_FRAMES - 1)] ?? 0;
  }

  clear(): void {
    this.#frames.fill(-1);
  }
}
