import { type Clock, systemClock } from '../clock';
import type { RateLimit } from './rate-limit';

/** Calls that were allowed since the last word: key and how many. */
export type Spent = readonly (readonly [key: string, calls: number])[];

/** To the other processes that are one gateway with this one. */
export interface SpendingLine {
  tellSpent(spent: Spent): void;
  onSpent(listener: (spent: Spent) => void): void;
}

/** So long a call may go unheard of: within it each process allows a burst of its own. */
const TELL_MS = 100;
/** In one word; who has more callers than that tells the rest with the next one. */
const MAX_KEYS = 10_000;

/** Makes one limit of those that several processes count: each tells what it allowed, and counts what the others did. */
export function shareLimit(limit: RateLimit, line: SpendingLine, clock: Clock = systemClock): void {
  let spent = new Map<string, number>();
  function tell(): void {
    const all = [...spent];
    spent = new Map(all.slice(MAX_KEYS));
    if (spent.size > 0) clock.after(TELL_MS, tell);
    line.tellSpent(all.slice(0, MAX_KEYS));
  }
  limit.onAllowed = (key) => {
    if (spent.size === 0) clock.after(TELL_MS, tell);
    spent.set(key, (spent.get(key) ?? 0) + 1);
  };
  line.onSpent((theirs) => {
    for (const [key, calls] of theirs) limit.spend(key, calls);
  });
}
