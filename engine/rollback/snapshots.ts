import type { Game } from './types';

/** Copies of the game's state from before certain frames, in a ring that is allocated once. */
export class Snapshots {
  readonly #game: Game;
  readonly #state: Uint8Array;
  readonly #slots: Uint8Array[];
  readonly #frames: Int32Array;
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
    this.#slots = Array.from({ length: slotCount }, (_, i) => memory.subarray(i * bytes, (i + 1) * bytes));
    this.#spare = memory.subarray(slotCount * bytes);
    this.#frames = new Int32Array(slotCount).fill(-1);
  }

  /** Keeps the present state as the one from before `frame`. */
  save(frame: number): void {
    const slot = frame & this.#mask;
    this.#game.beforeSave?.();
    this.#slots[slot]?.set(this.#state);
    this.#frames[slot] = frame;
  }

  has(frame: number): boolean {
    return frame >= 0 && this.#frames[frame & this.#mask] === frame;
  }

  /** Makes the state from before `frame` the present one. The caller has checked that it is kept. */
  load(frame: number): void {
    const slot = this.#slots[frame & this.#mask];
    if (slot === undefined) return;
    this.#state.set(slot);
    this.#game.afterLoad?.();
  }

  /** The kept state from before `frame`, to read at once; undefined when it is gone. */
  view(frame: number): Uint8Array | undefined {
    return this.has(frame) ? this.#slots[frame & this.#mask] : undefined;
  }

  /** The latest kept frame that is not after `frame`, or -1. */
  latestUpTo(frame: number): number {
    let latest = -1;
    for (let i = 0; i < this.#frames.length; i++) {
      const kept = this.#frames[i] ?? -1;
      if (kept <= frame && kept > latest) latest = kept;
    }
    return latest;
  }

  /** Forgets every state. */
  clear(): void {
    this.#frames.fill(-1);
  }

  /** Sets the present state aside, to look at another. */
  setAside(): void {
    this.#game.beforeSave?.();
    this.#spare.set(this.#state);
  }

  /** Brings back what `setAside` kept. */
  bringBack(): void {
    this.#state.set(this.#spare);
    this.#game.afterLoad?.();
  }
}
