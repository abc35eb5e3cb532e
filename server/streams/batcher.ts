/** Messages that come within this time travel as one event: 30 events a second at most. */
const BATCH_MS = 33;

/** Gathers messages for a moment and hands them on together, in order. */
export interface Batcher<T> {
  add(message: T): void;
  /** Hands on what waits, now. */
  flush(): void;
}

export function createBatcher<T>(handOn: (messages: readonly T[]) => void): Batcher<T> {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const messages = waiting;
    waiting = [];
    if (messages.length > 0) handOn(messages);
  }
  return {
    add(message) {
      waiting.push(message);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    flush,
  };
}
