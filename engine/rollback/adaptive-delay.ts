import { FRAME_MS } from './frame-rate';
import type { AdaptiveDelayOptions } from './session-types';

/** Rollbacks this deep are hardly seen; what exceeds them is worth a frame of delay. */
const TOLERABLE_ROLLBACK = 3;
const RAISE_AFTER_MS = 1500;
const LOWER_AFTER_MS = 8000;
/** A lower delay must be enough by this many frames before it is tried. */
const MARGIN = 0.75;

/**
 * Chooses an input delay that follows the connection: up one frame when the need has lasted 1.5 s, down one when
 * less would have been enough for 8 s. The gap between the two conditions is what keeps it from oscillating.
 */
export class AdaptiveDelay {
  readonly #bounds: AdaptiveDelayOptions;
  #raiseSinceMs = -1;
  #lowerSinceMs = -1;

  constructor(bounds: AdaptiveDelayOptions) {
    this.#bounds = bounds;
  }

  /** Frames of delay that would keep rollbacks at the tolerable depth. */
  static #need(pingMs: number, jitterMs: number): number {
    return (pingMs / 2 + 2 * jitterMs) / FRAME_MS - TOLERABLE_ROLLBACK;
  }

  /** The delay to begin a match with, after the handshake has measured the connection. */
  initial(pingMs: number, jitterMs: number): number {
    const { minFrames, maxFrames } = this.#bounds;
    return Math.max(minFrames, Math.min(maxFrames, Math.ceil(AdaptiveDelay.#need(pingMs, jitterMs))));
  }

  /** @returns the delay to use from now on; `current` for no change. */
  update(nowMs: number, current: number, pingMs: number, jitterMs: number): number {
    const { minFrames, maxFrames } = this.#bounds;
    const need = AdaptiveDelay.#need(pingMs, jitterMs);
    if (current < minFrames) return minFrames;
    if (current > maxFrames) return maxFrames;
    const isTooLow = need > current && current < maxFrames;
    const isTooHigh = need < current - 1 - MARGIN && current > minFrames;
    if (!isTooLow) this.#raiseSinceMs = -1;
    else if (this.#raiseSinceMs < 0) this.#raiseSinceMs = nowMs;
    if (!isTooHigh) this.#lowerSinceMs = -1;
    else if (this.#lowerSinceMs < 0) this.#lowerSinceMs = nowMs;
    if (isTooLow && nowMs - this.#raiseSinceMs >= RAISE_AFTER_MS) {
      this.#raiseSinceMs = -1;
      return current + 1;
    }
    if (isTooHigh && nowMs - this.#lowerSinceMs >= LOWER_AFTER_MS) {
      this.#lowerSinceMs = -1;
      return current - 1;
    }
    return current;
  }
}
