import { FRAME_MS } from '../../engine/fighter/rules';

/** Frames made up for after the process was held up; beyond it the fight slips instead of racing. */
const MAX_CATCH_UP_FRAMES = 30;

/** One 60 Hz beat for all matches of a process. */
export interface Pacer {
  /** Calls `tick` once a frame until the returned function is called. */
  add(tick: () => void): () => void;
  /** Number of ticks registered, for leak checks. */
  readonly size: number;
}

/**
 * Paces by deadline: frame n is due n/60 s after the first, so timers that fire late do not add up. The
 * timer runs only while somebody is registered. Reads `performance.now` and `setTimeout`.
 */
export function createPacer(): Pacer {
  const ticks = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let startMs = 0;
  let frames = 0;

  function schedule(): void {
    const dueMs = startMs + (frames + 1) * FRAME_MS;
    timer = setTimeout(beat, Math.max(0, dueMs - performance.now()));
  }

  function beat(): void {
    timer = undefined;
    const due = Math.floor((performance.now() - startMs) / FRAME_MS + 1e-6) - frames;
    if (due > MAX_CATCH_UP_FRAMES) startMs += (due - MAX_CATCH_UP_FRAMES) * FRAME_MS;
    for (let i = Math.min(due, MAX_CATCH_UP_FRAMES); i > 0; i -= 1) {
      frames += 1;
      for (const tick of ticks) tick();
    }
    // A tick may have stopped the last match and started another, which then has its timer.
    if (ticks.size > 0 && timer === undefined) schedule();
  }

  return {
    add(tick) {
      ticks.add(tick);
      if (timer === undefined && ticks.size === 1) {
        startMs = performance.now();
        frames = 0;
        schedule();
      }
      return () => {
        ticks.delete(tick);
        if (ticks.size > 0 || timer === undefined) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
    get size() {
      return ticks.size;
    },
  };
}
