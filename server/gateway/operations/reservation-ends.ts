import { z } from 'zod';
import {
  CancelReservationRequest,
  CancelReservationResponse,
  ConfirmReservationRequest,
  ConfirmReservationResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { keptByUser, nameOf, type Operation } from '../operation';
import type { ReservationService } from '../services';
import { reservationWord, seat, seatJson } from '../wire-json';
import { id, text } from './fields';
import { BASE, FAULTS, PATH, status } from './reservation-base';

/** What becomes of a hold. */

export function confirmReservation(
  service: ReservationService,
): Operation<ConfirmReservationRequest, ConfirmReservationResponse> {
  const method = ReservationServiceService.confirmReservation;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.confirmReservation,
    failed: (error) => ConfirmReservationResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: [`${PATH}/:id/confirm`],
        summary: 'Turn a paid hold into a seat',
        input: z.object({ id, payment_intent_id: text, user_id: text }).transform((input) =>
          ConfirmReservationRequest.create({
            reservation_id: input.id,
            payment_intent_id: input.payment_intent_id,
            user_id: input.user_id,
          }),
        ),
        faults: FAULTS,
        needsKey: true,
        success: 200,
        write: (answer, { reservation_id }) => ({
          order_id: answer.order_id,
          reservation_id,
          status: reservationWord(answer.status),
          confirmed_at: answer.confirmed_at,
          confirmed_seats: answer.confirmed_seats.map(seatJson),
        }),
        output: z.object({
          order_id: z.string(),
          reservation_id: z.string(),
          status,
          confirmed_at: z.iso.datetime(),
          confirmed_seats: z.array(seat),
        }),
      },
    ],
  };
}

export function cancelReservation(
  service: ReservationService,
): Operation<CancelReservationRequest, CancelReservationResponse> {
  const method = ReservationServiceService.cancelReservation;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.cancelReservation,
    failed: (error) => CancelReservationResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: [`${PATH}/:id/cancel`],
        summary: 'Give a hold or a seat back',
        input: z.object({ id, reason: text, user_id: text }).transform((input) =>
          CancelReservationRequest.create({
            reservation_id: input.id,
            reason: input.reason,
            user_id: input.user_id,
          }),
        ),
        faults: FAULTS,
        needsKey: true,
        success: 200,
        write: (answer, { reservation_id }) => ({
          reservation_id,
          status: reservationWord(answer.status),
          cancelled_at: answer.cancelled_at,
          released_seats: answer.released_seats.map(seatJson),
        }),
        output: z.object({
          reservation_id: z.string(),
          status,
          cancelled_at: z.iso.datetime(),
          released_seats: z.array(seat),
        }),
      },
    ],
  };
}
