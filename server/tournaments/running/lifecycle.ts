import type { Logger } from 'pino';
import type { SeatMirror } from '../reservations/mirror/mirror';
import { type TournamentContext, today, withTournament, writeTournament } from './context';
import { countFailure, countTournament } from './counts';
import { startInside } from './draw-up';

/** Longest check-in: nothing else decides what a tournament that begins later does. */
const SOON_MS = 3_600_000;

/** When check-in begins; null without one. */
export function checkInAt(row: { readonly startsAt: Date; readonly checkInSeconds: number }): Date | null {
  return row.checkInSeconds === 0 ? null : new Date(row.startsAt.getTime() - row.checkInSeconds * 1_000);
}

/**
 * Moves every tournament along whose time has come: opens registration, begins check-in, starts. Several processes may do
 * it at once: each step is taken by whoever holds the tournament's lock and finds it not taken yet.
 * @param seats what is still to be heard of seats that another service keeps, before a bracket is drawn up
 */
export async function moveTournaments(
  ctx: TournamentContext,
  log: Logger,
  seats?: Pick<SeatMirror, 'isSettled'>,
): Promise<void> {
  const now = today(ctx);
  const due = await ctx.db.tournament.findMany({
    where: {
      pausedAt: null,
      OR: [
        { status: 'scheduled', opensAt: { lte: now } },
        { status: { in: ['open', 'checkin'] }, startsAt: { lte: new Date(now.getTime() + SOON_MS) } },
      ],
    },
    orderBy: { startsAt: 'asc' },
    select: { id: true, startsAt: true },
    take: 200,
  });
  for (const { id, startsAt } of due)
    await move(ctx, id, startsAt > now || !seats || seats.isSettled({ id, startsAt })).catch(
      (err: unknown) => {
        countFailure('lifecycle');
        log.warn({ err, tournamentId: id }, 'a tournament could not be moved along; it will be tried again');
      },
    );
}

async function move(ctx: TournamentContext, tournamentId: string, isSettled: boolean): Promise<void> {
  const now = today(ctx);
  await withTournament(ctx, tournamentId, async (tx, row) => {
    if (row.pausedAt) return;
    // A process that was away for long takes all steps at once.
    if (row.status === 'scheduled' && row.opensAt <= now) {
      row.status = 'open';
      await writeTournament(tx, tournamentId, { status: 'open' });
      countTournament('open', row.format);
    }
    const begin = checkInAt(row);
    if (row.status === 'open' && begin !== null && begin <= now && now < row.startsAt) {
      row.status = 'checkin';
      await writeTournament(tx, tournamentId, { status: 'checkin' });
      countTournament('checkin', row.format);
    }
    if (isSettled && (row.status === 'open' || row.status === 'checkin') && row.startsAt <= now)
      await startInside(tx, row, now);
  });
}
