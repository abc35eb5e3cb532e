import { z } from 'zod';
import {
  CancelReservationRequest,
  CancelReservationResponse,
  ConfirmReservationRequest,
  ConfirmReservationResponse,
  CreateReservationRequest,
  CreateReservationResponse,
  ExtendHoldRequest,
  ExtendHoldResponse,
  GetReservationRequest,
  GetReservationResponse,
  ListReservationsRequest,
  ListReservationsResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import type { Answer, Json } from '../operation';
import { reservationStatusOf } from '../wire-json';
import type { Remote } from './remote';
import { readReservationError } from './reservation-errors';
import * as json from './reservation-json';

/** What the server's end of the shape gets. */
export interface ShapeInput {
  readonly params: Json;
  readonly query: Json;
  readonly body: unknown;
}

/** A method with both ends of its HTTP shape: the client's in `remote`, the server's beside it. */
export interface Shape<Request, Response extends Answer> {
  readonly remote: Remote<Request, Response>;
  readonly method: 'GET' | 'POST';
  /** As find-my-way has it. */
  readonly path: string;
  readonly success: number;
  readonly needsKey: boolean;
  /** @throws zod's error */
  readRequest(input: ShapeInput): Request;
  writeAnswer(answer: Response, request: Request): Json;
}

const BASE = '/v1/reservations';
const { maybe, text } = json;
const id = z.string().trim().min(1, 'is missing').max(200);
const userId = text.nullish().transform((value) => value ?? '');
const seconds = z.int().min(0).max(86_400);

/** Leaves empty fields out: a service that is strict about them sees only what says something. */
function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
  );
}

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
const listAnswer = z.object({
  reservations: z.array(json.reservation).max(1_000),
  totalCount: maybe(z.int().min(0)),
  nextCursor: maybe(text),
});
const extendAnswer = z.object({
  holdExpiresAt: maybe(json.instant),
  extendedSeconds: seconds,
  extensionAllowed: z.boolean(),
});

const create: Shape<CreateReservationRequest, CreateReservationResponse> = {
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

const get: Shape<GetReservationRequest, GetReservationResponse> = {
  method: 'GET',
  path: `${BASE}/:id`,
  success: 200,
  needsKey: false,
  readRequest: ({ params, query }) =>
    GetReservationRequest.create({
      reservation_id: id.parse(params.id),
      user_id: userId.parse(query.userId),
    }),
  writeAnswer: ({ reservation }) => (reservation ? json.reservationOut(reservation) : {}),
  remote: {
    name: 'getReservation',
    isRead: true,
    grpc: ReservationServiceService.getReservation,
    failed: (error) => GetReservationResponse.create({ error }),
    http: {
      write: ({ reservation_id, user_id }) => ({
        method: 'GET',
        path: `${BASE}/${encodeURIComponent(reservation_id)}`,
        query: user_id === '' ? {} : { userId: user_id },
      }),
      read: (body) => GetReservationResponse.create({ reservation: json.reservation.parse(body) }),
      readError: readReservationError,
    },
  },
};

const confirm: Shape<ConfirmReservationRequest, ConfirmReservationResponse> = {
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

const cancel: Shape<CancelReservationRequest, CancelReservationResponse> = {
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

const listQuery = z.object({
  userId,
  eventId: userId,
  status: z
    .string()
    .refine((word) => reservationStatusOf(word) !== undefined, 'is no status of a reservation')
    .nullish(),
  pageSize: z.coerce.number().int().min(1).max(100).nullish(),
  cursor: text.nullish(),
});
const list: Shape<ListReservationsRequest, ListReservationsResponse> = {
  method: 'GET',
  path: BASE,
  success: 200,
  needsKey: false,
  readRequest({ query }) {
    const read = listQuery.parse(query);
    return ListReservationsRequest.create({
      user_id: read.userId,
      event_id: read.eventId,
      status: reservationStatusOf(read.status ?? undefined) ?? 0,
      pagination: { page: 0, page_size: read.pageSize ?? 0, cursor: read.cursor ?? '' },
    });
  },
  writeAnswer: ({ reservations, page_info }) => ({
    reservations: reservations.map(json.reservationOut),
    totalCount: page_info?.total_count,
    nextCursor: page_info?.next_cursor || undefined,
  }),
  remote: {
    name: 'listReservations',
    isRead: true,
    grpc: ReservationServiceService.listReservations,
    failed: (error) => ListReservationsResponse.create({ error }),
    http: {
      write({ user_id, event_id, status, pagination }) {
        const query: Record<string, string> = {};
        if (user_id) query.userId = user_id;
        if (event_id) query.eventId = event_id;
        if (status) query.status = json.statusOut(status);
        if (pagination?.page_size) query.pageSize = String(pagination.page_size);
        if (pagination?.cursor) query.cursor = pagination.cursor;
        return { method: 'GET', path: BASE, query };
      },
      read(body) {
        const { reservations, totalCount, nextCursor } = listAnswer.parse(body);
        return ListReservationsResponse.create({
          reservations,
          page_info: {
            total_count: totalCount ?? reservations.length,
            has_next_page: nextCursor !== undefined,
            has_previous_page: false,
            next_cursor: nextCursor ?? '',
            previous_cursor: '',
          },
        });
      },
      readError: readReservationError,
    },
  },
};

const extend: Shape<ExtendHoldRequest, ExtendHoldResponse> = {
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

/** The six methods of seats in reservation-api's HTTP shape; list and extend are ours. */
export const RESERVATION_SHAPES = {
  createReservation: create,
  getReservation: get,
  confirmReservation: confirm,
  cancelReservation: cancel,
  listReservations: list,
  extendHold: extend,
} as const;
