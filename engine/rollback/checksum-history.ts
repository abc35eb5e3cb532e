/** A power of two: slots are found without a division. */
const keptFrames = 2048;

/** Checksums of the states after the frames of an interval, as far back as 2048 frames. */
export class ChecksumHistory {
  private readonly frames = new Int32Array(keptFrames).fill(-1);
  private readonly values = new Int32Array(keptFrames);

  constructor(readonly intervalFrames: number) {}

  /** Whether the state after `frame` is one that gets a checksum. */
  isDue(frame: number): boolean {
    return this.intervalFrames === 1 || frame % this.intervalFrames === 0;
  }

  /** A later simulation of the same frame replaces the earlier value. */
  note(frame: number, value: number): void {
    const slot = frame & (keptFrames - 1);
    this.frames[slot] = frame;
    this.values[slot] = value;
  }

  has(frame: number): boolean {
    return this.frames[frame & (keptFrames - 1)] === frame;
  }

  /** The value, an int32, of a frame that `has` says is there. */
  at(frame: number): number {
    return this.values[frame & (keptFrames - 1)] ?? 0;
  }

  clear(): void {
    this.frames.fill(-1);
  }
}
