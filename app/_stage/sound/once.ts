import type { SoundEvent } from './events';

/**
 * A rollback may move an event by a few frames; nearer than this to one already played it is the same. Real repeats
 * are farther apart, as each freezes the picture and then needs a start-up.
 */
const SAME_FRAMES = 8;

/** Lets each event through once, even if a rollback undoes and redoes it. */
export class Once {
  readonly #played = new Map<string, number>();

  /** Whether the event is new; from then on it isn't. */
  admit(event: SoundEvent): boolean {
    const key = `${event.kind} ${event.side}`;
    const last = this.#played.get(key);
    if (last !== undefined && Math.abs(event.frame - last) <= SAME_FRAMES) return false;
    this.#played.set(key, event.frame);
    return true;
  }

  /** Forgets everything: another match begins. */
  clear(): void {
    this.#played.clear();
  }
}
