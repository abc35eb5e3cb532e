import { Glicko2 } from 'glicko2';
import type { Prisma, PrismaClient } from '../db/generated/client';

/**
 * Glicko-2 (Mark Glickman, "Example of the Glicko-2 system", 2022, http://www.glicko.net/glicko/glicko2.pdf), computed by the
 * `glicko2` package. The paper gathers 10 to 15 fights in a rating period; here each fight is a period of its own, so that a
 * rating is there when the fight is over, and what a period adds to the deviation is added by the time that has passed.
 */

const START = { rating: 1500, deviation: 350, volatility: 0.06 } as const;
/** How much the volatility may move; the paper calls 0.3 to 1.2 reasonable. */
const TAU = 0.5;
/** Glicko-2's own scale: 173.7178 points are one. */
const SCALE = 173.7178;
/** Time in which the deviation grows by the volatility once, as it would over one of the paper's periods. */
const PERIOD_MS = 7 * 24 * 3_600_000;
/** Above this deviation a rating says little (the convention of lichess.org). */
const PROVISIONAL_DEVIATION = 110;

/** Inside a transaction or not. */
type Tx = Prisma.TransactionClient;

export interface RatingNumbers {
  readonly rating: number;
  readonly deviation: number;
  readonly volatility: number;
}

/** How a player is rated at a moment. */
export interface RatingView {
  readonly rating: number;
  readonly deviation: number;
  /** Fights that counted. */
  readonly fights: number;
  readonly isProvisional: boolean;
}

/** A deviation after some time without a fight: never more than a newcomer's. */
export function grownDeviation({ deviation, volatility }: RatingNumbers, idleMs: number): number {
  const periods = Math.max(0, idleMs) / PERIOD_MS;
  const grown = Math.hypot(deviation / SCALE, volatility * Math.sqrt(periods)) * SCALE;
  return Math.min(START.deviation, grown);
}

/**
 * Both after one fight.
 * @param score of the first: 1 won, 0.5 drawn, 0 lost
 */
export function rate(
  one: RatingNumbers,
  two: RatingNumbers,
  score: 0 | 0.5 | 1,
): readonly [RatingNumbers, RatingNumbers] {
  const system = new Glicko2({ tau: TAU, rating: START.rating, rd: START.deviation, vol: START.volatility });
  const [a, b] = [one, two].map(({ rating, deviation, volatility }) =>
    // The package adds one period's growth by itself (step 6): it is taken off first, since time has its own measure here.
    system.makePlayer(rating, withoutPeriod(deviation, volatility), volatility),
  );
  if (!a || !b) throw new Error('Two players make a fight.');
  system.updateRatings([[a, b, score]]);
  const numbers = (player: typeof a): RatingNumbers => ({
    rating: player.getRating(),
    deviation: Math.min(START.deviation, player.getRd()),
    volatility: player.getVol(),
  });
  return [numbers(a), numbers(b)];
}

function withoutPeriod(deviation: number, volatility: number): number {
  return Math.sqrt(Math.max(1e-6, (deviation / SCALE) ** 2 - volatility ** 2)) * SCALE;
}

/** A fight that counts: judged, between two people. */
export interface RatedFight {
  readonly player1Id: string;
  readonly player2Id: string;
  /** 0 for a draw */
  readonly winner: 0 | 1 | 2;
  readonly at: Date;
}

/**
 * Writes what a fight does to the ratings of its players. Called once a fight, in the transaction that stores its verdict.
 * Guests have ratings like everybody; tables tell them apart by their account.
 */
export async function updateRatings(tx: Tx, { player1Id, player2Id, winner, at }: RatedFight): Promise<void> {
  const ids = [player1Id, player2Id].sort();
  await tx.rating.createMany({
    data: ids.map((playerId) => ({ playerId, updatedAt: at })),
    skipDuplicates: true,
  });
  // In the order of ids, so that two verdicts never wait for each other.
  const rows = await tx.$queryRaw<(RatingNumbers & { playerId: string; updatedAt: Date })[]>`
    select "playerId", "rating", "deviation", "volatility", "updatedAt" from "Rating"
    where "playerId" = any(${ids}) order by "playerId" for update`;
  const before = (playerId: string): RatingNumbers => {
    const row = rows.find((one) => one.playerId === playerId);
    if (!row) throw new Error(`Player ${playerId} has no rating.`);
    const { rating, volatility, updatedAt } = row;
    return { rating, volatility, deviation: grownDeviation(row, at.getTime() - updatedAt.getTime()) };
  };
  const score = winner === 0 ? 0.5 : winner === 1 ? 1 : 0;
  const after = rate(before(player1Id), before(player2Id), score);
  for (const [index, playerId] of [player1Id, player2Id].entries())
    await tx.rating.update({
      where: { playerId },
      data: { ...after[index], fights: { increment: 1 }, updatedAt: at },
      select: { playerId: true },
    });
}

/** How these players are rated; who never fought has a newcomer's numbers. */
export async function ratingOf(
  db: PrismaClient | Tx,
  playerIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, RatingView>> {
  const rows = await db.rating.findMany({ where: { playerId: { in: [...playerIds] } } });
  const known = new Map(rows.map((row) => [row.playerId, row]));
  const views = new Map<string, RatingView>();
  for (const playerId of playerIds) {
    const row = known.get(playerId);
    const deviation = row ? grownDeviation(row, at.getTime() - row.updatedAt.getTime()) : START.deviation;
    views.set(playerId, {
      rating: Math.round(row?.rating ?? START.rating),
      deviation: Math.round(deviation),
      fights: row?.fights ?? 0,
      isProvisional: deviation > PROVISIONAL_DEVIATION,
    });
  }
  return views;
}
