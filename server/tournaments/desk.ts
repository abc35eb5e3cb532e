import { AppError } from '../errors';
import type {
  CancelPaymentRequest,
  CancelPaymentResponse,
  CreatePaymentIntentRequest,
  CreatePaymentIntentResponse,
  ProcessPaymentRequest,
  ProcessPaymentResponse,
} from '../grpc/gen/proto/payment/v1/payment';
import type {
  CancelReservationRequest,
  CancelReservationResponse,
  ConfirmReservationRequest,
  ConfirmReservationResponse,
  CreateReservationRequest,
  CreateReservationResponse,
  ExtendHoldRequest,
  ExtendHoldResponse,
} from '../grpc/gen/proto/reservation/v1/reservation';
import { singleton } from '../singleton';
import type { Queue } from './queue/queue';

/** What goes along with a call of a player's page; the gateway's calls are this and more. */
export interface DeskCall {
  readonly caller: { readonly kind: 'player'; readonly playerId: string } | { readonly kind: 'trusted' };
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
  /** Unix ms */
  readonly deadline: number;
}

/** One unary method of a service that may be here or elsewhere. */
export type Method<Call, Request, Response> = (request: Request, call: Call) => Promise<Response>;

/** Seats, wherever they are kept: what the pages use of the gateway's `ReservationService`. */
export interface SeatService<Call = DeskCall> {
  readonly createReservation: Method<Call, CreateReservationRequest, CreateReservationResponse>;
  readonly confirmReservation: Method<Call, ConfirmReservationRequest, ConfirmReservationResponse>;
  readonly cancelReservation: Method<Call, CancelReservationRequest, CancelReservationResponse>;
  readonly extendHold: Method<Call, ExtendHoldRequest, ExtendHoldResponse>;
}

/** Payments, wherever they are made: what the pages use of the gateway's `PaymentService`. */
export interface FeeService<Call = DeskCall> {
  readonly createPaymentIntent: Method<Call, CreatePaymentIntentRequest, CreatePaymentIntentResponse>;
  readonly processPayment: Method<Call, ProcessPaymentRequest, ProcessPaymentResponse>;
  readonly cancelPayment: Method<Call, CancelPaymentRequest, CancelPaymentResponse>;
}

/** Where the pages get places, seats and payments. */
export interface Desk {
  readonly queue: Queue;
  readonly reservations: SeatService;
  readonly payments: FeeService;
}

/** The pages hold another instance of this module. */
const shared = singleton<{ desk: Desk | undefined }>('tickets', () => ({ desk: undefined }));

/** Opens the desk, once a process; what is returned closes it. */
export function publishDesk(desk: Desk): () => void {
  shared.desk = desk;
  return () => {
    if (shared.desk === desk) shared.desk = undefined;
  };
}

/** @throws {AppError} UNAVAILABLE where no desk is open */
export function desk(): Desk {
  if (!shared.desk)
    throw new AppError('UNAVAILABLE', 'Places and seats are not given out here at the moment.');
  return shared.desk;
}

/** The desk, or undefined where none is open: what can be shown without it is shown. */
export function deskIfOpen(): Desk | undefined {
  return shared.desk;
}
