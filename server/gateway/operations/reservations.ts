import { type Defined, define } from '../define';
import type { ReservationService } from '../services';
import { cancelReservation, confirmReservation } from './reservation-ends';
import { createReservation, extendHold } from './reservation-holds';
import { getReservation, listReservations } from './reservation-looks';

/** What can be asked of seats, by the names of `service`, wherever it keeps them. */
export const reservationCalls = (service: ReservationService) => ({
  createReservation: createReservation(service),
  getReservation: getReservation(service),
  confirmReservation: confirmReservation(service),
  cancelReservation: cancelReservation(service),
  listReservations: listReservations(service),
  extendHold: extendHold(service),
});

/** Seats (`reservation.v1.ReservationService`, `/api/v1/reservations`), wherever `service` keeps them. */
export function reservationOperations(service: ReservationService): Defined[] {
  const calls = reservationCalls(service);
  return [
    define(calls.createReservation),
    define(calls.getReservation),
    define(calls.confirmReservation),
    define(calls.cancelReservation),
    define(calls.listReservations),
    define(calls.extendHold),
  ];
}
