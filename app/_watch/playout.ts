import { FRAME_MS } from '@/engine/fighter/rules';

/** Frames kept back so that an uneven network doesn't show. */
const CUSHION = 4;
/** Further behind than this, the playout runs after the stream. */
const BEHIND = 14;
/** More than this can't be caught up in sight (a hidden tab): only the newest are kept. */
const MAX_QUEUED = 120;

/** Shows a stream's states at their own sixty a second, whatever the display's rate and the network's moods. */
export interface Playout<T> {
  push(states: readonly T[]): void;
  /** Forgets what is queued: the next state comes after a gap. */
  clear(): void;
  /** Nothing more will come: what is queued need not wait for company. */
  finish(): void;
  /** Takes what is due since the last call, oldest first; call it once a display frame. */
  tick(nowMs: number): readonly T[];
}

/** Creates an empty playout; the clock is the caller's. */
export function createPlayout<T>(): Playout<T> {
  const queue: T[] = [];
  let credit = 0;
  let lastMs: number | undefined;
  let isFilling = true;
  let isFinished = false;
  return {
    push(states) {
      isFinished = false;
      queue.push(...states);
      if (queue.length > MAX_QUEUED) queue.splice(0, queue.length - CUSHION);
    },
    clear() {
      queue.length = 0;
      isFilling = true;
    },
    finish() {
      isFinished = true;
    },
    tick(nowMs) {
      credit = Math.min(credit + (nowMs - (lastMs ?? nowMs)) / FRAME_MS, MAX_QUEUED);
      lastMs = nowMs;
      if (isFilling && queue.length < CUSHION && !isFinished) {
        credit = 0;
        return [];
      }
      isFilling = false;
      // A little faster than life while behind; nobody sees one frame in eight.
      if (queue.length > BEHIND) credit += 1;
      const due = Math.min(Math.floor(credit), queue.length);
      credit -= due;
      if (queue.length === due) {
        credit = 0;
        isFilling = true;
      }
      return queue.splice(0, due);
    },
  };
}
