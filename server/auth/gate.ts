import { AppError } from '../errors';

/** Runs at most `limit` tasks at once; the rest wait their turn. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * Bounds costly work, so that a flood waits or is refused and never takes every core.
 * @param limit tasks at once.
 * @param maxWaiting tasks in the queue; one more is refused with UNAVAILABLE.
 */
export function createGate(limit: number, maxWaiting: number): Gate {
  let running = 0;
  const waiting: Array<() => void> = [];
  return async (task) => {
    if (running >= limit) {
      if (waiting.length >= maxWaiting)
        throw new AppError('UNAVAILABLE', 'The server is busy. Try again in a few seconds.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await task();
    } finally {
      // The slot is handed over, not freed, so a newcomer cannot overtake the queue.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
