import type { Clock } from '../../clock';

interface Entry {
  at: number;
  readonly everyMs: number | undefined;
  readonly task: () => void;
}

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void;
  /** Timers that wait. */
  readonly waiting: number;
}

export function createFakeClock(startMs = 1_800_000_000_000): FakeClock {
  let now = startMs;
  const entries = new Set<Entry>();

  function add(ms: number, everyMs: number | undefined, task: () => void): () => void {
    const entry: Entry = { at: now + ms, everyMs, task };
    entries.add(entry);
    return () => entries.delete(entry);
  }

  return {
    now: () => now,
    get waiting() {
      return entries.size;
    },
    after: (ms, task) => add(ms, undefined, task),
    every: (ms, task) => add(ms, ms, task),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...entries].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        now = Math.max(now, due.at);
        if (due.everyMs === undefined) entries.delete(due);
        else due.at += due.everyMs;
        due.task();
      }
      now = end;
    },
  };
}
