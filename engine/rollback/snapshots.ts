import type { Game } from './types';

/**
 * Called as a function: as a method it is looked up for every copy, and for a small state that is as long as a fifth of
 * the copy.
 */
const copyInto = Uint8Array.prototype.set;

interface Slot {
  /** The frame that the state is from before; -1 when there is none. */
  frame: number;
  readonly state: Uint8Array;
}

/** Copies of the game's state from before certain frames, in a ring that is allocated once. */
export class Snapshots {
  readonly #game: Game;
  readonly #state: Uint8Array;
  readonly #slots: Slot[];
  readonly #spare: Uint8Array;
  readonly #mask: number;

  constructor(game: Game, leastSlots: number) {
    this.#game = game;
    this.#state = game.state;
    const bytes = game.state.length;
    // A power of two, so that a slot is found without a division.
    let slotCount = 4;
    while (slotCount < leastSlots) slotCount *= 2;
    this.#mask = slotCount - 1;
    const memory = new Uint8Array(bytes * (slotCount + 1));
    this.#slots = Array.from({ length: slotCount }, (_, i) => ({
      frame: -1,
      state: memory.subarray(i * bytes, (i + 1) * bytes),
    }));
    this.#spare = memory.subarray(slotCount * bytes);
  }

  /** Keeps the present state as the one from before `frame`. */
  save(frame: number): void {
    const slot = this.#slots[frame & this.#mask];
    if (slot === undefined) return;
    this.#game.beforeSave?.();
    slot.frame = frame;
    copyInto.call(slot.state, this.#state);
  }

  has(frame: number): boolean {
    return frame >= 0 && this.#slots[frame & this.#mask]?.frame === frame;
  }

  /** Makes the state from before `frame` the present one. @returns false, with nothing changed, when it isn't kept. */
  load(frame: number): boolean {
    const slot = this.#slots[frame & this.#mask];
    if (slot === undefined || slot.frame !== frame) return false;
    copyInto.call(this.#state, slot.state);
    this.#game.afterLoad?.();
    return true;
  }

  /** The kept state from before `frame`, to read at once; undefined when it is gone. */
  view(frame: number): Uint8Array | undefined {
    return this.has(frame) ? this.#slots[frame & this.#mask]?.state : undefined;
  }

  /** The latest kept frame that is not after `frame`, or -1. */
  latestUpTo(frame: number): number {
    let latest = -1;
    for (const { frame: kept } of this.#slots) if (kept <= frame && kept > latest) latest = kept;
    return latest;
  }

  /** Forgets every state. */
  clear(): void {
    for (const slot of this.#slots) slot.frame = -1;
  }

  /** Sets the present state aside, to look at another. */
  setAside(): void {
    this.#game.beforeSave?.();
    copyInto.call(this.#spare, this.#state);
  }

  /** Brings back what `setAside` kept. */
  bringBack(): void {
    copyInto.call(this.#state, this.#spare);
    this.#game.afterLoad?.();
  }
}
