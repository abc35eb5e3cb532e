import { z } from 'zod';
import {
  GetReservationRequest,
  GetReservationResponse,
  ListReservationsRequest,
  ListReservationsResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { reservationStatusOf } from '../wire-json';
import { readReservationError } from './reservation-errors';
import * as json from './reservation-json';
import { BASE, id, type Shape, userId } from './shape';

const { maybe, text } = json;

const listAnswer = z.object({
  reservations: z.array(json.reservation).max(1_000),
  totalCount: maybe(z.int().min(0)),
  nextCursor: maybe(text),
});
/** As its method of ReservationService. */
export const get: Shape<GetReservationRequest, GetReservationResponse> = {
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
/** As its method of ReservationService. */
export const list: Shape<ListReservationsRequest, ListReservationsResponse> = {
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
