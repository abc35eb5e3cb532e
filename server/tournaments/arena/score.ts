/** Where somebody stands in an arena. */
export interface Score {
  readonly points: number;
  /** Fights won in a row. */
  readonly streak: number;
}

const WIN = 2;
const DRAW = 1;
/** From the third fight on after two that were won in a row points count double, until one is not won. */
const HOT = 2;

/**
 * Points as in the arenas of lichess.org: 2 for a fight that was won, 1 for a draw, none for one that was lost; double after two
 * in a row that were won.
 */
export function scoreAfter({ points, streak }: Score, result: 'won' | 'drawn' | 'lost'): Score {
  const factor = streak >= HOT ? 2 : 1;
  switch (result) {
    case 'won':
      return { points: points + WIN * factor, streak: streak + 1 };
    case 'drawn':
      return { points: points + DRAW * factor, streak: 0 };
    case 'lost':
      return { points, streak: 0 };
  }
}

/** Places by points; equal points share a place. */
export function placesByPoints(
  standings: readonly { readonly userId: string; readonly points: number }[],
): ReadonlyMap<string, number> {
  return new Map(
    standings.map(({ userId, points }) => [
      userId,
      1 + standings.filter((other) => other.points > points).length,
    ]),
  );
}
