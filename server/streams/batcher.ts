/** Messages that come within this time travel as one event: 30 events a second at most. Milliseconds. */
const BATCH_MS = 1000 / 30;

/** Gathers messages for a moment and hands them on together, in order. */
export interface Batcher<T> {
  add(message: T): void;
  /** Hands on what waits, now. */
  flush(): void;
}

/**
 * Paced by deadlines that lie `BATCH_MS` apart rather than by timers that start with a message: a timer is always a
 * little late, and the message that is due with it would wait a whole turn more.
 */
export function createBatcher<T>(handOn: (messages: readonly T[]) => void): Batcher<T> {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** When the last batch was due. */
  let due = Number.NEGATIVE_INFINITY;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const messages = waiting;
    waiting = [];
    if (messages.length > 0) handOn(messages);
  }
  function schedule(): void {
    const now = performance.now();
    // After a pause the beat starts anew, so that what comes together still travels together.
    due = due + BATCH_MS > now ? due + BATCH_MS : now + BATCH_MS;
    timer = setTimeout(flush, Math.ceil(due - now));
  }
  return {
    add(message) {
      waiting.push(message);
      if (timer === undefined) schedule();
    },
    flush,
  };
}
