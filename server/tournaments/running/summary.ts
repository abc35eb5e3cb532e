import type { Prisma } from '../../db/generated/client';
import { endsAt } from '../arena/run';
import type { TournamentSummary } from '../views/tournaments';
import { checkInAt } from './lifecycle';
import { iso, isoOrNull } from './show-pairing';

/** What a summary is made from. */
export const summarised = {
  owner: { select: { id: true, username: true } },
  entrants: { where: { place: 1 }, take: 1, select: { user: { select: { id: true, username: true } } } },
} as const satisfies Prisma.TournamentInclude;
export type SummaryRow = Omit<Prisma.TournamentGetPayload<{ include: typeof summarised }>, 'bracket'>;

/** Seats of a tournament that are confirmed, and held. */
export interface Taken {
  readonly confirmed: number;
  readonly held: number;
}

/** Seats that are taken, by tournament. */
export async function takenSeats(
  db: { readonly reservation: Prisma.TransactionClient['reservation'] },
  tournamentIds: readonly string[],
): Promise<(tournamentId: string) => Taken> {
  const rows = await db.reservation.groupBy({
    by: ['eventId', 'status'],
    where: { eventId: { in: [...tournamentIds] }, status: { in: ['hold', 'confirmed'] } },
    _count: { _all: true },
  });
  const count = (id: string, status: string) =>
    rows.find((row) => row.eventId === id && row.status === status)?._count._all ?? 0;
  return (id) => ({ confirmed: count(id, 'confirmed'), held: count(id, 'hold') });
}

export function summaryOf(row: SummaryRow, { confirmed, held }: Taken): TournamentSummary {
  const [first] = row.entrants;
  return {
    tournamentId: row.id,
    name: row.name,
    format: row.format,
    status: row.status,
    isPaused: row.pausedAt !== null,
    reason: row.reason,
    seats: row.seats,
    confirmed,
    held,
    fee: row.fee,
    bestOf: row.bestOf,
    prizes: row.prizes,
    opensAt: iso(row.opensAt),
    closesAt: iso(row.closesAt),
    checkInAt: isoOrNull(checkInAt(row)),
    startsAt: iso(row.startsAt),
    endsAt: row.format === 'arena' ? iso(endsAt(row)) : null,
    endedAt: isoOrNull(row.endedAt),
    owner: { playerId: row.owner.id, playerName: row.owner.username },
    winner: first ? { playerId: first.user.id, playerName: first.user.username } : null,
  };
}
