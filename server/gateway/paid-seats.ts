import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';
import { isLive, PAUSE_MS } from '../tournaments/reservations/hold';
import type { PaymentHooks } from '../tournaments/reservations/paying-elsewhere';
import type { ReservationState, Reservations } from '../tournaments/reservations/reservations';
import { assertTheirs } from '../tournaments/reservations/rows';
import { ownCall } from './elsewhere';
import { refusalOf } from './failures';
import { reservationState } from './local-reservations';
import type { ReservationService } from './services';
import { coins } from './wire-json';

/** What whoever makes payments has to know of a seat, and tells of it, wherever it is kept. */
export interface PaidSeats extends PaymentHooks {
  /** @throws no_reservation, not_yours */
  look(
    reservationId: string,
    userId: string,
  ): Promise<{ readonly state: ReservationState; readonly fee: number }>;
}

/** Seats that are kept here. */
export const seatsHere = (reservations: Pick<Reservations, 'get'> & PaymentHooks): PaidSeats => ({
  look: (reservationId, userId) => reservations.get(reservationId, { playerId: userId }),
  notePayment: reservations.notePayment,
  pauseForPayment: reservations.pauseForPayment,
  resumeAfterPayment: reservations.resumeAfterPayment,
});

/**
 * Seats of another service. Where it is one of ours on the same database, its rows are changed as they are here; a foreign
 * one is asked to extend the hold, once, and what is given so can't be taken back.
 */
export function seatsElsewhere(db: Db, service: ReservationService, hooks: PaymentHooks): PaidSeats {
  const rowOf = (id: string) =>
    db.reservation.findUnique({
      where: { id },
      select: { isElsewhere: true, userId: true, pauseUsed: true, status: true, fee: true },
    });

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
      if (row && !isLive(row.status)) {
        assertTheirs(row, { playerId: userId });
        return { state: row.status, fee: row.fee };
      }
      const request = { reservation_id: reservationId, user_id: userId };
      const { reservation, error } = await service.getReservation(request, ownCall());
      if (error) throw refusalOf(error, 'reservation');
      if (!reservation) throw refusal('no_reservation', 'Reservation not found.');
      if (reservation.user_id !== userId) throw refusal('not_yours', 'This reservation is somebody else’s.');
      return {
        state: reservationState(reservation.status) ?? 'hold',
        fee: coins(reservation.total_amount),
      };
    },
    notePayment: hooks.notePayment,
    async pauseForPayment(reservationId) {
      const row = await rowOf(reservationId);
      if (row && !row.isElsewhere) return hooks.pauseForPayment(reservationId);
      if (!row || row.pauseUsed) return;
      await extend(reservationId, row.userId);
      await db.reservation.updateMany({ where: { id: reservationId }, data: { pauseUsed: true } });
    },
    async resumeAfterPayment(reservationId, isPaid) {
      const row = await rowOf(reservationId);
      if (row && !row.isElsewhere) await hooks.resumeAfterPayment(reservationId, isPaid);
    },
  };
}
