import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** Says of one thing that it goes wrong, once, until it goes well again. */
export interface Warnings {
  warn(thing: string, facts: Readonly<Record<string, unknown>>, words: string): void;
  isWell(thing: string): void;
}

export function createWarnings(log: Pick<Logger, 'warn'>): Warnings {
  // What is forgotten is said again.
  const said = new LRUCache<string, true>({ max: 1_000 });
  return {
    warn(thing, facts, words) {
      if (said.has(thing)) return;
      said.set(thing, true);
      log.warn(facts, words);
    },
    isWell: (thing) => void said.delete(thing),
  };
}
