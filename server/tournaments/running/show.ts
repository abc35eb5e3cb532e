import type { Pairing, Reservation } from '../../db/generated/client';
import { ratingOf } from '../../records/ratings';
import { CALL_SECONDS } from '../brackets/calling';
import { potAccount } from '../ledger/accounts';
import { refusal } from '../refusals';
import type { TournamentAction, TournamentView } from '../views/tournaments';
import { type Asker, type TournamentContext, today } from './context';
import { namesOrganizers, runs } from './limits';
import { type EntrantRow, findEntrants, namesOf } from './names';
import { iso, showPairing } from './show-pairing';
import { summarised, summaryOf, takenSeats } from './summary';

const OUT = ['withdrawn', 'disqualified', 'no_show', 'replaced'] as const;
const outOf = (text: string | null) => OUT.find((reason) => reason === text) ?? null;

/**
 * A tournament as its poster shows it.
 * @param asker null when signed out
 * @throws {AppError} no_event
 */
export async function showTournament(
  ctx: TournamentContext,
  tournamentId: string,
  asker: Asker | null,
): Promise<TournamentView> {
  const { db } = ctx;
  const row = await db.tournament.findUnique({
    where: { id: tournamentId },
    omit: { bracket: true },
    include: {
      ...summarised,
      organizers: { select: { userId: true, user: { select: { username: true } } } },
    },
  });
  if (!row) throw refusal('no_event', `Not found: there is no tournament ${tournamentId}.`);
  const [entrants, taken, pot, mine] = await Promise.all([
    findEntrants(db, tournamentId),
    takenSeats(db, [tournamentId]),
    db.ledgerAccount.findUnique({ where: { id: potAccount(tournamentId) }, select: { balance: true } }),
    asker && findMine(ctx, tournamentId, asker.playerId),
  ]);
  const ratings = await ratingOf(
    db,
    entrants.map(({ userId }) => userId),
    today(ctx),
  );
  const own = entrants.find(({ userId }) => userId === asker?.playerId);
  const shown = entrants.map((entrant) => ({
    playerId: entrant.userId,
    playerName: entrant.user.username,
    isGuest: entrant.user.isGuest,
    rating: ratings.get(entrant.userId) ?? { rating: 1500, deviation: 350, fights: 0, isProvisional: true },
    characterId: entrant.characterId,
    seed: entrant.seed,
    isCheckedIn: entrant.checkedInAt !== null,
    outBecause: outOf(entrant.outBecause),
    place: entrant.place,
    prize: entrant.prize,
  }));
  // Before the bracket the order foretells the seeds.
  const isSeeded = entrants.some(({ seed }) => seed !== null);
  return {
    ...summaryOf(row, taken(tournamentId)),
    now: iso(today(ctx)),
    version: row.version,
    blurb: row.blurb,
    announcement: row.announcement,
    checkInSeconds: row.checkInSeconds,
    admissionsPerMinute: row.admissionsPerMinute,
    durationSeconds: row.durationSeconds,
    callSeconds: CALL_SECONDS,
    pot: Number(pot?.balance ?? 0n),
    organizers: row.organizers.map(({ userId, user }) => ({ playerId: userId, playerName: user.username })),
    entrants: isSeeded ? shown : shown.toSorted((one, two) => two.rating.rating - one.rating.rating),
    my:
      asker && mine
        ? {
            isOrganizer: runs(row, asker),
            isEntrant: own !== undefined,
            isCheckedIn: own?.checkedInAt != null,
            outBecause: outOf(own?.outBecause ?? null),
            place: own?.place ?? null,
            reservation: mine.seat && {
              reservationId: mine.seat.id,
              state: mine.seat.status,
              seat: mine.seat.seat,
            },
            pairing: mine.pairing && showPairing(mine.pairing, namesOf(entrants)),
            isReady: own?.readyAt != null,
          }
        : null,
    may: asker && mine ? actionsOf(row, asker, own, mine.seat) : [],
  };
}

async function findMine(
  { db }: TournamentContext,
  tournamentId: string,
  playerId: string,
): Promise<{ seat: Reservation | null; pairing: Pairing | null }> {
  const [seat, pairing] = await Promise.all([
    db.reservation.findFirst({
      where: { eventId: tournamentId, userId: playerId },
      orderBy: { createdAt: 'desc' },
    }),
    db.pairing.findFirst({
      where: {
        tournamentId,
        status: { in: ['ready', 'called', 'running'] },
        OR: [{ player1Id: playerId }, { player2Id: playerId }],
      },
      orderBy: { number: 'asc' },
    }),
  ]);
  return { seat, pairing };
}

type ShownRow = Parameters<typeof runs>[0] & {
  readonly status: TournamentView['status'];
  readonly format: TournamentView['format'];
  readonly pausedAt: Date | null;
};

/** What this person may do now; the procedures decide anew. */
function actionsOf(
  row: ShownRow,
  asker: Asker,
  own: EntrantRow | undefined,
  seat: Reservation | null,
): TournamentAction[] {
  const { status, format } = row;
  const isBefore = status === 'scheduled' || status === 'open' || status === 'checkin';
  const isIn = own !== undefined && own.outBecause === null;
  const hasSeat = seat?.status === 'hold' || seat?.status === 'confirmed';
  const may: TournamentAction[] = [];
  if ((status === 'scheduled' || status === 'open') && !hasSeat) may.push('join');
  if ((isBefore && hasSeat) || (status === 'running' && isIn)) may.push('leave');
  if (status === 'checkin' && isIn && own.checkedInAt === null) may.push('checkIn');
  if (status === 'running' && format === 'arena' && isIn) may.push('standBy');
  if (isIn && status !== 'ended' && status !== 'cancelled') may.push('chooseFighter');
  if (!runs(row, asker) || status === 'ended' || status === 'cancelled') return may;
  if (isBefore) may.push('update');
  if (isBefore && namesOrganizers(row, asker)) may.push('nameOrganizers');
  if (status === 'scheduled') may.push('open');
  may.push('cancel', row.pausedAt ? 'resume' : 'pause', 'announce', 'disqualify', 'reschedule');
  if (status === 'running' && format !== 'arena') may.push('replace');
  return may;
}
