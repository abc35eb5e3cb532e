import { type AppError, asAppError, ERROR_CODES, type ErrorCode, publicError } from '../errors';
import type { ErrorCode as InBandCode, Error as WireError } from '../grpc/gen/proto/common/v1/errors';
import { isReason, REFUSALS, type RefusalReason, reasonOf, refusal } from '../tournaments/refusals';

/** What an operation is about: the same in-band code has another public name in each. */
export type Family = 'queue' | 'reservation' | 'payment' | 'gateway' | 'account';

/** gRPC's status tells these: the way there, who asks, overload, a bug. Everything else is told in-band. */
const BY_STATUS: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'TIMEOUT',
  'UNIMPLEMENTED',
  'METHOD_NOT_ALLOWED',
  'TOO_LARGE',
]);

/** A domain's failure without a reason of the closed set. */
const BY_CODE: Partial<Record<ErrorCode, RefusalReason>> = {
  BAD_REQUEST: 'bad_request',
  FORBIDDEN: 'not_yours',
  CONFLICT: 'reservation_over',
};

const NOT_FOUND: Record<Family, RefusalReason> = {
  queue: 'no_place',
  reservation: 'no_reservation',
  payment: 'no_payment',
  gateway: 'no_event',
  account: 'no_user',
};

/** Nothing can be done in this state. */
const TOO_LATE: Record<Family, RefusalReason> = {
  queue: 'not_ready',
  reservation: 'reservation_over',
  payment: 'payment_over',
  gateway: 'reservation_over',
  account: 'reservation_over',
};

type Known = Exclude<keyof typeof InBandCode, 'UNRECOGNIZED'>;

/** The way back: what the in-band code of a service that tells no reason means here, by its number. */
const FROM_IN_BAND = {
  ERROR_CODE_UNSPECIFIED: () => 'upstream_broken',
  ERROR_CODE_UNAUTHENTICATED: () => 'not_signed_in',
  ERROR_CODE_FORBIDDEN: () => 'not_yours',
  ERROR_CODE_UNAUTHORIZED: () => 'not_yours',
  ERROR_CODE_INVALID_ARGUMENT: () => 'bad_request',
  ERROR_CODE_NOT_FOUND: (family) => NOT_FOUND[family],
  ERROR_CODE_ALREADY_EXISTS: () => 'has_seat',
  ERROR_CODE_FAILED_PRECONDITION: (family) => TOO_LATE[family],
  ERROR_CODE_RATE_LIMITED: () => 'too_fast',
  ERROR_CODE_QUOTA_EXCEEDED: () => 'no_funds',
  ERROR_CODE_IDEMPOTENCY_REQUIRED: () => 'key_required',
  ERROR_CODE_IDEMPOTENCY_CONFLICT: () => 'key_conflict',
  ERROR_CODE_RESERVATION_EXPIRED: () => 'too_late',
  ERROR_CODE_PAYMENT_NOT_APPROVED: () => 'not_paid',
  ERROR_CODE_INVENTORY_CONFLICT: () => 'full',
  ERROR_CODE_INSUFFICIENT_INVENTORY: () => 'full',
  ERROR_CODE_INTERNAL: () => 'broken',
  ERROR_CODE_UNAVAILABLE: () => 'upstream_away',
  ERROR_CODE_TIMEOUT: () => 'upstream_late',
  ERROR_CODE_UPSTREAM_TIMEOUT: () => 'upstream_late',
  ERROR_CODE_UPSTREAM_ERROR: () => 'upstream_broken',
  ERROR_CODE_DATA_CORRUPTION: () => 'broken',
  ERROR_CODE_CONCURRENT_MODIFICATION: (family) => TOO_LATE[family],
} as const satisfies Record<Known, (family: Family) => RefusalReason>;
const BY_NUMBER: readonly ((family: Family) => RefusalReason)[] = Object.values(FROM_IN_BAND);

/** What the public gateway looks for in a text to find its status. */
const WORDS: Partial<Record<number, string>> = {
  3: 'not found',
  4: 'bad request',
  5: 'not found',
  6: 'conflict',
  7: 'conflict',
  9: 'payment required',
  11: 'conflict',
  12: 'conflict',
  13: 'payment not approved',
  14: 'conflict',
  15: 'conflict',
  18: 'timeout',
  19: 'timeout',
};

function worded(inBand: number, message: string): string {
  const word = WORDS[inBand];
  return word === undefined || message.toLowerCase().includes(word) ? message : `${word}: ${message}`;
}

function reasonFor(error: AppError, family: Family): RefusalReason | undefined {
  return reasonOf(error) ?? (error.code === 'NOT_FOUND' ? NOT_FOUND[family] : BY_CODE[error.code]);
}

/**
 * A failure as the `error` field of an answer says it.
 * @returns undefined for what has to be told by gRPC's status
 */
export function inBandError(error: unknown, family: Family, requestId: string): WireError | undefined {
  const known = asAppError(error);
  if (!known || BY_STATUS.has(known.code)) return undefined;
  const reason = reasonFor(known, family);
  if (reason === undefined) return undefined;
  const { inBand } = REFUSALS[reason];
  return {
    code: inBand,
    message: worded(inBand, known.message),
    trace_id: requestId,
    details: [{ field: '', reason, value: '' }],
  };
}

/** The refusal that an `error` field tells; one of a service that is not ours is understood by its code. */
export function refusalOf({ code, message, details }: WireError, family: Family): AppError {
  const told = details.find(({ reason }) => isReason(reason))?.reason;
  const reason = isReason(told) ? told : (BY_NUMBER[code]?.(family) ?? 'upstream_broken');
  return refusal(reason, message);
}

/** Public codes for what has no reason of the closed set. */
const PLAIN: Record<ErrorCode, string> = {
  BAD_REQUEST: 'INVALID_REQUEST',
  UNAUTHENTICATED: 'INVALID_TOKEN',
  FORBIDDEN: 'ACCESS_DENIED',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  TOO_LARGE: 'TOO_LARGE',
  UNPROCESSABLE: 'INVALID_REQUEST',
  RATE_LIMITED: 'RATE_LIMITED',
  INTERNAL: 'INTERNAL_ERROR',
  UNIMPLEMENTED: 'UNIMPLEMENTED',
  METHOD_NOT_ALLOWED: 'METHOD_NOT_ALLOWED',
  UNAVAILABLE: 'UPSTREAM_UNAVAILABLE',
  TIMEOUT: 'UPSTREAM_TIMEOUT',
};

/** One body that both kinds of client read: ours (flat) and the public gateway's (nested). */
export interface FailureBody {
  readonly status: 'error';
  readonly code: string;
  readonly message: string;
  readonly detail: Record<string, unknown> | null;
  readonly trace_id: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly trace_id: string;
    /** Of a route that nobody serves. */
    readonly path?: string;
  };
}

/** A failure as the HTTP twin says it. */
export function httpFailure(
  error: unknown,
  requestId: string,
): { readonly status: number; readonly body: FailureBody } {
  const { code: plain, message, detail } = publicError(error);
  const reason = reasonOf(error);
  const saying: { readonly http?: number; readonly httpCode: string } | undefined =
    reason === undefined ? undefined : REFUSALS[reason];
  const code = saying?.httpCode ?? PLAIN[plain];
  const status = saying?.http ?? ERROR_CODES[plain].http;
  return {
    status,
    body: {
      status: 'error',
      code,
      message,
      detail: detail ?? null,
      trace_id: requestId,
      error: {
        code,
        message,
        trace_id: requestId,
        ...(typeof detail?.path === 'string' ? { path: detail.path } : {}),
      },
    },
  };
}
