const kept = 128;

/** Checksums of the states after certain frames, the latest 128 of them. */
export class ChecksumHistory {
  /** The latest frame noted, -1 before the first. */
  latest = -1;
  private readonly frames = new Int32Array(kept).fill(-1);
  private readonly values = new Int32Array(kept);

  constructor(readonly intervalFrames: number) {}

  /** Whether the state after `frame` is one that gets a checksum. */
  isDue(frame: number): boolean {
    return frame % this.intervalFrames === 0;
  }

  /** A later simulation of the same frame replaces the earlier value. */
  note(frame: number, value: number): void {
    const slot = this.slotOf(frame);
    this.frames[slot] = frame;
    this.values[slot] = value;
    if (frame > this.latest) this.latest = frame;
  }

  has(frame: number): boolean {
    return this.frames[this.slotOf(frame)] === frame;
  }

  /** The value, an int32, of a frame that `has` says is there. */
  at(frame: number): number {
    return this.values[this.slotOf(frame)] ?? 0;
  }

  clear(): void {
    this.frames.fill(-1);
    this.latest = -1;
  }

  private slotOf(frame: number): number {
    return Math.floor(frame / this.intervalFrames) % kept;
  }
}
