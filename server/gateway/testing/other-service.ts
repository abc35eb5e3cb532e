import {
  CancelReservationResponse,
  ConfirmReservationResponse,
  CreateReservationResponse,
  ExtendHoldResponse,
  GetReservationResponse,
  Reservation,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { refusal } from '../../tournaments/refusals';
import type { OtherOffice } from '../../tournaments/reservations/mirror/testing/other-office';
import type { ToldSeat } from '../../tournaments/reservations/mirror/told';
import { reservationStatus } from '../local-reservations';
import type { ReservationService } from '../services';

const price = (coins: number) => ({ amount: BigInt(coins), currency: 'COIN' });

const wire = (seat: ToldSeat): Reservation =>
  Reservation.create({
    reservation_id: seat.reservationId,
    event_id: seat.eventId,
    user_id: seat.userId,
    status: reservationStatus(seat.state),
    hold_expires_at: seat.holdExpiresAt,
    total_amount: price(seat.fee),
  });

/** The other office by the contract; its holds are extended once, and once more for a payment. */
export function otherService(office: OtherOffice, fee = 0): ReservationService {
  const nobody = new Proxy<object>({}, { get: () => () => Promise.reject(new Error('not asked')) });
  const extended = new Map<string, string>();
  return {
    ...(nobody as ReservationService),
    async createReservation({ event_id, user_id }) {
      const { reservationId, holdExpiresAt } = office.hold(event_id, user_id, { fee });
      return CreateReservationResponse.create({
        reservation_id: reservationId,
        status: reservationStatus('hold'),
        hold_expires_at: holdExpiresAt,
        total_amount: price(fee),
      });
    },
    async getReservation({ reservation_id }) {
      const seat = await office.get(reservation_id);
      if (!seat) throw refusal('no_reservation', 'Reservation not found.');
      return GetReservationResponse.create({ reservation: wire(seat) });
    },
    async confirmReservation({ reservation_id }) {
      const { orderId = '' } = office.turn(reservation_id, 'confirmed');
      return ConfirmReservationResponse.create({ order_id: orderId, status: reservationStatus('confirmed') });
    },
    async cancelReservation({ reservation_id }) {
      office.turn(reservation_id, 'cancelled');
      return CancelReservationResponse.create({ status: reservationStatus('cancelled') });
    },
    async extendHold({ reservation_id, extension_seconds, reason, idempotency_key }) {
      const before = await office.get(reservation_id);
      const once = `${reservation_id} ${reason}`;
      const key = extended.get(once);
      if (key !== undefined && key !== idempotency_key)
        throw refusal('extended_already', 'Conflict: the hold was extended already.');
      extended.set(once, idempotency_key);
      const from = before?.holdExpiresAt ?? new Date(0);
      const until = key === undefined ? office.extend(reservation_id, extension_seconds) : from;
      return ExtendHoldResponse.create({
        new_expires_at: until,
        extended_seconds: extension_seconds,
        extension_allowed: true,
      });
    },
  };
}
