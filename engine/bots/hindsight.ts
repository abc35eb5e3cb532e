import { STATE_WORDS } from '../fighter/state';

/** How late an opponent played by the arcade sees the fight: a sixth of a second, quicker than most people. */
export const SIGHT_FRAMES = 10;

/** The last states of a match, so that somebody can be shown the one of some frames ago. */
export interface Hindsight {
  /** Copies the state of this frame in; allocates nothing. */
  push(state: Int32Array): void;
  /** The state `frames` pushes before the last; the oldest there is while there are fewer. Don't keep it. */
  readonly late: Int32Array;
  /** Forgets everything: another match begins. */
  clear(): void;
}

/** @param frames how old `late` is */
export function createHindsight(frames = SIGHT_FRAMES): Hindsight {
  const ring = Array.from({ length: frames + 1 }, () => new Int32Array(STATE_WORDS));
  const first = new Int32Array(STATE_WORDS);
  let pushed = 0;
  return {
    push(state) {
      if (pushed === 0) first.set(state);
      ring[pushed % ring.length]?.set(state);
      pushed += 1;
    },
    get late() {
      return pushed <= frames ? first : (ring[pushed % ring.length] ?? first);
    },
    clear() {
      pushed = 0;
    },
  };
}
