/** Seconds of the past that weigh in the measured rate. */
const RATE_MEMORY_S = 60;
/** What the configured rate weighs at first, as if it had been measured so long; then it fades like the rest. */
const RATE_PRIOR_S = 1;
const LEAVING_MEMORY_S = 120;
/** Seats come back rarely: longer memory, and nothing is said before some came. */
const SEAT_MEMORY_S = 600;
const LEAST_RETURNS = 3;
/** Between ticks that are further apart the process slept or had no queue; nothing is learnt from that. */
const LONGEST_GAP_S = 5;

/** What a tick sees of a queue. */
export interface PaceSample {
  readonly nowMs: number;
  /** Totals since the queue began. */
  readonly called: number;
  readonly left: number;
  /** Of the bucket, now. */
  readonly level: number;
  readonly ratePerS: number;
  readonly waiting: number;
  /** Seats that nobody was offered; Infinity without a limit. */
  readonly free: number;
  /** People are called: ordered, open, not paused. */
  readonly isMoving: boolean;
}

/** How fast the queue moves, as one look found it; all rates a second. */
export interface PaceView {
  isMoving: boolean;
  level: number;
  free: number;
  /** Calls while there are seats. */
  callRate: number;
  /** Its relative error, one standard deviation. */
  callRateError: number;
  /** How likely one who waits leaves. */
  leaveRate: number;
  leaveRateError: number;
  /** Calls while seats are short: as they come back. undefined while too few did. */
  seatRate: number | undefined;
  seatRateError: number;
}

/**
 * Measures how a queue moves, from tick to tick. Each process measures for itself; it decides nothing, estimates are all
 * that hangs on it.
 */
export class Pace {
  readonly view: PaceView = {
    isMoving: false,
    level: 0,
    free: 0,
    callRate: 0,
    callRateError: 1,
    leaveRate: 0,
    leaveRateError: 0,
    seatRate: undefined,
    seatRateError: 1,
  };
  private last: PaceSample | undefined;
  private gained = 0;
  private gainedS = 0;
  private leaves = 0;
  private exposureS = 0;
  private returned = 0;
  private returnedS = 0;

  observe(sample: PaceSample): void {
    const { last } = this;
    this.last = sample;
    if (last?.ratePerS === sample.ratePerS) this.learn(last, sample);
    else {
      this.gained = RATE_PRIOR_S * sample.ratePerS;
      this.gainedS = RATE_PRIOR_S;
    }
    this.look(sample);
  }

  private learn(last: PaceSample, now: PaceSample): void {
    const seconds = (now.nowMs - last.nowMs) / 1_000;
    if (seconds <= 0 || seconds > LONGEST_GAP_S || !last.isMoving || last.waiting === 0) return;
    const called = now.called - last.called;
    const isShort = now.free <= 0 && last.free <= 0;
    if (isShort) {
      const fade = Math.exp(-seconds / SEAT_MEMORY_S);
      this.returned = this.returned * fade + called;
      this.returnedS = this.returnedS * fade + seconds;
    } else if (now.waiting > 0) {
      // What the bucket gained; a burst that it had saved up says nothing of the rate.
      const fade = Math.exp(-seconds / RATE_MEMORY_S);
      this.gained = this.gained * fade + called + now.level - last.level;
      this.gainedS = this.gainedS * fade + seconds;
    }
    const fade = Math.exp(-seconds / LEAVING_MEMORY_S);
    this.leaves = this.leaves * fade + now.left - last.left;
    this.exposureS = this.exposureS * fade + seconds * last.waiting;
  }

  private look(sample: PaceSample): void {
    const { view } = this;
    view.isMoving = sample.isMoving && sample.ratePerS > 0;
    view.level = sample.level;
    view.free = sample.free;
    view.callRate = this.gained / this.gainedS;
    view.callRateError = 0.01 + 0.2 / this.gainedS;
    view.leaveRate = this.leaves / (this.exposureS + 1);
    view.leaveRateError = Math.sqrt(this.leaves + 1) / (this.exposureS + 1);
    const isKnown = this.returned >= LEAST_RETURNS && this.returnedS > 0;
    view.seatRate = isKnown ? this.returned / this.returnedS : undefined;
    view.seatRateError = isKnown ? 1 / Math.sqrt(this.returned) : 1;
  }
}
