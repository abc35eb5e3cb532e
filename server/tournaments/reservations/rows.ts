import { Prisma, type PrismaClient, type Reservation } from '../../db/generated/client';
import { refusal } from '../refusals';
import { type EventFacts, isHeld, isPaused } from './hold';
import type { Actor, Seat } from './reservations';

/** Inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** A burst waits for a connection of the pool instead of failing. */
export const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

/** A seat's row as the rest of the server sees it. */
export function toSeat(row: Reservation, now: Date): Seat {
  return {
    reservationId: row.id,
    eventId: row.eventId,
    userId: row.userId,
    state: row.status,
    seat: row.seat,
    fee: row.fee,
    holdExpiresAt: row.holdExpiresAt,
    isPaused: isPaused(row, now),
    mayExtend: row.status === 'hold' && !row.extended,
    paymentIntentId: row.paymentIntentId ?? undefined,
    orderId: row.orderId ?? undefined,
    reason: row.reason ?? undefined,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    confirmedAt: row.confirmedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
  };
}

/** As somebody is told of it: a hold whose time is over is over, whether or not a job has written so. */
export function toSeatNow(row: Reservation, now: Date): Seat {
  const seat = toSeat(row, now);
  if (row.status !== 'hold' || isHeld(row, now)) return seat;
  return { ...seat, state: 'expired', mayExtend: false, endedAt: row.holdExpiresAt };
}

/** When a row changes: always after its last change, as clocks of several machines differ. */
export const nextVersion = ({ updatedAt }: Pick<Reservation, 'updatedAt'>, now: Date): Date =>
  now > updatedAt ? now : new Date(updatedAt.getTime() + 1);

/** Something may have been paid for it. */
export const mayOwe = ({ fee, paymentIntentId }: Pick<Reservation, 'fee' | 'paymentIntentId'>): boolean =>
  fee > 0 || paymentIntentId !== null;

/** {@link nextVersion} of the rows that a statement changes. */
export const versionSql = (now: Date): Prisma.Sql =>
  Prisma.sql`GREATEST(${now}::timestamp(3), "updatedAt" + interval '1 millisecond')`;

/** @throws not_yours */
export function assertTheirs({ userId }: { readonly userId: string }, actor: Actor): void {
  if (actor !== 'trusted' && actor.playerId !== userId)
    throw refusal('not_yours', 'This reservation is somebody else’s.');
}

/** @throws no_reservation, not_yours */
export async function readOwn(
  db: PrismaClient | Tx,
  reservationId: string,
  actor: Actor,
): Promise<Reservation> {
  const row = await db.reservation.findUnique({ where: { id: reservationId } });
  if (!row) throw refusal('no_reservation', 'Reservation not found.');
  assertTheirs(row, actor);
  return row;
}

/**
 * One's own seat, to do something with it: what another service keeps is only shown here.
 * @throws no_reservation, not_yours
 */
export async function readKept(
  db: PrismaClient | Tx,
  reservationId: string,
  actor: Actor,
): Promise<Reservation> {
  const row = await readOwn(db, reservationId, actor);
  if (row.isElsewhere) throw refusal('no_reservation', 'Reservation not found: another service keeps it.');
  return row;
}

export type EventRow = EventFacts & { readonly seats: number; readonly fee: number };

/**
 * Keeps a tournament as it is until the transaction ends. Locks are always taken in this order: tournament, reservation,
 * payment intent, accounts.
 * @param how `alone`: nobody else gives out a seat meanwhile; `together`: as many as like
 * @throws no_event
 */
export async function lockEvent(tx: Tx, eventId: string, how: 'alone' | 'together'): Promise<EventRow> {
  // Neither stands in the way of rows that refer to it.
  if (how === 'alone') await lockSeats(tx, eventId);
  else await tx.$queryRaw`SELECT 1 FROM "Tournament" WHERE "id" = ${eventId} FOR SHARE`;
  const row = await tx.tournament.findUnique({
    where: { id: eventId },
    select: {
      status: true,
      opensAt: true,
      closesAt: true,
      startsAt: true,
      pausedAt: true,
      seats: true,
      fee: true,
    },
  });
  if (!row) throw refusal('no_event', 'Event not found: there is no tournament of this id.');
  return row;
}

/** Nobody else gives out a seat of this event until the transaction ends. */
export async function lockSeats(tx: Tx, eventId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Tournament" WHERE "id" = ${eventId} FOR NO KEY UPDATE`;
}

/** Keeps a seat as it is until the transaction ends; null where it is not known. */
export async function lockSeat(tx: Tx, reservationId: string): Promise<Reservation | null> {
  await tx.$queryRaw`SELECT 1 FROM "Reservation" WHERE "id" = ${reservationId} FOR UPDATE`;
  return tx.reservation.findUnique({ where: { id: reservationId } });
}
