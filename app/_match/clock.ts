import { FRAME_MS } from '../../engine/fighter/rules';

/** Frames run at most in one wake-up; the rest of a long pause is given up, not raced through. */
const MAX_CATCH_UP_FRAMES = 5;

/** Behind by more than this the clock starts afresh: a sleeping laptop must not owe an hour of frames. */
const MAX_DEBT_MS = 250;

/** Decides when a frame is due: 60 per second against a monotonic time, stretched by the session's time sync. */
export interface FrameClock {
  /**
   * Runs every frame that is due at `nowMs`.
   * @param runFrame simulates one frame; returns false if it could not (the frame stays due).
   * @param periodScale factor on the frame's length, 0.97 to 1.03.
   * @returns how many frames ran.
   */
  tick(nowMs: number, runFrame: () => boolean, periodScale: () => number): number;
}

/** @returns a clock whose first tick starts it. */
export function createFrameClock(): FrameClock {
  let dueAtMs = Number.NaN;
  return {
    tick(nowMs, runFrame, periodScale) {
      if (Number.isNaN(dueAtMs) || nowMs - dueAtMs > MAX_DEBT_MS) dueAtMs = nowMs;
      let ran = 0;
      while (dueAtMs <= nowMs && ran < MAX_CATCH_UP_FRAMES) {
        if (!runFrame()) break;
        dueAtMs += FRAME_MS * periodScale();
        ran += 1;
      }
      return ran;
    },
  };
}
