import { z } from 'zod';
import {
  GetReservationRequest,
  GetReservationResponse,
  ListReservationsRequest,
  ListReservationsResponse,
  ReservationServiceService,
  ReservationStatus,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { nameOf, type Operation } from '../operation';
import type { ReservationService } from '../services';
import { reservation, reservationJson, reservationStatusOf } from '../wire-json';
import { id, pageInfo, pagination, paging, text, wordOf } from './fields';
import { BASE, FAULTS, PATH } from './reservation-base';

/** How seats are looked at. */

export function getReservation(
  service: ReservationService,
): Operation<GetReservationRequest, GetReservationResponse> {
  const method = ReservationServiceService.getReservation;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: undefined,
    run: service.getReservation,
    failed: (error) => GetReservationResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: [`${PATH}/:id`],
        summary: 'A reservation of one’s own',
        input: z
          .object({ id, user_id: text })
          .transform((input) =>
            GetReservationRequest.create({ reservation_id: input.id, user_id: input.user_id }),
          ),
        faults: FAULTS,
        needsKey: false,
        success: 200,
        write(answer) {
          const flat = answer.reservation ? reservationJson(answer.reservation) : {};
          return { ...flat, reservation: flat };
        },
        output: reservation.extend({ reservation }),
      },
    ],
  };
}

export function listReservations(
  service: ReservationService,
): Operation<ListReservationsRequest, ListReservationsResponse> {
  const method = ReservationServiceService.listReservations;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: undefined,
    run: service.listReservations,
    failed: (error) => ListReservationsResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: [PATH],
        summary: 'One’s reservations, newest first',
        input: z
          .object({
            user_id: text,
            event_id: text,
            status: wordOf(reservationStatusOf, 'HOLD, CONFIRMED, CANCELLED, EXPIRED'),
            ...paging,
          })
          .transform((input) =>
            ListReservationsRequest.create({
              user_id: input.user_id,
              event_id: input.event_id,
              status: reservationStatusOf(input.status) ?? ReservationStatus.RESERVATION_STATUS_UNSPECIFIED,
              pagination: pagination(input),
            }),
          ),
        needsKey: false,
        success: 200,
        write: ({ reservations, page_info }) => ({
          reservations: reservations.map(reservationJson),
          page_info: page_info ?? null,
        }),
        output: z.object({
          reservations: z.array(reservation),
          page_info: pageInfo,
        }),
      },
    ],
  };
}
