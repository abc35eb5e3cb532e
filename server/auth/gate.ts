import { authError } from './faults';

/** Runs a task of `key`; see {@link createGate}. */
export interface Gate {
  <T>(key: string, task: () => Promise<T>): Promise<T>;
  /** How many wait. */
  readonly waiting: () => number;
}

export interface GateOptions {
  /** Tasks at once. */
  readonly limit: number;
  /** Tasks in all queues together. */
  readonly maxWaiting: number;
  /** Tasks in the queue of one key. */
  readonly maxWaitingPerKey: number;
  /** Told how long a task has waited; 0 for one that started at once. */
  readonly onStart?: (waitedMs: number) => void;
}

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: Error) => void;
}

const busyError = () =>
  authError(
    'UNAVAILABLE',
    'The server is busy with other log-ins. Try again in a few seconds.',
    { field: 'account', reason: 'busy' },
    { retryAfterSeconds: 5 },
  );

/**
 * Bounds costly work, with a fair share for each key (an address): every key has a queue of its own and the queues
 * take turns, so a key that sends six hundred tasks waits for itself, and another is next in line. Where all places
 * are taken a newcomer gets the last place of the longest queue. What has no place is refused with UNAVAILABLE.
 */
export function createGate({ limit, maxWaiting, maxWaitingPerKey, onStart }: GateOptions): Gate {
  let running = 0;
  let total = 0;
  /** In the order of their turns. */
  const queues = new Map<string, Waiting[]>();

  function takePlace(key: string): void {
    const own = queues.get(key)?.length ?? 0;
    if (own >= maxWaitingPerKey) throw busyError();
    if (total < maxWaiting) return;
    let longest: Waiting[] = [];
    for (const queue of queues.values()) if (queue.length > longest.length) longest = queue;
    if (longest.length <= own + 1) throw busyError();
    total -= 1;
    longest.pop()?.refuse(busyError());
  }

  function wait(key: string): Promise<void> {
    takePlace(key);
    return new Promise((start, refuse) => {
      const queue = queues.get(key) ?? [];
      queue.push({ start, refuse });
      queues.set(key, queue);
      total += 1;
    });
  }

  /** The slot is handed over, not freed, so a newcomer can't overtake the queues. */
  function handOver(): void {
    const [turn] = queues;
    if (!turn) {
      running -= 1;
      return;
    }
    const [key, queue] = turn;
    const next = queue.shift();
    queues.delete(key);
    if (queue.length > 0) queues.set(key, queue);
    total -= 1;
    next?.start();
  }

  const gate = async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const came = performance.now();
    if (running >= limit) await wait(key);
    else running += 1;
    try {
      onStart?.(performance.now() - came);
      return await task();
    } finally {
      handOver();
    }
  };
  return Object.assign(gate, { waiting: () => total });
}
