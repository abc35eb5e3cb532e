import type { Route } from '../../proto/sessions';
import { createKept } from './kept';

/** What was expected of each match, and how often that was right: kept in this browser. */

const expected = new Map<string, Route>();

interface HitRate {
  readonly right: number;
  readonly all: number;
}

const NOTHING: HitRate = { right: 0, all: 0 };

export const hitRate = createKept('route-predictions', (kept): HitRate => {
  if (typeof kept !== 'object' || !kept || !('right' in kept) || !('all' in kept)) return NOTHING;
  const [right, all] = [Number(kept.right), Number(kept.all)];
  return Number.isInteger(right) && Number.isInteger(all) && right >= 0 && right <= all
    ? { right, all }
    : NOTHING;
});

export function expectRoute(sessionId: string, route: Route): void {
  // A page sees few matches.
  if (expected.size > 100) expected.clear();
  expected.set(sessionId, route);
}

export function expectedRoute(sessionId: string): Route | undefined {
  return expected.get(sessionId);
}

/** Compares what was found with what was expected, once a match. */
export function noteRoute(sessionId: string, found: Route): void {
  const route = expected.get(sessionId);
  if (route === undefined || !expected.delete(sessionId)) return;
  const { right, all } = hitRate.get();
  hitRate.set({ right: right + (route === found ? 1 : 0), all: all + 1 });
}
