import { AppError, asAppError, type ErrorCode } from '../errors';

/** What a border says of a refusal. */
interface Saying {
  readonly code: ErrorCode;
  /** `common.v1.ErrorCode`, for answers that carry an `error` field. */
  readonly inBand: number;
  /** Status and code of the public HTTP twin where they differ from what `code` says. */
  readonly http?: number;
  readonly httpCode: string;
}

/**
 * The closed set of reasons for which queue, seats and payments refuse, with what each wire calls it. A reason is the
 * `detail.reason` of an {@link AppError}, so that pages tell it in their own language.
 */
export const REFUSALS = {
  not_signed_in: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'MISSING_AUTHORIZATION' },
  /** An `Authorization` that is no bearer, a bearer without a token, one that is forged or over, a wrong password. */
  bad_scheme: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'INVALID_TOKEN_FORMAT' },
  no_bearer: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'MISSING_TOKEN' },
  bad_bearer: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'INVALID_TOKEN' },
  /** A webhook that nobody whom we know has signed. */
  bad_signature: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'INVALID_SIGNATURE' },
  bad_credentials: { code: 'UNAUTHENTICATED', inBand: 1, httpCode: 'INVALID_CREDENTIALS' },
  name_taken: { code: 'CONFLICT', inBand: 6, httpCode: 'USERNAME_EXISTS' },
  /** Another person's place, seat or payment. */
  not_yours: { code: 'FORBIDDEN', inBand: 2, httpCode: 'ACCESS_DENIED' },
  /** A forged, foreign or used-up reservation token. */
  bad_token: { code: 'FORBIDDEN', inBand: 2, httpCode: 'INVALID_TOKEN' },
  bad_request: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_REQUEST' },
  missing_event_id: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_EVENT_ID' },
  missing_seats: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_SEATS' },
  /** No waiting token. */
  missing_token: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_TOKEN' },
  missing_id: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_ID' },
  missing_reservation_id: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_RESERVATION_ID' },
  missing_payment_intent_id: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'MISSING_PAYMENT_INTENT_ID' },
  bad_action: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_ACTION' },
  /** More than one seat a person, or a seat by name. */
  one_seat: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_RESERVATION' },
  bad_amount: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_AMOUNT' },
  bad_currency: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_PAYMENT' },
  /** Nothing is served at this path. */
  no_route: { code: 'NOT_FOUND', inBand: 5, httpCode: 'NOT_FOUND' },
  no_event: { code: 'NOT_FOUND', inBand: 5, httpCode: 'NOT_FOUND' },
  no_user: { code: 'NOT_FOUND', inBand: 5, httpCode: 'NOT_FOUND' },
  no_place: { code: 'NOT_FOUND', inBand: 5, httpCode: 'TOKEN_NOT_FOUND' },
  place_expired: { code: 'NOT_FOUND', inBand: 5, httpCode: 'TOKEN_EXPIRED' },
  no_reservation: { code: 'NOT_FOUND', inBand: 5, httpCode: 'RESERVATION_NOT_FOUND' },
  no_payment: { code: 'NOT_FOUND', inBand: 5, httpCode: 'PAYMENT_NOT_FOUND' },
  /** The person has a seat of this event already. */
  has_seat: { code: 'CONFLICT', inBand: 6, httpCode: 'RESERVATION_CONFLICT' },
  /** It is not this person's turn yet. */
  not_ready: { code: 'CONFLICT', inBand: 7, http: 403, httpCode: 'NOT_READY' },
  not_open: { code: 'CONFLICT', inBand: 7, httpCode: 'RESERVATION_CONFLICT' },
  paused: { code: 'CONFLICT', inBand: 7, http: 403, httpCode: 'NOT_READY' },
  /** Confirmed, cancelled or expired: nothing can be done with it any more. */
  reservation_over: { code: 'CONFLICT', inBand: 7, httpCode: 'RESERVATION_CONFLICT' },
  payment_over: { code: 'CONFLICT', inBand: 7, httpCode: 'PAYMENT_CONFLICT' },
  extended_already: { code: 'CONFLICT', inBand: 7, httpCode: 'RESERVATION_CONFLICT' },
  too_fast: { code: 'RATE_LIMITED', inBand: 8, httpCode: 'RATE_LIMITED' },
  /** Too few coins. */
  no_funds: { code: 'CONFLICT', inBand: 9, http: 402, httpCode: 'PAYMENT_REQUIRED' },
  key_required: { code: 'BAD_REQUEST', inBand: 10, httpCode: 'IDEMPOTENCY_REQUIRED' },
  bad_key: { code: 'BAD_REQUEST', inBand: 4, httpCode: 'INVALID_IDEMPOTENCY_KEY' },
  key_conflict: { code: 'CONFLICT', inBand: 11, httpCode: 'IDEMPOTENCY_CONFLICT' },
  key_running: { code: 'CONFLICT', inBand: 11, httpCode: 'DUPLICATE_REQUEST' },
  too_late: { code: 'CONFLICT', inBand: 12, httpCode: 'RESERVATION_CONFLICT' },
  not_paid: { code: 'CONFLICT', inBand: 13, http: 412, httpCode: 'PAYMENT_NOT_APPROVED' },
  full: { code: 'CONFLICT', inBand: 15, httpCode: 'RESERVATION_CONFLICT' },
  broken: { code: 'INTERNAL', inBand: 16, httpCode: 'INTERNAL_ERROR' },
  upstream_away: { code: 'UNAVAILABLE', inBand: 17, httpCode: 'UPSTREAM_UNAVAILABLE' },
  upstream_late: { code: 'TIMEOUT', inBand: 19, httpCode: 'UPSTREAM_TIMEOUT' },
  upstream_broken: { code: 'UNAVAILABLE', inBand: 20, http: 502, httpCode: 'UPSTREAM_ERROR' },
} as const satisfies Record<string, Saying>;

export type RefusalReason = keyof typeof REFUSALS;

export const isReason = (text: unknown): text is RefusalReason =>
  typeof text === 'string' && Object.hasOwn(REFUSALS, text);

/**
 * A refusal as every border can say it.
 * @param message English, for the log and for clients without words of their own. Clients of the public gateway look
 *   for "not found", "conflict", "payment not approved", "payment required" and "timeout" in it.
 */
export function refusal(
  reason: RefusalReason,
  message: string,
  options: { readonly cause?: unknown; readonly detail?: Record<string, unknown> } = {},
): AppError {
  return new AppError(REFUSALS[reason].code, message, {
    ...(options.cause === undefined ? {} : { cause: options.cause }),
    detail: { ...options.detail, reason },
  });
}

/** The reason of a refusal, or undefined for every other error. */
export function reasonOf(error: unknown): RefusalReason | undefined {
  const reason = asAppError(error)?.detail?.reason;
  return isReason(reason) ? reason : undefined;
}
