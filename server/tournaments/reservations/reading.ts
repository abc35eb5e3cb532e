import type { Db } from '../../db/client';
import type { Prisma } from '../../db/generated/client';
import { afterCursor, toPage } from '../../records/page-cursor';
import { refusal } from '../refusals';
import type { ReservationState, Reservations } from './reservations';
import { toSeatNow } from './rows';

/** @throws bad_request for a cursor that is none */
export function afterPage(cursor: string | undefined): ReturnType<typeof afterCursor> {
  try {
    return afterCursor(cursor);
  } catch (cause) {
    throw refusal('bad_request', 'Bad request: the page cursor is not valid.', { cause });
  }
}

/** A hold whose time is over counts as expired before a job has written so. */
function inState(state: ReservationState, now: Date): Prisma.ReservationWhereInput {
  if (state === 'hold') return { status: 'hold', holdExpiresAt: { gt: now } };
  if (state !== 'expired') return { status: state };
  return { OR: [{ status: 'expired' }, { status: 'hold', holdExpiresAt: { lte: now } }] };
}

export async function listSeats(
  db: Db,
  { userId, eventId, state, limit, cursor }: Parameters<Reservations['list']>[0],
  now: Date,
): ReturnType<Reservations['list']> {
  const where: Prisma.ReservationWhereInput = {
    ...(userId === undefined ? {} : { userId }),
    ...(eventId === undefined ? {} : { eventId }),
    ...(state === undefined ? {} : inState(state, now)),
  };
  const [rows, total] = await Promise.all([
    db.reservation.findMany({
      where: { AND: [where, afterPage(cursor)] },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
    db.reservation.count({ where }),
  ]);
  const page = toPage(rows, limit);
  return {
    seats: page.rows.map((row) => toSeatNow(row, now)),
    nextCursor: page.nextCursor ?? undefined,
    total,
  };
}

export async function countSeats(
  db: Db,
  eventId: string,
  now: Date,
): ReturnType<Reservations['availability']> {
  // One statement, and so one snapshot.
  const [row] = await db.$queryRaw<{ seats: number; held: number; confirmed: number }[]>`
    SELECT t."seats",
      count(r."id") FILTER (WHERE r."status" = 'hold' AND r."holdExpiresAt" > ${now})::int AS "held",
      count(r."id") FILTER (WHERE r."status" = 'confirmed')::int AS "confirmed"
    FROM "Tournament" t
    LEFT JOIN "Reservation" r ON r."eventId" = t."id" AND r."status" IN ('hold', 'confirmed')
    WHERE t."id" = ${eventId} GROUP BY t."id"`;
  if (!row) throw refusal('no_event', 'Event not found: there is no tournament of this id.');
  return row;
}
