import type { Route } from '../../proto/sessions';

/** What was expected of each match, and how often that was right: kept in this browser. */

const KEY = 'route-predictions';
const expected = new Map<string, Route>();

export interface HitRate {
  readonly right: number;
  readonly all: number;
}

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
  const { right, all } = hitRate();
  try {
    localStorage.setItem(KEY, JSON.stringify({ right: right + (route === found ? 1 : 0), all: all + 1 }));
  } catch {
    // Storage is forbidden here.
  }
}

export function hitRate(): HitRate {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof kept === 'object' && kept && 'right' in kept && 'all' in kept) {
      const [right, all] = [Number(kept.right), Number(kept.all)];
      if (Number.isInteger(right) && Number.isInteger(all) && right >= 0 && right <= all)
        return { right, all };
    }
  } catch {
    // Something else was there.
  }
  return { right: 0, all: 0 };
}
