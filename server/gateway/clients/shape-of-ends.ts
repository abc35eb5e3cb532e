import { z } from 'zod';
import {
  CancelReservationRequest,
  CancelReservationResponse,
  ConfirmReservationRequest,
  ConfirmReservationResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { readReservationError } from './reservation-errors';
import * as json from './reservation-json';
import { BASE, id, type Shape, said, userId } from './shape';

const { maybe, text } = json;

const confirmAnswer = z.object({
  orderId: text,
  status: json.status,
  confirmedAt: maybe(json.instant),
  seats: maybe(json.seats),
});
const cancelAnswer = z.object({
  status: json.status,
  cancelledAt: maybe(json.instant),
  seats: maybe(json.seats),
});
/** As its method of ReservationService. */
export const confirm: Shape<ConfirmReservationRequest, ConfirmReservationResponse> = {
  method: 'POST',
  path: `${BASE}/confirm`,
  success: 200,
  needsKey: false,
  readRequest({ body }) {
    const read = z.object({ reservationId: id, paymentIntentId: text.nullish(), userId }).parse(body);
    return ConfirmReservationRequest.create({
      reservation_id: read.reservationId,
      payment_intent_id: read.paymentIntentId ?? '',
      user_id: read.userId,
    });
  },
  writeAnswer: (answer, { reservation_id }) => ({
    orderId: answer.order_id,
    reservationId: reservation_id,
    status: json.statusOut(answer.status),
    confirmedAt: answer.confirmed_at,
    seats: json.seatsOut(answer.confirmed_seats),
  }),
  remote: {
    name: 'confirmReservation',
    isRead: false,
    grpc: ReservationServiceService.confirmReservation,
    failed: (error) => ConfirmReservationResponse.create({ error }),
    http: {
      write: (request) => ({
        method: 'POST',
        path: `${BASE}/confirm`,
        body: said({
          reservationId: request.reservation_id,
          paymentIntentId: request.payment_intent_id,
          userId: request.user_id,
        }),
      }),
      read(body) {
        const { seats = [], confirmedAt, ...read } = confirmAnswer.parse(body);
        return ConfirmReservationResponse.create({
          order_id: read.orderId,
          status: read.status,
          confirmed_seats: seats,
          ...(confirmedAt ? { confirmed_at: confirmedAt } : {}),
        });
      },
      readError: readReservationError,
    },
  },
};

/** As its method of ReservationService. */
export const cancel: Shape<CancelReservationRequest, CancelReservationResponse> = {
  method: 'POST',
  path: `${BASE}/cancel`,
  success: 200,
  needsKey: false,
  readRequest({ body }) {
    const read = z.object({ reservationId: id, reason: text.nullish(), userId }).parse(body);
    return CancelReservationRequest.create({
      reservation_id: read.reservationId,
      reason: read.reason ?? '',
      user_id: read.userId,
    });
  },
  writeAnswer: (answer, { reservation_id }) => ({
    reservationId: reservation_id,
    status: json.statusOut(answer.status),
    cancelledAt: answer.cancelled_at,
    seats: json.seatsOut(answer.released_seats),
  }),
  remote: {
    name: 'cancelReservation',
    isRead: false,
    grpc: ReservationServiceService.cancelReservation,
    failed: (error) => CancelReservationResponse.create({ error }),
    http: {
      write: (request) => ({
        method: 'POST',
        path: `${BASE}/cancel`,
        body: said({
          reservationId: request.reservation_id,
          reason: request.reason,
          userId: request.user_id,
        }),
      }),
      read(body) {
        const { seats = [], cancelledAt, status } = cancelAnswer.parse(body);
        return CancelReservationResponse.create({
          status,
          released_seats: seats,
          ...(cancelledAt ? { cancelled_at: cancelledAt } : {}),
        });
      },
      readError: readReservationError,
    },
  },
};
