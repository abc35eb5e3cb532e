import type { z } from 'zod';
import type { Desk } from '../desk';
import { refusal } from '../refusals';
import type { paymentSchema, WaitingRoom } from '../views/waiting-room';
import { type TournamentContext, today } from './context';
import { callFor, checked, type Who } from './desk-calls';
import { withdraw } from './entering';
import { payFee } from './pay-fee';
import { type SeatView, seatOf } from './show-seat';
import { placeView } from './show-waiting-room';

/**
 * From the place in the queue to the seat, in two clicks: the pages' way to the same services that the gateway is in front of.
 * Each click may be made again after an answer was lost: it goes on where the last one stood.
 */

/** Takes a place in the queue, or gives the one that the person has. */
export async function takePlace(
  desk: Desk,
  { playerId }: Who,
  request: { readonly tournamentId: string; readonly nonce?: string | undefined },
): Promise<NonNullable<WaitingRoom['place']>> {
  const { tournamentId, nonce } = request;
  return placeView(await desk.queue.join({ eventId: tournamentId, userId: playerId, nonce }));
}

/** First click: admission and a seat that is held; without a fee it is confirmed at once. */
export async function reserve(
  ctx: TournamentContext,
  desk: Desk,
  who: Who,
  tournamentId: string,
): Promise<SeatView> {
  const { playerId } = who;
  const before = await latestSeat(ctx, tournamentId, playerId);
  const isHeld = before?.status === 'hold' && before.holdExpiresAt > today(ctx);
  const reservationId =
    before?.status === 'confirmed' || isHeld ? before.id : await createSeat(desk, who, tournamentId);
  const row = await ctx.db.reservation.findUnique({ where: { id: reservationId } });
  // Whoever keeps it has given it: the next click finds it.
  if (!row) throw refusal('upstream_away', 'The seat is held and not known here yet; try again.');
  if (row.fee > 0 || row.status !== 'hold') return seatOf(row);
  checked(
    await desk.reservations.confirmReservation(
      {
        reservation_id: reservationId,
        payment_intent_id: '',
        user_id: playerId,
        idempotency_key: `confirm:${reservationId}`,
      },
      callFor(who, `confirm:${reservationId}`),
    ),
  );
  return seatOf(await ctx.db.reservation.findUniqueOrThrow({ where: { id: reservationId } }));
}

async function createSeat(desk: Desk, who: Who, tournamentId: string): Promise<string> {
  const { playerId } = who;
  const place = desk.queue.placeOf(tournamentId, playerId);
  if (!place) throw refusal('no_place', 'Not found: take a place in the queue first.');
  const grant = await desk.queue.admit({ token: place.token, eventId: tournamentId, userId: playerId });
  // A place serves once, so its entry stands for the wish.
  const key = `reserve:${place.entryId}`;
  const { reservation_id } = checked(
    await desk.reservations.createReservation(
      {
        event_id: tournamentId,
        seat_ids: [],
        quantity: 1,
        user_id: playerId,
        reservation_token: grant.reservationToken,
        idempotency_key: key,
        metadata: undefined,
      },
      callFor(who, key),
    ),
  );
  return reservation_id;
}

const latestSeat = ({ db }: TournamentContext, eventId: string, userId: string) =>
  db.reservation.findFirst({ where: { eventId, userId }, orderBy: { createdAt: 'desc' } });

/** Second click: pays the fee and confirms the seat. */
export async function pay(
  ctx: TournamentContext,
  desk: Desk,
  who: Who,
  reservationId: string,
): Promise<{ seat: SeatView; payment: z.input<typeof paymentSchema> | null }> {
  const row = await ownSeat(ctx, who, reservationId);
  if (row.status === 'hold') {
    const paymentIntentId = row.fee > 0 ? await payFee(ctx, desk, who, row) : '';
    const key = `confirm:${reservationId}`;
    checked(
      await desk.reservations.confirmReservation(
        {
          reservation_id: reservationId,
          payment_intent_id: paymentIntentId,
          user_id: who.playerId,
          idempotency_key: key,
        },
        callFor(who, key),
      ),
    );
  } else if (row.status !== 'confirmed')
    throw refusal('reservation_over', `Conflict: this seat is ${row.status}.`);
  const [seat, payment] = await Promise.all([
    ctx.db.reservation.findUniqueOrThrow({ where: { id: reservationId } }),
    ctx.db.paymentIntent.findFirst({ where: { reservationId }, orderBy: { createdAt: 'desc' } }),
  ]);
  return {
    seat: seatOf(seat),
    payment: payment && {
      paymentIntentId: payment.id,
      state: payment.status,
      amount: Number(payment.amount),
      failureReason: payment.failureReason,
      refunded: Number(payment.refundedAmount),
    },
  };
}

/** Once, by as much as a hold lasts at most. */
export async function extendSeat(
  ctx: TournamentContext,
  desk: Desk,
  who: Who,
  reservationId: string,
): Promise<SeatView> {
  await ownSeat(ctx, who, reservationId);
  const key = `extend:${reservationId}`;
  checked(
    await desk.reservations.extendHold(
      {
        reservation_id: reservationId,
        user_id: who.playerId,
        // The service gives what there is.
        extension_seconds: 86_400,
        reason: '',
        idempotency_key: key,
      },
      callFor(who, key),
    ),
  );
  return seatOf(await ctx.db.reservation.findUniqueOrThrow({ where: { id: reservationId } }));
}

/** @throws {AppError} no_reservation, not_yours */
async function ownSeat({ db }: TournamentContext, { playerId }: Who, reservationId: string) {
  const row = await db.reservation.findUnique({ where: { id: reservationId } });
  if (!row) throw refusal('no_reservation', `Not found: there is no reservation ${reservationId}.`);
  if (row.userId !== playerId) throw refusal('not_yours', 'This seat is somebody else’s.');
  return row;
}

/** Gives up whatever the person has of a tournament: place, seat, or the rest of the bracket. */
export async function leaveTournament(
  ctx: TournamentContext,
  desk: Desk | undefined,
  who: Who,
  tournamentId: string,
): Promise<void> {
  if (await withdraw(ctx, who, tournamentId)) return;
  const place = desk?.queue.placeOf(tournamentId, who.playerId);
  if (desk && place) await desk.queue.leave(place.token, 'left');
  const seat = await ctx.db.reservation.findFirst({
    where: { eventId: tournamentId, userId: who.playerId, status: { in: ['hold', 'confirmed'] } },
  });
  if (!seat) return;
  if (!desk) throw refusal('upstream_away', 'Seats can’t be given back here at the moment.');
  const key = `cancel:${seat.id}`;
  checked(
    await desk.reservations.cancelReservation(
      { reservation_id: seat.id, user_id: who.playerId, reason: 'left', idempotency_key: key },
      callFor(who, key),
    ),
  );
}
