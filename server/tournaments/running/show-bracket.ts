import { ratingOf } from '../../records/ratings';
import { endsAt } from '../arena/run';
import { placesByPoints } from '../arena/score';
import { refusal } from '../refusals';
import type { BracketView } from '../views/pairings';
import { type TournamentContext, today } from './context';
import { type EntrantRow, findEntrants, namesOf } from './names';
import { iso, showPairing } from './show-pairing';

const MAX_ARENA_PAIRINGS = 100;

/** The bracket, or the arena's standings, with the fights that go on. @throws {AppError} no_event */
export async function showBracket(ctx: TournamentContext, tournamentId: string): Promise<BracketView> {
  const row = await ctx.db.tournament.findUnique({ where: { id: tournamentId }, omit: { bracket: true } });
  if (!row) throw refusal('no_event', `Not found: there is no tournament ${tournamentId}.`);
  const isArena = row.format === 'arena';
  const [entrants, rows] = await Promise.all([
    findEntrants(ctx.db, tournamentId),
    ctx.db.pairing.findMany({
      where: { tournamentId },
      orderBy: { number: isArena ? 'desc' : 'asc' },
      ...(isArena ? { take: MAX_ARENA_PAIRINGS } : {}),
    }),
  ]);
  const names = namesOf(entrants);
  const pairings = rows.map((pairing) => showPairing(pairing, names));
  return {
    tournamentId,
    version: row.version,
    status: row.status,
    format: row.format,
    isPaused: row.pausedAt !== null,
    announcement: row.announcement,
    bestOf: row.bestOf,
    endsAt: isArena ? iso(endsAt(row)) : null,
    pairings,
    standings: isArena ? await standingsOf(ctx, entrants) : [],
    running: pairings.flatMap(({ pairingId, status, sessionId, player1, player2 }) =>
      status === 'running' && sessionId && player1 && player2
        ? [{ sessionId, pairingId, player1, player2 }]
        : [],
    ),
  };
}

async function standingsOf(
  ctx: TournamentContext,
  entrants: readonly EntrantRow[],
): Promise<BracketView['standings']> {
  const within = entrants.filter(({ outBecause }) => outBecause !== 'no_show');
  const ids = within.map(({ userId }) => userId);
  const [tournamentId] = within.map((entrant) => entrant.tournamentId);
  const [ratings, fighting] = await Promise.all([
    ratingOf(ctx.db, ids, today(ctx)),
    ctx.db.pairing.findMany({
      where: { tournamentId: tournamentId ?? '', status: 'running' },
      select: { player1Id: true, player2Id: true },
    }),
  ]);
  const busy = new Set(fighting.flatMap(({ player1Id, player2Id }) => [player1Id, player2Id]));
  const places = placesByPoints(within);
  return within
    .map(({ userId, user, points, streak, fights, readyAt }) => ({
      playerId: userId,
      playerName: user.username,
      place: places.get(userId) ?? 1,
      points,
      streak,
      fights,
      rating: ratings.get(userId)?.rating ?? 0,
      isReady: readyAt !== null,
      isFighting: busy.has(userId),
    }))
    .toSorted((one, two) => one.place - two.place || two.rating - one.rating);
}
