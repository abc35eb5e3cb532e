import {
  type PageInfo,
  type Pagination,
  SeatStatus,
  type Seat as WireSeat,
} from '../grpc/gen/proto/common/v1/types';
import { type Reservation, ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import { refusal } from '../tournaments/refusals';
import type { ReservationState, Reservations, Seat } from '../tournaments/reservations/reservations';
import type { People } from './people';
import type { CallInfo, ReservationService } from './services';
import { CURRENCY } from './wire-json';

const STATUS = {
  hold: ReservationStatus.RESERVATION_STATUS_HOLD,
  confirmed: ReservationStatus.RESERVATION_STATUS_CONFIRMED,
  cancelled: ReservationStatus.RESERVATION_STATUS_CANCELLED,
  expired: ReservationStatus.RESERVATION_STATUS_EXPIRED,
} as const satisfies Record<ReservationState, ReservationStatus>;

/** The contract's number of a seat's state. */
export const reservationStatus = (state: ReservationState): ReservationStatus => STATUS[state];

const SEAT_STATUS = {
  hold: SeatStatus.SEAT_STATUS_RESERVED,
  confirmed: SeatStatus.SEAT_STATUS_SOLD,
  cancelled: SeatStatus.SEAT_STATUS_AVAILABLE,
  expired: SeatStatus.SEAT_STATUS_AVAILABLE,
} as const satisfies Record<ReservationState, SeatStatus>;

const price = (coins: number) => ({ amount: BigInt(coins), currency: CURRENCY });

function wireSeat({ seat, fee, state }: Seat): WireSeat {
  const number = String(seat);
  return { id: number, section: '', row: '', number, price: price(fee), status: SEAT_STATUS[state] };
}

function wireReservation(seat: Seat): Reservation {
  return {
    reservation_id: seat.reservationId,
    event_id: seat.eventId,
    user_id: seat.userId,
    status: STATUS[seat.state],
    seats: [wireSeat(seat)],
    quantity: 1,
    total_amount: price(seat.fee),
    created_at: seat.createdAt,
    updated_at: seat.updatedAt,
    hold_expires_at: seat.holdExpiresAt,
    payment_intent_id: seat.paymentIntentId ?? '',
    order_id: seat.orderId ?? '',
    metadata: undefined,
  };
}

const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

/** @throws bad_request for a page by its number: pages follow each other by cursor */
export function pageOf(pagination: Pagination | undefined): {
  readonly limit: number;
  readonly cursor: string | undefined;
} {
  const { page = 0, page_size = 0, cursor = '' } = pagination ?? {};
  if (page > 1 && cursor === '')
    throw refusal('bad_request', 'bad request: pages follow each other by cursor; send next_cursor.');
  return { limit: Math.min(MAX_PAGE, page_size > 0 ? page_size : DEFAULT_PAGE), cursor: cursor || undefined };
}

export function pageInfo(
  { next, total }: { readonly next: string | undefined; readonly total: number },
  pagination: Pagination | undefined,
): PageInfo {
  return {
    total_count: total,
    has_next_page: next !== undefined,
    has_previous_page: (pagination?.cursor ?? '') !== '',
    next_cursor: next ?? '',
    previous_cursor: '',
  };
}

/** The state of a number; undefined for 0. @throws bad_request */
export function reservationState(status: ReservationStatus): ReservationState | undefined {
  if (status === ReservationStatus.RESERVATION_STATUS_UNSPECIFIED) return undefined;
  for (const state of ['hold', 'confirmed', 'cancelled', 'expired'] as const)
    if (STATUS[state] === status) return state;
  throw refusal('bad_request', 'bad request: no reservation has this status.');
}

/** @throws missing_reservation_id */
function named(reservationId: string): string {
  if (reservationId === '')
    throw refusal('missing_reservation_id', 'bad request: reservation_id is missing.');
  return reservationId;
}

/** The arcade's own seats as the message-level service; it rejects with refusals, which the border tells in-band. */
export function localReservations(reservations: Reservations, people: People): ReservationService {
  return {
    async createReservation(request, call) {
      if (request.event_id === '') throw refusal('missing_event_id', 'bad request: event_id is missing.');
      if (request.quantity <= 0 && request.seat_ids.length === 0)
        throw refusal('missing_seats', 'bad request: quantity or seat_ids is needed.');
      const seat = await reservations.create({
        eventId: request.event_id,
        userId: await people.subject(call, request.user_id),
        quantity: request.quantity > 0 ? request.quantity : request.seat_ids.length,
        seatIds: request.seat_ids,
        token: request.reservation_token,
        key: call.idempotencyKey || request.idempotency_key || undefined,
      });
      return {
        reservation_id: seat.reservationId,
        status: STATUS[seat.state],
        hold_expires_at: seat.holdExpiresAt,
        reserved_seats: [wireSeat(seat)],
        total_amount: price(seat.fee),
        payment_url: '',
        error: undefined,
      };
    },
    async getReservation({ reservation_id, user_id }, call) {
      const seat = await reservations.get(named(reservation_id), people.actor(call, user_id));
      return { reservation: wireReservation(seat), error: undefined };
    },
    async confirmReservation({ reservation_id, payment_intent_id, user_id }, call) {
      const seat = await reservations.confirm({
        reservationId: named(reservation_id),
        paymentIntentId: payment_intent_id || undefined,
        actor: people.actor(call, user_id),
      });
      return {
        order_id: seat.orderId ?? '',
        status: STATUS[seat.state],
        confirmed_at: seat.confirmedAt,
        confirmed_seats: [wireSeat(seat)],
        error: undefined,
      };
    },
    async cancelReservation({ reservation_id, reason, user_id }, call) {
      const seat = await reservations.cancel({
        reservationId: named(reservation_id),
        reason: reason.slice(0, 200),
        actor: people.actor(call, user_id),
      });
      return {
        status: STATUS[seat.state],
        cancelled_at: seat.endedAt,
        released_seats: [wireSeat(seat)],
        error: undefined,
      };
    },
    async listReservations({ user_id, event_id, status, pagination }, call) {
      const { seats, nextCursor, total } = await reservations.list({
        userId: listed(people, call, user_id),
        eventId: event_id || undefined,
        state: reservationState(status),
        ...pageOf(pagination),
      });
      return {
        reservations: seats.map(wireReservation),
        page_info: pageInfo({ next: nextCursor, total }, pagination),
        error: undefined,
      };
    },
    async extendHold({ reservation_id, user_id, extension_seconds, reason }, call) {
      if (extension_seconds <= 0)
        throw refusal('bad_request', 'bad request: extension_seconds has to be more than 0.');
      const { seat, extendedSeconds } = await reservations.extend({
        reservationId: named(reservation_id),
        seconds: extension_seconds,
        isForPayment: reason === 'payment' && call.caller.kind === 'trusted',
        actor: people.actor(call, user_id),
      });
      return {
        new_expires_at: seat.holdExpiresAt,
        extended_seconds: extendedSeconds,
        extension_allowed: extendedSeconds > 0,
        error: undefined,
      };
    },
  };
}

/** Whose things a list shows: one's own; everybody's to a trusted peer that names nobody. */
export function listed(people: People, call: CallInfo, userId: string): string | undefined {
  const actor = people.actor(call, userId);
  return actor === 'trusted' ? undefined : actor.playerId;
}
