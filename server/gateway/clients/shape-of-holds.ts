import { z } from 'zod';
import {
  CreateReservationRequest,
  CreateReservationResponse,
  ExtendHoldRequest,
  ExtendHoldResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { readReservationError } from './reservation-errors';
import * as json from './reservation-json';
import { BASE, id, type Shape, said, seconds, userId } from './shape';

const { maybe, text } = json;

const createBody = z.object({
  eventId: id,
  quantity: z.int().min(0).max(1_000).nullish(),
  seatIds: z.array(text).max(100).nullish(),
  reservationToken: text.nullish(),
  userId,
});
const createAnswer = z.object({
  reservationId: text,
  status: json.status,
  holdExpiresAt: maybe(json.instant),
  seats: maybe(json.seats),
  totalAmount: maybe(json.money),
  paymentUrl: maybe(text),
});
const extendAnswer = z.object({
  holdExpiresAt: maybe(json.instant),
  extendedSeconds: seconds,
  extensionAllowed: z.boolean(),
});

/** As its method of ReservationService. */
export const create: Shape<CreateReservationRequest, CreateReservationResponse> = {
  method: 'POST',
  path: BASE,
  success: 201,
  needsKey: true,
  readRequest({ body }) {
    const read = createBody.parse(body);
    return CreateReservationRequest.create({
      event_id: read.eventId,
      quantity: read.quantity ?? 0,
      seat_ids: read.seatIds ?? [],
      reservation_token: read.reservationToken ?? '',
      user_id: read.userId,
    });
  },
  writeAnswer: (answer) => ({
    reservationId: answer.reservation_id,
    status: json.statusOut(answer.status),
    holdExpiresAt: answer.hold_expires_at,
    seats: json.seatsOut(answer.reserved_seats),
    totalAmount: json.moneyOut(answer.total_amount),
    paymentUrl: answer.payment_url || undefined,
  }),
  remote: {
    name: 'createReservation',
    isRead: false,
    grpc: ReservationServiceService.createReservation,
    failed: (error) => CreateReservationResponse.create({ error }),
    http: {
      write: (request) => ({
        method: 'POST',
        path: BASE,
        body: said({
          eventId: request.event_id,
          quantity: request.quantity,
          seatIds: request.seat_ids,
          reservationToken: request.reservation_token,
          userId: request.user_id,
        }),
      }),
      read(body) {
        const { seats = [], totalAmount, holdExpiresAt, ...read } = createAnswer.parse(body);
        return CreateReservationResponse.create({
          reservation_id: read.reservationId,
          status: read.status,
          reserved_seats: seats,
          payment_url: read.paymentUrl ?? '',
          ...(holdExpiresAt ? { hold_expires_at: holdExpiresAt } : {}),
          ...(totalAmount ? { total_amount: totalAmount } : {}),
        });
      },
      readError: readReservationError,
    },
  },
};

/** As its method of ReservationService. */
export const extend: Shape<ExtendHoldRequest, ExtendHoldResponse> = {
  method: 'POST',
  path: `${BASE}/extend`,
  success: 200,
  needsKey: false,
  readRequest({ body }) {
    const read = z
      .object({ reservationId: id, extensionSeconds: seconds, reason: text.nullish(), userId })
      .parse(body);
    return ExtendHoldRequest.create({
      reservation_id: read.reservationId,
      extension_seconds: read.extensionSeconds,
      reason: read.reason ?? '',
      user_id: read.userId,
    });
  },
  writeAnswer: (answer, { reservation_id }) => ({
    reservationId: reservation_id,
    holdExpiresAt: answer.new_expires_at,
    extendedSeconds: answer.extended_seconds,
    extensionAllowed: answer.extension_allowed,
  }),
  remote: {
    name: 'extendHold',
    isRead: false,
    grpc: ReservationServiceService.extendHold,
    failed: (error) => ExtendHoldResponse.create({ error }),
    http: {
      write: (request) => ({
        method: 'POST',
        path: `${BASE}/extend`,
        body: said({
          reservationId: request.reservation_id,
          extensionSeconds: request.extension_seconds,
          reason: request.reason,
          userId: request.user_id,
        }),
      }),
      read(body) {
        const { holdExpiresAt, extendedSeconds, extensionAllowed } = extendAnswer.parse(body);
        return ExtendHoldResponse.create({
          extended_seconds: extendedSeconds,
          extension_allowed: extensionAllowed,
          ...(holdExpiresAt ? { new_expires_at: holdExpiresAt } : {}),
        });
      },
      readError: readReservationError,
    },
  },
};
