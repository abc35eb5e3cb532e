import { cleanInput } from '../../engine/fighter/inputs';
import { type InputSource, TAP_WAITS_MS } from './devices/input-source';

/** The input of the frame that runs next, where frames can't always run. */
export interface FrameInput {
  /** What the frame tried now gets. */
  take(nowMs: number): number;
  /** Says whether the frame that was tried ran. */
  settle(nowMs: number, hasRun: boolean): void;
}

/** INPUT-3: what is pressed while frames can't run waits for the next one in a short stall, and is lost in a long one. */
export function createFrameInput(source: InputSource): FrameInput {
  let waiting = 0;
  let stalledAtMs = Number.NaN;
  return {
    take(nowMs) {
      if (nowMs - stalledAtMs > TAP_WAITS_MS) waiting = 0;
      waiting |= source.mask();
      return cleanInput(waiting);
    },
    settle(nowMs, hasRun) {
      if (hasRun) {
        waiting = 0;
        stalledAtMs = Number.NaN;
      } else if (Number.isNaN(stalledAtMs)) stalledAtMs = nowMs;
    },
  };
}
