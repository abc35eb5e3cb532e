/** Somebody in an arena who waits for a fight. */
export interface Waiting {
  readonly playerId: string;
  readonly points: number;
  readonly rating: number;
  /** Whom they fought last; null before their first fight. */
  readonly lastOpponentId: string | null;
  /** Unix ms */
  readonly since: number;
}

/** Two wait this long before they are sent against each other twice in a row. */
export const AGAIN_AFTER_MS = 8_000;

/**
 * Who fights whom now: the longest waiting first, each with the one whose points are nearest, then whose rating is. The same
 * two again only where nobody else is there and both have waited a while.
 */
export function pairUp(waiting: readonly Waiting[], now: number): (readonly [Waiting, Waiting])[] {
  const left = waiting.toSorted(
    (one, two) => one.since - two.since || one.playerId.localeCompare(two.playerId),
  );
  const pairs: (readonly [Waiting, Waiting])[] = [];
  while (left.length > 1) {
    const first = left.shift();
    if (!first) break;
    const partner = nearest(first, left, now);
    if (!partner) continue;
    left.splice(left.indexOf(partner), 1);
    pairs.push([first, partner]);
  }
  return pairs;
}

function nearest(first: Waiting, others: readonly Waiting[], now: number): Waiting | undefined {
  const [best] = others
    .filter((other) => !metLast(first, other) || now - Math.max(first.since, other.since) >= AGAIN_AFTER_MS)
    .toSorted((one, two) => cost(first, one) - cost(first, two));
  return best;
}

const metLast = (one: Waiting, two: Waiting) =>
  one.lastOpponentId === two.playerId || two.lastOpponentId === one.playerId;

/** Meeting again weighs more than any points, points more than any rating. */
function cost(one: Waiting, two: Waiting): number {
  const again = metLast(one, two) ? 1e9 : 0;
  return again + Math.abs(one.points - two.points) * 1e4 + Math.abs(one.rating - two.rating);
}
