import { AppError } from '../../errors';
import { ratingOf } from '../../records/ratings';
import type { CallingContext } from '../brackets/calling';
import { arrangeFight, chosenBy } from '../running/arrange-fight';
import {
  lockTournament,
  type TournamentRow,
  type Tx,
  today,
  withTournament,
  writeTournament,
} from '../running/context';
import { countArenaWait, countFailure } from '../running/counts';
import { finishInside } from '../running/ending';
import { pairUp, type Waiting } from './pair-up';
import { placesByPoints } from './score';

/** Fights that go on at the end still count for this long. */
const GRACE_MS = 6 * 60_000;

/** When an arena makes its last pairing. */
export const endsAt = ({ startsAt, durationSeconds }: Pick<TournamentRow, 'startsAt' | 'durationSeconds'>) =>
  new Date(startsAt.getTime() + durationSeconds * 1_000);

/** Sends those who wait in running arenas against each other, and ends arenas whose time is over. */
export async function runArenas(ctx: CallingContext): Promise<void> {
  const rows = await ctx.db.tournament.findMany({
    where: { status: 'running', format: 'arena', pausedAt: null },
    include: { organizers: { select: { userId: true } } },
  });
  for (const row of rows)
    await (today(ctx) < endsAt(row) ? sendOut(ctx, row) : finish(ctx, row.id)).catch((err: unknown) => {
      countFailure('arena');
      ctx.log.warn({ err, tournamentId: row.id }, 'an arena could not go on; it will be tried again');
    });
}

async function sendOut(ctx: CallingContext, row: TournamentRow): Promise<void> {
  const ready = await ctx.db.entrant.findMany({
    where: { tournamentId: row.id, readyAt: { lte: today(ctx) }, outBecause: null },
  });
  const free = ready.filter(
    ({ userId }) => ctx.sessions.isOnline(userId) && ctx.sessions.matchOf(userId) === undefined,
  );
  if (free.length < 2) return;
  const ids = free.map(({ userId }) => userId);
  const [ratings, last] = await Promise.all([ratingOf(ctx.db, ids, today(ctx)), lastOpponents(ctx, row.id)]);
  const waiting = free.map(
    ({ userId, points, readyAt }): Waiting => ({
      playerId: userId,
      points,
      rating: ratings.get(userId)?.rating ?? 0,
      lastOpponentId: last.get(userId) ?? null,
      since: readyAt?.getTime() ?? 0,
    }),
  );
  const characters = chosenBy(free);
  for (const [one, two] of pairUp(waiting, ctx.clock.now())) {
    const isSent = await send(ctx, row.id, one.playerId, two.playerId, characters);
    if (isSent) for (const { since } of [one, two]) countArenaWait((ctx.clock.now() - since) / 1_000);
  }
}

/** Whom everybody has fought last. */
async function lastOpponents(
  { db }: CallingContext,
  tournamentId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ playerId: string; opponentId: string }[]>`
    select distinct on ("playerId") "playerId", "opponentId" from (
      select "player1Id" as "playerId", "player2Id" as "opponentId", number from "Pairing"
        where "tournamentId" = ${tournamentId}
      union all
      select "player2Id", "player1Id", number from "Pairing" where "tournamentId" = ${tournamentId}
    ) as fights order by "playerId", number desc`;
  return new Map(rows.map(({ playerId, opponentId }) => [playerId, opponentId]));
}

/** False when one of the two has begun something else, or somebody else was faster. */
function send(
  ctx: CallingContext,
  tournamentId: string,
  player1Id: string,
  player2Id: string,
  characters: ReadonlyMap<string, number>,
): Promise<boolean> {
  return arrangeFight(ctx.sessions, {
    player1Id,
    player2Id,
    characters,
    source: 'tournament',
    note: (tx, sessionId) => noteSent(tx, { tournamentId, player1Id, player2Id, sessionId }, today(ctx)),
  });
}

/** @throws {AppError} CONFLICT when one of them does not wait any more, or the arena is paused or over */
async function noteSent(
  tx: Tx,
  fight: {
    readonly tournamentId: string;
    readonly player1Id: string;
    readonly player2Id: string;
    readonly sessionId: string;
  },
  at: Date,
): Promise<void> {
  const { tournamentId, player1Id, player2Id } = fight;
  const row = await lockTournament(tx, tournamentId);
  const { count } = await tx.entrant.updateMany({
    where: { tournamentId, userId: { in: [player1Id, player2Id] }, readyAt: { not: null }, outBecause: null },
    data: { readyAt: null },
  });
  if (count !== 2 || row.status !== 'running' || row.pausedAt || at >= endsAt(row))
    throw new AppError('CONFLICT', 'This pairing is not possible any more.');
  const { _max } = await tx.pairing.aggregate({ where: { tournamentId }, _max: { number: true } });
  await tx.pairing.create({
    data: { ...fight, number: (_max.number ?? 0) + 1, status: 'running', createdAt: at },
    select: { id: true },
  });
  await writeTournament(tx, tournamentId);
}

/** Once the last fights are over, or have taken too long, everybody gets a place. */
async function finish(ctx: CallingContext, tournamentId: string): Promise<void> {
  const now = today(ctx);
  await withTournament(ctx, tournamentId, async (tx, row) => {
    if (row.status !== 'running' || row.pausedAt || now < endsAt(row)) return;
    const open = { tournamentId, status: { not: 'ended' } } as const;
    if (now.getTime() < endsAt(row).getTime() + GRACE_MS && (await tx.pairing.count({ where: open })) > 0)
      return;
    await tx.pairing.updateMany({
      where: open,
      data: { status: 'ended', reason: 'no_contest', endedAt: now },
    });
    const standings = await tx.entrant.findMany({
      // Who did not come to the start has no place; who left later keeps the points.
      where: { tournamentId, seed: { not: null } },
      select: { userId: true, points: true },
    });
    await finishInside(tx, row, placesByPoints(standings), now);
  });
}
