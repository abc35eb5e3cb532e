import { FRAME_MS } from '../../../engine/fighter/rules';

/** Where a match takes a player's inputs from. */
export interface InputSource {
  /**
   * What counts for the frame that runs now, as bits of engine/fighter/inputs.ts: what is held, and what was tapped
   * since the last call. Call it once a frame.
   */
  mask(): number;
  /** Lets everything go and stops listening. */
  close(): void;
}

/** INPUT-3: a tap waits at most this long for a frame to run, so that a stall swallows no blow and a hold gives none. */
export const TAP_WAITS_FRAMES = 6;
export const TAP_WAITS_MS = TAP_WAITS_FRAMES * FRAME_MS;
