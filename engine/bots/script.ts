import { Input } from '../fighter/inputs';

/** Directions as a fighter thinks of them; free bits of the mask, replaced by Left or Right when pressed. */
export const FORWARD = 1 << 8;
export const BACK = 1 << 9;

/** The mask that a relative one means for who has the opponent on side `side` (1 right, -1 left). */
export function toScreen(mask: number, side: number): number {
  let screen = mask & 0xff;
  if (mask & FORWARD) screen |= side > 0 ? Input.Right : Input.Left;
  if (mask & BACK) screen |= side > 0 ? Input.Left : Input.Right;
  return screen;
}

const MAX_SEGMENTS = 6;

/** A short queue of masks, each held for some frames: what the hands are about to do. */
export class Script {
  readonly #masks = new Int32Array(MAX_SEGMENTS);
  readonly #frames = new Int32Array(MAX_SEGMENTS);
  #length = 0;
  #at = 0;

  get isDone(): boolean {
    return this.#at >= this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.#at = 0;
  }

  /** Appends a mask, or begins anew when nothing is left. At most six; more are a mistake in a tactic. */
  hold(mask: number, frames: number): this {
    if (this.isDone) this.clear();
    if (this.#length < MAX_SEGMENTS) {
      this.#masks[this.#length] = mask;
      this.#frames[this.#length] = frames;
      this.#length += 1;
    }
    return this;
  }

  /** The mask of this frame; 0 when nothing is left. */
  next(): number {
    if (this.isDone) return 0;
    const mask = this.#masks[this.#at] ?? 0;
    const left = (this.#frames[this.#at] ?? 1) - 1;
    this.#frames[this.#at] = left;
    if (left <= 0) this.#at += 1;
    return mask;
  }
}
