import type { status } from '@grpc/grpc-js';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { type StorageFault, storageFault } from './storage-faults';

/**
 * The closed set of things that can go wrong, and how each border says it.
 * A row that is missing here does not compile.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { http: 400, trpc: 'BAD_REQUEST', grpc: 3 },
  UNAUTHENTICATED: { http: 401, trpc: 'UNAUTHORIZED', grpc: 16 },
  FORBIDDEN: { http: 403, trpc: 'FORBIDDEN', grpc: 7 },
  NOT_FOUND: { http: 404, trpc: 'NOT_FOUND', grpc: 5 },
  CONFLICT: { http: 409, trpc: 'CONFLICT', grpc: 9 },
  TOO_LARGE: { http: 413, trpc: 'PAYLOAD_TOO_LARGE', grpc: 11 },
  UNPROCESSABLE: { http: 422, trpc: 'UNPROCESSABLE_CONTENT', grpc: 3 },
  RATE_LIMITED: { http: 429, trpc: 'TOO_MANY_REQUESTS', grpc: 8 },
  INTERNAL: { http: 500, trpc: 'INTERNAL_SERVER_ERROR', grpc: 13 },
  UNIMPLEMENTED: { http: 501, trpc: 'NOT_IMPLEMENTED', grpc: 12 },
  METHOD_NOT_ALLOWED: { http: 405, trpc: 'METHOD_NOT_SUPPORTED', grpc: 12 },
  UNAVAILABLE: { http: 503, trpc: 'SERVICE_UNAVAILABLE', grpc: 14 },
  TIMEOUT: { http: 504, trpc: 'GATEWAY_TIMEOUT', grpc: 4 },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The way back: what a gRPC status of somebody else means here. */
export const FROM_GRPC = {
  // Nobody fails with OK.
  OK: 'INTERNAL',
  CANCELLED: 'UNAVAILABLE',
  UNKNOWN: 'INTERNAL',
  INVALID_ARGUMENT: 'BAD_REQUEST',
  DEADLINE_EXCEEDED: 'TIMEOUT',
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_EXISTS: 'CONFLICT',
  PERMISSION_DENIED: 'FORBIDDEN',
  RESOURCE_EXHAUSTED: 'RATE_LIMITED',
  FAILED_PRECONDITION: 'CONFLICT',
  ABORTED: 'CONFLICT',
  OUT_OF_RANGE: 'TOO_LARGE',
  UNIMPLEMENTED: 'UNIMPLEMENTED',
  INTERNAL: 'INTERNAL',
  UNAVAILABLE: 'UNAVAILABLE',
  DATA_LOSS: 'INTERNAL',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
} as const satisfies Record<keyof typeof status, ErrorCode>;

/** The way back from tRPC. */
export const FROM_TRPC = {
  PARSE_ERROR: 'BAD_REQUEST',
  BAD_REQUEST: 'BAD_REQUEST',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  PAYMENT_REQUIRED: 'FORBIDDEN',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_ALLOWED',
  TIMEOUT: 'TIMEOUT',
  CONFLICT: 'CONFLICT',
  PRECONDITION_FAILED: 'CONFLICT',
  PAYLOAD_TOO_LARGE: 'TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'BAD_REQUEST',
  UNPROCESSABLE_CONTENT: 'UNPROCESSABLE',
  PRECONDITION_REQUIRED: 'BAD_REQUEST',
  TOO_MANY_REQUESTS: 'RATE_LIMITED',
  CLIENT_CLOSED_REQUEST: 'UNAVAILABLE',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
  NOT_IMPLEMENTED: 'UNIMPLEMENTED',
  BAD_GATEWAY: 'UNAVAILABLE',
  SERVICE_UNAVAILABLE: 'UNAVAILABLE',
  GATEWAY_TIMEOUT: 'TIMEOUT',
} as const satisfies Record<TRPC_ERROR_CODE_KEY, ErrorCode>;

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/**
 * What a border over HTTP prints instead of the code's row, for errors whose code is not ours to close: those of services
 * behind the proxy (PROXY-6). Every other border goes by the code.
 */
export interface Wire {
  /** Upper case, as in HTTP-1. */
  readonly code: string;
  /** 400 to 599. */
  readonly status: number;
  /** JSON; the error's own detail where there is none. */
  readonly detail?: unknown;
}

interface AppErrorOptions {
  readonly cause?: unknown;
  readonly detail?: Record<string, unknown> | undefined;
  readonly faults?: readonly unknown[] | undefined;
  readonly wire?: Wire | undefined;
}

/** An error that a border may show to whoever asked: the message is written for them. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Machine-readable extras for the client, such as seconds to wait or the field at fault. */
  readonly detail: Record<string, unknown> | undefined;
  /** Everything that is wrong with what was sent, as HTTP tells it in place of `detail` (422). */
  readonly faults: readonly unknown[] | undefined;
  readonly wire: Wire | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.faults = options.faults;
    this.wire = options.wire;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const isWire = (value: unknown): value is Wire =>
  isRecord(value) && typeof value.code === 'string' && typeof value.status === 'number';

const STORAGE_WORDS = {
  disk_full: 'The arcade can’t store anything right now: its disk is full. Whoever runs it has to make room.',
  database_unavailable: 'The arcade’s database does not answer right now. Try again in a moment.',
} as const satisfies Record<StorageFault, string>;

/**
 * Tells an AppError by its shape: the pages and the server hold separate instances of this module,
 * so `instanceof` does not work across them.
 */
export function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const storage = storageFault(error);
  if (storage)
    return new AppError('UNAVAILABLE', STORAGE_WORDS[storage], { cause: error, detail: { reason: storage } });
  if (!(error instanceof Error) || error.name !== 'AppError' || !('code' in error)) return undefined;
  if (!isErrorCode(error.code)) return undefined;
  return new AppError(error.code, error.message, {
    cause: error,
    detail: 'detail' in error && isRecord(error.detail) ? error.detail : undefined,
    faults: 'faults' in error && Array.isArray(error.faults) ? error.faults : undefined,
    wire: 'wire' in error && isWire(error.wire) ? error.wire : undefined,
  });
}

/** What a client may see of any error: an AppError as it is, everything else as INTERNAL without its text. */
export function publicError(error: unknown): {
  code: ErrorCode;
  message: string;
  detail?: Record<string, unknown>;
} {
  const known = asAppError(error);
  if (!known)
    return { code: 'INTERNAL', message: 'Something went wrong on our side. Nothing was lost; try again.' };
  return { code: known.code, message: known.message, ...(known.detail ? { detail: known.detail } : {}) };
}

/** What a border over HTTP says of an error, in either of its forms. */
interface HttpFailure {
  readonly status: number;
  /** HTTP-1 */
  readonly body: {
    readonly status: 'error';
    readonly code: string;
    readonly message: string;
    /** An object, a list (422) or null; any JSON for what a service behind the proxy said. */
    readonly detail: unknown;
  };
}

/** The HTTP error envelope (P6). */
export function errorEnvelope(error: unknown): HttpFailure {
  const { code, message, detail } = publicError(error);
  const { wire, faults } = asAppError(error) ?? {};
  return {
    status: wire?.status ?? ERROR_CODES[code].http,
    body: {
      status: 'error',
      code: wire?.code ?? code,
      message,
      detail: faults ?? wire?.detail ?? detail ?? null,
    },
  };
}
