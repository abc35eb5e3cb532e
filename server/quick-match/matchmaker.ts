/**
 * Who fights whom: pure, from who waits and the time to pairs. A window of rating begins narrow and widens with the time that
 * somebody has waited; a long line counts as distance, so that it takes a longer wait, too.
 */

export const WINDOW = {
  /** Rating points to either side at first. */
  start: 60,
  /** Added for each second of waiting. */
  perSecond: 6,
  /** From then on nobody is too far away. */
  unlimitedMs: 60_000,
} as const;

/** Two lines to the arcade whose round trips add up to this are as good as any: nobody feels it. */
const GOOD_LINE_MS = 80;
/** Rating points that each millisecond beyond counts, and the most that a line counts. */
const POINTS_PER_MS = 0.5;
const MOST_LINE_POINTS = 150;

/** Somebody who waits for an opponent. */
export interface Waiting {
  readonly playerId: string;
  readonly rating: number;
  /** Round trip of the line to the arcade; null where it is not known yet. */
  readonly rttMs: number | null;
  readonly sinceMs: number;
  /** Whom this one is not brought together with, by id. */
  readonly avoided: { has(playerId: string): boolean };
}

/** Who has waited longer stands first. */
export type Pair<W extends Waiting = Waiting> = readonly [W, W];

/** Rating points to either side after so long a wait; Infinity from a minute on. */
export function windowAfter(waitedMs: number): number {
  if (waitedMs >= WINDOW.unlimitedMs) return Number.POSITIVE_INFINITY;
  return WINDOW.start + (WINDOW.perSecond * Math.max(0, waitedMs)) / 1000;
}

/** How far apart two are: difference of rating, and what their lines add. */
export function distanceOf(one: Waiting, two: Waiting): number {
  const lineMs = (one.rttMs ?? 0) + (two.rttMs ?? 0) - GOOD_LINE_MS;
  const line = Math.min(MOST_LINE_POINTS, Math.max(0, lineMs) * POINTS_PER_MS);
  return Math.abs(one.rating - two.rating) + line;
}

/** Whether two may ever be brought together. */
export function mayMeet(one: Waiting, two: Waiting): boolean {
  return one.playerId !== two.playerId && !one.avoided.has(two.playerId) && !two.avoided.has(one.playerId);
}

/**
 * When two are near enough: in the windows of both, or at once when one of them has waited so long that nobody is too far. Unix
 * milliseconds.
 */
export function meetAt(one: Waiting, two: Waiting): number {
  const waitMs = Math.max(0, (distanceOf(one, two) - WINDOW.start) / WINDOW.perSecond) * 1000;
  const later = Math.max(one.sinceMs, two.sinceMs);
  const inBoth = later + waitMs;
  const unlimited = Math.max(later, Math.min(one.sinceMs, two.sinceMs) + WINDOW.unlimitedMs);
  return Math.min(inBoth, unlimited);
}

/** In the order of waiting; ids decide between those who came at once, so that the outcome is one. */
function byWait(one: Waiting, two: Waiting): number {
  return one.sinceMs - two.sinceMs || (one.playerId < two.playerId ? -1 : 1);
}

/** Pairs everybody who can be paired now: who has waited longest chooses first, and takes the nearest. */
export function pairUp<W extends Waiting>(waiting: readonly W[], nowMs: number): Pair<W>[] {
  const queue = [...waiting].sort(byWait);
  const taken = new Set<string>();
  const pairs: Pair<W>[] = [];
  for (const [index, one] of queue.entries()) {
    if (taken.has(one.playerId)) continue;
    let best: W | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let next = index + 1; next < queue.length; next += 1) {
      const two = queue[next];
      if (!two || taken.has(two.playerId) || !mayMeet(one, two)) continue;
      const distance = distanceOf(one, two);
      // In the order of waiting, so of two that are as near the longer wait wins.
      if (distance >= bestDistance || meetAt(one, two) > nowMs) continue;
      best = two;
      bestDistance = distance;
    }
    if (!best) continue;
    taken.add(one.playerId).add(best.playerId);
    pairs.push([one, best]);
  }
  return pairs;
}
