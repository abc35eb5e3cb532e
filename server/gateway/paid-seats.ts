import type { Db } from '../db/client';
import type { PayableSeat } from '../tournaments/payments/seats';
import { refusal } from '../tournaments/refusals';
import { isLive, PAUSE_MS } from '../tournaments/reservations/hold';
import type { PaymentHooks } from '../tournaments/reservations/paying-elsewhere';
import type { Reservations } from '../tournaments/reservations/reservations';
import { askSeat } from './ask-seat';
import { refusalOf } from './failures';
import { ownCall } from './own-call';
import type { ReservationService } from './services';

/** What whoever makes payments has to know of a seat, and tells of it, wherever it is kept. */
export interface PaidSeats extends PaymentHooks {
  /** @throws no_reservation, not_yours */
  look(reservationId: string, userId: string): Promise<PayableSeat>;
}

/** Seats that are kept here. */
export const paidSeatsHere = (reservations: Pick<Reservations, 'get'> & PaymentHooks): PaidSeats => ({
  look: (reservationId, userId) => reservations.get(reservationId, { playerId: userId }),
  notePayment: reservations.notePayment,
  pauseForPayment: reservations.pauseForPayment,
  resumeAfterPayment: reservations.resumeAfterPayment,
});

/**
 * Seats of another service. Where it is one of ours on the same database, its rows are changed as they are here; a foreign
 * one is asked for more time, once, and what is given so can't be taken back.
 * @param service told of here too (`mirroredReservations`)
 */
export function paidSeatsElsewhere(db: Db, service: ReservationService, hooks: PaymentHooks): PaidSeats {
  const rowOf = (id: string) => db.reservation.findUnique({ where: { id } });

  /** The key is the same each time: a repeat after a crash extends nothing again. */
  async function extend(reservationId: string, userId: string): Promise<void> {
    const key = `pause:${reservationId}`;
    const request = {
      reservation_id: reservationId,
      user_id: userId,
      extension_seconds: PAUSE_MS / 1_000,
      reason: 'payment',
      idempotency_key: key,
    };
    const { error } = await service.extendHold(request, ownCall(key));
    if (error) throw refusalOf(error, 'reservation');
  }

  return {
    async look(reservationId, userId) {
      const row = await rowOf(reservationId);
      // What ended here is over, also before it is given back there.
      if (row && !isLive(row.status)) return { ...row, state: row.status, paymentIntentId: undefined };
      const seat = await askSeat(service, reservationId, userId);
      if (!seat) throw refusal('no_reservation', 'Reservation not found.');
      return seat;
    },
    notePayment: hooks.notePayment,
    async pauseForPayment(reservationId) {
      const row = await rowOf(reservationId);
      if (row && !row.isElsewhere) return hooks.pauseForPayment(reservationId);
      if (row && !row.pauseUsed) await extend(reservationId, row.userId);
    },
    async resumeAfterPayment(reservationId, isPaid) {
      const row = await rowOf(reservationId);
      if (row && !row.isElsewhere) await hooks.resumeAfterPayment(reservationId, isPaid);
    },
  };
}
