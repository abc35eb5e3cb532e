import { refusal } from '../refusals';
import type { ReservationsContext } from './context';
import { countSeat } from './counts';
import { extension, pauseFor } from './hold';
import { releaseSeat } from './releasing';
import type { Actor, Reservations, Seat } from './reservations';
import { lockEvent, lockSeat, nextVersion, readKept, TRANSACTION, toSeat } from './rows';

/** Gives a seat back; what was paid for it goes back, at once where that can be. */
export async function cancelSeat(
  ctx: ReservationsContext,
  request: { readonly reservationId: string; readonly reason: string; readonly actor: Actor },
): Promise<Seat> {
  const { reservationId, reason, actor } = request;
  const seen = await readKept(ctx.db, reservationId, actor);
  const row = await ctx.db.$transaction(async (tx) => {
    const event = await lockEvent(tx, seen.eventId, 'together');
    const locked = await lockSeat(tx, reservationId);
    if (!locked) throw refusal('no_reservation', 'Reservation not found.');
    return releaseSeat(tx, locked, event, reason, new Date(ctx.clock.now()));
  }, TRANSACTION);
  const seat = toSeat(row, new Date(ctx.clock.now()));
  ctx.feed.tell(seat);
  countSeat('cancelled');
  if (row.refundDue) await ctx.settle(reservationId);
  return seat;
}

const WORDS = {
  too_late: 'Conflict: the hold has expired.',
  extended_already: 'Conflict: the hold was extended already.',
  bad_request: 'Bad request: a hold is extended by at least a second.',
} as const;

/** Makes a hold last longer, once. */
export async function extendSeat(
  ctx: ReservationsContext,
  request: Parameters<Reservations['extend']>[0],
): Promise<{ readonly seat: Seat; readonly extendedSeconds: number }> {
  const { reservationId, seconds, actor, isForPayment = false } = request;
  await readKept(ctx.db, reservationId, actor);
  const { row, extendedSeconds } = await ctx.db.$transaction(async (tx) => {
    const locked = await lockSeat(tx, reservationId);
    if (!locked) throw refusal('no_reservation', 'Reservation not found.');
    const now = new Date(ctx.clock.now());
    const decided = isForPayment ? pauseFor(locked, now) : extension(locked, seconds, now, ctx.holdSeconds);
    if ('refused' in decided) {
      const { refused } = decided;
      const words = Object.entries(WORDS).find(([reason]) => reason === refused)?.[1];
      throw refusal(refused, words ?? `Conflict: the reservation is ${locked.status}.`);
    }
    const updated = await tx.reservation.update({
      where: { id: reservationId },
      data: { ...decided.patch, updatedAt: nextVersion(locked, now) },
    });
    return { row: updated, extendedSeconds: decided.seconds };
  }, TRANSACTION);
  const seat = toSeat(row, new Date(ctx.clock.now()));
  ctx.feed.tell(seat);
  ctx.holdMade(row.holdExpiresAt);
  countSeat('extended');
  return { seat, extendedSeconds };
}
