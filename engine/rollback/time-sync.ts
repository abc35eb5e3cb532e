/** How quickly the averages follow: about the last 20 packets, a third of a second. */
const SMOOTHING = 1 / 20;
/** Offsets below this many frames are left alone: averages of whole-frame readings can't tell them from nothing. */
const DEAD_FRAMES = 0.1;
/** Share of an offset that is made up for in each frame: halved in about 35 frames when both sides do it. */
const GAIN = 0.01;
/** Share of an offset by which, in each frame, our idea of the difference of the clocks grows. */
const DRIFT_GAIN = 0.00005;
/** Offsets beyond this many frames come from an outage, not from clocks, and teach no more than this one. */
const DRIFT_FRAMES = 3;
/** The most that a frame is stretched or shortened: clocks 5 % apart need 2.5 on each side. */
const LIMIT = 0.03;
/** The most by which one frame's length differs from the last one's: 17 µs, so that no change of pace is seen. */
const SLEW = 0.001;

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

/**
 * The length of our frames. What is proportional to the offset brings the sides together; what has been needed for a
 * while is taken for the difference of the clocks and kept up without an offset, so that both sides wait alike.
 */
export class FramePacer {
  #drift = 0;
  /** Factor for the frame period, 0.97 to 1.03: above 1 for the side that is ahead. */
  scale = 1;

  /** Takes the offset (see `TimeSync`) once per simulated frame: in its object, since a fraction in a call makes garbage. */
  update({ offsetFrames: offset }: { readonly offsetFrames: number }): void {
    const excess = Math.sign(offset) * Math.max(Math.abs(offset) - DEAD_FRAMES, 0);
    this.#drift = within(this.#drift + within(excess, DRIFT_FRAMES) * DRIFT_GAIN, LIMIT);
    const wanted = 1 + within(excess * GAIN + this.#drift, LIMIT);
    this.scale += within(wanted - this.scale, SLEW);
  }
}

function within(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
