import type { Login } from '../auth/players';
import type {
  GetPaymentStatusRequest,
  GetPaymentStatusResponse,
  ListPaymentsRequest,
  ListPaymentsResponse,
} from '../grpc/gen/proto/payment/v1/payment';
import type {
  GetReservationRequest,
  GetReservationResponse,
  ListReservationsRequest,
  ListReservationsResponse,
} from '../grpc/gen/proto/reservation/v1/reservation';
import type { Method as AnyMethod, FeeService, SeatService } from '../tournaments/desk';

/** Who makes a call. */
export type Caller =
  /** A token or cookie says who: speaks for this player and nobody else. */
  | {
      readonly kind: 'player';
      readonly playerId: string;
      /** By which log-in, where the caller showed one: what stays open ends with it. */
      readonly login?: Login;
    }
  /** Loopback that is trusted, or the service token: acts for the `user_id` that a request names. */
  | { readonly kind: 'trusted' }
  | { readonly kind: 'nobody' };

/** What goes along with a call, over whichever protocol it came. */
export interface CallInfo {
  readonly caller: Caller;
  /** The caller's `X-Request-ID`, or one that was made up; in logs and as `trace_id` in errors. */
  readonly requestId: string;
  /** The caller's idempotency key, from header, metadata or body. */
  readonly idempotencyKey: string | undefined;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** Unix ms; nobody waits for an answer after it. */
  readonly deadline: number;
  /** The caller's address, for limits by address; never logged. */
  readonly address?: string | undefined;
  /** What the HTTP twin's `payment/process` asks for, beside its message. */
  readonly action?: 'approve' | 'fail' | undefined;
  /** The caller's `authorization`, passed on to where the call is answered. */
  readonly authorization?: string | undefined;
  /** The caller's `traceparent` (W3C). */
  readonly traceparent?: string | undefined;
  /** A gateway of this arcade has sent it on (`x-arcade-hop`): answered here, whatever the configuration says. */
  readonly isHop?: boolean | undefined;
}

/** One unary method of a service that may be here or elsewhere. */
export type Method<Request, Response> = AnyMethod<CallInfo, Request, Response>;

/**
 * Seats (T3), wherever they are kept: here, or behind HTTP, gRPC or a call stream (T7). Domain failures are told in
 * the answer's `error`; what rejects is an AppError about the way there: transport, authentication, overload, a bug.
 */
export interface ReservationService extends SeatService<CallInfo> {
  readonly getReservation: Method<GetReservationRequest, GetReservationResponse>;
  readonly listReservations: Method<ListReservationsRequest, ListReservationsResponse>;
}

/** Payments (T4), wherever they are made; failures as with {@link ReservationService}. */
export interface PaymentService extends FeeService<CallInfo> {
  readonly getPaymentStatus: Method<GetPaymentStatusRequest, GetPaymentStatusResponse>;
  readonly listPayments: Method<ListPaymentsRequest, ListPaymentsResponse>;
}
