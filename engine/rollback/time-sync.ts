/** How quickly the averages follow: about the last 20 packets, a third of a second. */
const SMOOTHING = 1 / 20;
/** Offsets below this many frames are left alone: averages of whole-frame readings can't tell them from nothing. */
const DEAD_FRAMES = 0.1;
/** Share of an offset that is made up for in each frame: halved in about 70 frames, slow enough not to overshoot. */
const GAIN = 0.01;
/** The most that a frame is stretched or shortened. */
const LIMIT = 0.01;

/**
 * Keeps two peers at the same frame by stretching frames, never by skipping one.
 *
 * Each side measures how far it is ahead of the newest frame it heard of. Latency makes both readings too large
 * by the same amount, so half of their difference is the true offset, whatever the latency.
 */
export class TimeSync {
  /** Smoothed readings: ours, and theirs as reported. Frames. */
  local = 0;
  remote = 0;
  #isFirst = true;

  /** Takes our reading and the one that the peer reported with the same packet. */
  sample(local: number, remote: number): void {
    const weight = this.#isFirst ? 1 : SMOOTHING;
    this.#isFirst = false;
    this.local += (local - this.local) * weight;
    this.remote += (remote - this.remote) * weight;
  }

  /** Frames that we are ahead (positive) or behind (negative). */
  get offset(): number {
    return (this.local - this.remote) / 2;
  }
}

/** Factor for the frame period that brings an offset towards zero: above 1 for the side that is ahead. */
export function periodScale(offset: number): number {
  const excess = Math.abs(offset) - DEAD_FRAMES;
  if (excess <= 0) return 1;
  return 1 + Math.sign(offset) * Math.min(excess * GAIN, LIMIT);
}
