import { ErrorCode } from '../grpc/gen/proto/common/v1/errors';
import type { Reservation, ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import { refusal } from '../tournaments/refusals';
import type { ToldSeat } from '../tournaments/reservations/mirror/told';
import { refusalOf } from './failures';
import { reservationState } from './local-reservations';
import { ownCall } from './own-call';
import type { ReservationService } from './services';
import { requireStorable } from './storable';
import { coins } from './wire-json';

/** The number of a seat; undefined where it has a name. */
export const numberOf = (seats: readonly { readonly id: string; readonly number: string }[]) => {
  const [seat] = seats;
  const name = seat?.number || seat?.id || '';
  return /^\d{1,9}$/.test(name) ? Number(name) : undefined;
};

/**
 * A reservation of the contract as the arcade sees it.
 * @param asked the state that was asked for, for a service that tells none
 * @throws upstream_broken, bad_request
 */
export function toldOf(reservation: Reservation, asked?: ReservationStatus): ToldSeat {
  requireStorable(reservation);
  const state = reservationState(reservation.status || asked || reservation.status);
  if (state === undefined) throw refusal('upstream_broken', 'The reservation service tells no status.');
  return {
    reservationId: reservation.reservation_id,
    eventId: reservation.event_id,
    userId: reservation.user_id,
    state,
    seat: numberOf(reservation.seats),
    fee: coins(reservation.total_amount),
    holdExpiresAt: reservation.hold_expires_at,
    paymentIntentId: reservation.payment_intent_id || undefined,
    orderId: reservation.order_id || undefined,
  };
}

/**
 * Asks whoever keeps a seat about it.
 * @returns undefined: it knows none of this id
 * @throws what it could not do
 */
export async function askSeat(
  service: Pick<ReservationService, 'getReservation'>,
  reservationId: string,
  userId = '',
): Promise<ToldSeat | undefined> {
  const request = { reservation_id: reservationId, user_id: userId };
  const { reservation, error } = await service.getReservation(request, ownCall());
  if (error?.code === ErrorCode.ERROR_CODE_NOT_FOUND) return undefined;
  if (error) throw refusalOf(error, 'reservation');
  return reservation && toldOf(reservation);
}
