import { ZodError, z } from 'zod';
import { ERROR_CODES, publicError } from '../../errors';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import { inBandError } from '../failures';

/** What reservation-api's HTTP says for each number of `common.v1.ErrorCode`; names of ours where it has none. */
const SAYINGS = {
  1: [401, 'AUTHENTICATION_FAILED'],
  2: [403, 'ACCESS_DENIED'],
  3: [403, 'UNAUTHORIZED'],
  4: [400, 'INVALID_REQUEST'],
  5: [404, 'RESERVATION_NOT_FOUND'],
  6: [409, 'RESERVATION_CONFLICT'],
  7: [409, 'FAILED_PRECONDITION'],
  8: [429, 'RATE_LIMIT_EXCEEDED'],
  9: [402, 'PAYMENT_FAILED'],
  10: [400, 'MISSING_IDEMPOTENCY_KEY'],
  11: [409, 'IDEMPOTENCY_CONFLICT'],
  12: [400, 'RESERVATION_EXPIRED'],
  13: [402, 'PAYMENT_NOT_CONFIRMED'],
  14: [409, 'INVENTORY_CONFLICT'],
  15: [409, 'SEAT_UNAVAILABLE'],
  16: [500, 'INTERNAL_ERROR'],
  17: [503, 'SERVICE_UNAVAILABLE'],
  18: [504, 'TIMEOUT'],
  19: [504, 'UPSTREAM_TIMEOUT'],
  20: [502, 'UPSTREAM_ERROR'],
  21: [500, 'DATA_CORRUPTION'],
  22: [409, 'CONCURRENT_MODIFICATION'],
} as const satisfies Record<number, readonly [status: number, code: string]>;

/** Codes that only reservation-api has. */
const THEIRS: Readonly<Record<string, number>> = {
  RESERVATION_ALREADY_CONFIRMED: 7,
  RESERVATION_ALREADY_CANCELLED: 7,
  INVALID_RESERVATION_TOKEN: 2,
  INVENTORY_SERVICE_ERROR: 17,
};
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(THEIRS),
  ...Object.entries(SAYINGS).map(([number, [, code]]): [string, number] => [code, Number(number)]),
]);

/** A code that nobody listed is understood by its status. */
const BY_STATUS: Readonly<Record<number, number>> = {
  400: 4,
  401: 1,
  402: 13,
  403: 2,
  404: 5,
  409: 7,
  412: 13,
  422: 4,
  429: 8,
  502: 20,
  503: 17,
  504: 19,
};

const detail = z.object({
  field: z.string().max(200).catch(''),
  reason: z.string().max(200).catch(''),
  value: z.string().max(500).catch(''),
});

/** `{"error":{"code","message","traceId"?,"details"?}}` */
export const reservationErrorBody = z.object({
  error: z.object({
    code: z.string().max(100),
    message: z.string().max(2_000).catch(''),
    traceId: z.string().max(200).nullish().catch(undefined),
    details: z.array(detail).max(20).nullish().catch(undefined),
  }),
});

/** An `error` field as reservation-api's HTTP says it. */
export function writeReservationError({ code, message, trace_id, details }: WireError): {
  readonly status: number;
  readonly body: z.input<typeof reservationErrorBody>;
} {
  const known: Readonly<Record<number, readonly [number, string]>> = SAYINGS;
  const [status, name] = known[code] ?? SAYINGS[16];
  return { status, body: { error: { code: name, message, traceId: trace_id, details } } };
}

/** The number of `common.v1.ErrorCode` for what is no domain failure: the way there, who asks, overload, a bug. */
const NO_DOMAIN: Readonly<Record<number, number>> = {
  401: 1,
  405: 4,
  413: 4,
  429: 8,
  501: 4,
  503: 17,
  504: 18,
};

function wireErrorOf(error: unknown, requestId: string): WireError {
  if (error instanceof ZodError) {
    const message = `bad request: ${error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`).join('; ')}`;
    return { code: 4, message, trace_id: requestId, details: [] };
  }
  const told = inBandError(error, 'reservation', requestId);
  if (told) return told;
  const { code, message } = publicError(error);
  return { code: NO_DOMAIN[ERROR_CODES[code].http] ?? 16, message, trace_id: requestId, details: [] };
}

/** What HTTP has a status for that says more than the code: how the request came here, not what it asks. */
const OWN_STATUS: ReadonlySet<number> = new Set([405, 413]);

/** Whatever failed, as reservation-api's HTTP says it. */
export function reservationFailure(error: unknown, requestId: string) {
  const said = writeReservationError(wireErrorOf(error, requestId));
  const { http } = ERROR_CODES[publicError(error).code];
  return OWN_STATUS.has(http) ? { ...said, status: http } : said;
}

/** The way back. An answer without a body of this shape is told by its status alone. */
export function readReservationError(status: number, body: unknown): WireError {
  const parsed = reservationErrorBody.safeParse(body);
  const told = parsed.data?.error;
  const code = (told && NUMBERS.get(told.code)) ?? BY_STATUS[status] ?? (status >= 500 ? 16 : 4);
  return {
    code,
    message: told?.message ?? '',
    trace_id: told?.traceId ?? '',
    details: told?.details ?? [],
  };
}
