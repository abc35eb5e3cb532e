import { z } from 'zod';
import {
  CreateReservationRequest,
  CreateReservationResponse,
  ExtendHoldRequest,
  ExtendHoldResponse,
  ReservationServiceService,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { keptByUser, nameOf, type Operation } from '../operation';
import type { ReservationService } from '../services';
import { amountJson, money, reservationWord, seat, seatJson } from '../wire-json';
import { id, text } from './fields';
import { BASE, FAULTS, PATH, status } from './reservation-base';

/** How a seat is held, and for how long. */

export function createReservation(
  service: ReservationService,
): Operation<CreateReservationRequest, CreateReservationResponse> {
  const method = ReservationServiceService.createReservation;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.createReservation,
    failed: (error) => CreateReservationResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: [PATH],
        summary: 'Hold a seat with the token of an admission',
        input: z
          .object({
            event_id: id,
            seat_ids: z.array(z.string().max(100)).max(100).nullish(),
            quantity: z.int().min(0).max(1_000).nullish(),
            user_id: text,
            reservation_token: text,
          })
          .refine(({ seat_ids, quantity }) => (seat_ids?.length ?? 0) > 0 || (quantity ?? 0) > 0, {
            path: ['quantity'],
            error: 'or seat_ids is needed',
          })
          .transform(({ seat_ids, quantity, ...input }) =>
            CreateReservationRequest.create({
              ...input,
              seat_ids: seat_ids ?? [],
              quantity: quantity || (seat_ids?.length ?? 0),
            }),
          ),
        faults: { event_id: 'missing_event_id', quantity: 'missing_seats', seat_ids: 'missing_seats' },
        needsKey: true,
        success: 201,
        write(answer, { event_id, user_id }, { caller }) {
          const flat = {
            reservation_id: answer.reservation_id,
            status: reservationWord(answer.status),
            event_id,
            user_id: caller.kind === 'player' ? caller.playerId : user_id,
            seat_ids: answer.reserved_seats.map((one) => one.id),
            quantity: answer.reserved_seats.length,
            hold_expires_at: answer.hold_expires_at,
            reserved_seats: answer.reserved_seats.map(seatJson),
            total_amount: amountJson(answer.total_amount),
            payment_url: answer.payment_url,
          };
          return { ...flat, reservation: { ...flat, seats: flat.reserved_seats } };
        },
        output: z.object({
          reservation_id: z.string(),
          status,
          event_id: z.string(),
          user_id: z.string(),
          seat_ids: z.array(z.string()),
          quantity: z.int(),
          hold_expires_at: z.iso.datetime(),
          reserved_seats: z.array(seat),
          total_amount: money,
          payment_url: z.string(),
          reservation: z.looseObject({ reservation_id: z.string() }),
        }),
      },
    ],
  };
}

export function extendHold(service: ReservationService): Operation<ExtendHoldRequest, ExtendHoldResponse> {
  const method = ReservationServiceService.extendHold;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.extendHold,
    failed: (error) => ExtendHoldResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: [`${PATH}/:id/extend`],
        summary: 'Hold a seat longer, once',
        input: z
          .object({ id, extension_seconds: z.int().min(1).max(86_400), reason: text, user_id: text })
          .transform(({ id: reservation_id, ...input }) =>
            ExtendHoldRequest.create({ ...input, reservation_id }),
          ),
        faults: FAULTS,
        needsKey: true,
        success: 200,
        write: (answer, { reservation_id }) => ({
          reservation_id,
          hold_expires_at: answer.new_expires_at,
          extended_seconds: answer.extended_seconds,
          extension_allowed: answer.extension_allowed,
        }),
        output: z.object({
          reservation_id: z.string(),
          hold_expires_at: z.iso.datetime(),
          extended_seconds: z.int(),
          extension_allowed: z.boolean(),
        }),
      },
    ],
  };
}
