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
  ReservationStatus,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { type Defined, define } from '../define';
import { keptByUser, nameOf, type Operation } from '../operation';
import type { ReservationService } from '../services';
import {
  amountJson,
  money,
  reservation,
  reservationJson,
  reservationStatusOf,
  reservationWord,
  seat,
  seatJson,
} from '../wire-json';
import { id, pageInfo, pagination, paging, text, wordOf } from './fields';

const BASE = { family: 'reservation', access: 'caller', deadlineMs: 8_000 } as const;
const PATH = '/api/v1/reservations';
const FAULTS = { id: 'missing_id' } as const;

const status = z.string();

function create(service: ReservationService): Operation<CreateReservationRequest, CreateReservationResponse> {
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

function get(service: ReservationService): Operation<GetReservationRequest, GetReservationResponse> {
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

function confirm(
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

function cancel(service: ReservationService): Operation<CancelReservationRequest, CancelReservationResponse> {
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

function list(service: ReservationService): Operation<ListReservationsRequest, ListReservationsResponse> {
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

function extend(service: ReservationService): Operation<ExtendHoldRequest, ExtendHoldResponse> {
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

/** What can be asked of seats, by the names of `service`, wherever it keeps them. */
export const reservationCalls = (service: ReservationService) => ({
  createReservation: create(service),
  getReservation: get(service),
  confirmReservation: confirm(service),
  cancelReservation: cancel(service),
  listReservations: list(service),
  extendHold: extend(service),
});

/** Seats (`reservation.v1.ReservationService`, `/api/v1/reservations`), wherever `service` keeps them. */
export function reservationOperations(service: ReservationService): Defined[] {
  const calls = reservationCalls(service);
  return [
    define(calls.createReservation),
    define(calls.getReservation),
    define(calls.confirmReservation),
    define(calls.cancelReservation),
    define(calls.listReservations),
    define(calls.extendHold),
  ];
}
