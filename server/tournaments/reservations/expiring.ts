import type { Reservation } from '../../db/generated/client';
import { Prisma } from '../../db/generated/client';
import { PAUSE_MS } from './hold';
import { type Tx, versionSql } from './rows';

/** Most holds that one statement ends. Those that another service keeps, it ends. */
const BATCH = 500;

/**
 * Ends holds whose time is over, in one statement. As many processes as like may do it at once: a hold that somebody else
 * has in hand (who confirms it, say) is left to them, and looked at again next time.
 */
export async function expireInside(
  tx: Tx,
  now: Date,
  only: { readonly eventId?: string } = {},
): Promise<Reservation[]> {
  const where = only.eventId === undefined ? Prisma.empty : Prisma.sql`AND "eventId" = ${only.eventId}`;
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Reservation" SET "status" = 'expired', "endedAt" = ${now}, "updatedAt" = ${versionSql(now)}, "pausedAt" = NULL
    WHERE "id" IN (
      SELECT "id" FROM "Reservation"
      WHERE "status" = 'hold' AND NOT "isElsewhere" AND "holdExpiresAt" <= ${now} ${where}
      ORDER BY "holdExpiresAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING "id"`;
  if (ended.length === 0) return [];
  return tx.reservation.findMany({ where: { id: { in: ended.map(({ id }) => id) } } });
}

/**
 * Ends one hold whose time is over, whoever has it in hand just now: it is waited for.
 * @returns undefined when there was nothing to end
 */
export async function expireOne(tx: Tx, reservationId: string, now: Date): Promise<Reservation | undefined> {
  const ended = await tx.$executeRaw`
    UPDATE "Reservation" SET "status" = 'expired', "endedAt" = ${now}, "updatedAt" = ${versionSql(now)}, "pausedAt" = NULL
    WHERE "id" = ${reservationId} AND "status" = 'hold' AND NOT "isElsewhere" AND "holdExpiresAt" <= ${now}`;
  if (ended === 0) return undefined;
  return (await tx.reservation.findUnique({ where: { id: reservationId } })) ?? undefined;
}

/** Countdowns go on whose pause is over; the end of the hold stays as it is. */
export async function endPauses(tx: Tx, now: Date): Promise<number> {
  const before = new Date(now.getTime() - PAUSE_MS);
  return tx.$executeRaw`
    UPDATE "Reservation" SET "pausedAt" = NULL, "updatedAt" = ${versionSql(now)}
    WHERE "id" IN (
      SELECT "id" FROM "Reservation" WHERE "status" = 'hold' AND "pausedAt" <= ${before}
      LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
}
