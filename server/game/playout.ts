import type { GameState } from '../grpc/gen/proto/game';

/** Frames held back before play begins: bursts of confirmed inputs up to this long cause no stutter. */
const TARGET_FRAMES = 12;
/** With more than this waiting, every second frame is left out until the lag is gone. */
const HURRY_FRAMES = 36;
/** With more than this waiting (a resend after a restart), the viewer is taken to the newest. */
const JUMP_FRAMES = 300;

/**
 * Smooths a live match for its viewers: judged frames come in bursts and leave one a frame.
 * A source as the runner wants it (`next`).
 */
export class Playout {
  readonly #waiting: GameState[] = [];
  #playing = false;
  #finished = false;
  #hurrying = false;

  /** Adds the next judged frame. */
  push(state: GameState): void {
    if (this.#finished) return;
    this.#waiting.push(state);
    if (this.#waiting.length > JUMP_FRAMES) this.#waiting.splice(0, this.#waiting.length - TARGET_FRAMES);
  }

  /** Makes the newest frame the last one, with its winner; what waits is played first. */
  finish(final: GameState): void {
    if (this.#finished) return;
    this.#waiting.pop();
    this.#waiting.push(final);
    this.#finished = true;
    this.#playing = true;
  }

  /** Forgets what waits: nobody watches any more. */
  clear(): void {
    this.#waiting.length = 0;
    this.#playing = false;
  }

  /** The frame to show now, or nothing while the buffer fills. */
  next(): GameState | undefined {
    if (!this.#playing) {
      if (this.#waiting.length < TARGET_FRAMES && !this.#finished) return undefined;
      this.#playing = true;
    }
    if (this.#waiting.length > HURRY_FRAMES) this.#hurrying = true;
    if (this.#waiting.length <= TARGET_FRAMES + 1) this.#hurrying = false;
    if (this.#hurrying) this.#waiting.shift();
    const state = this.#waiting.shift();
    if (state === undefined) this.#playing = false;
    return state;
  }
}
