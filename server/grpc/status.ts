import { type ServiceError, status } from '@grpc/grpc-js';
import { AppError, ERROR_CODES, type ErrorCode, publicError } from '../errors';

/** Name of a gRPC status, as `failed` events and logs carry it. */
export type StatusName = keyof typeof status;

/** `status[14]` is `'UNAVAILABLE'`; a number that is no status is `'UNKNOWN'`. */
export function statusName(code: number): StatusName {
  const name = Object.entries(status).find(([, value]) => value === code)?.[0];
  return isStatusName(name) ? name : 'UNKNOWN';
}

function isStatusName(name: string | undefined): name is StatusName {
  return name !== undefined && name in status;
}

/** Any error as the status that a gRPC caller gets; what is not written for callers becomes INTERNAL. */
export function toStatus(error: unknown): { code: number; details: string } {
  const { code, message } = publicError(error);
  return { code: ERROR_CODES[code].grpc, details: message };
}

/** Whether an error came from a gRPC call. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}

/** Upstream statuses that mean the same as one of ours without having its number. */
const NEAREST: Readonly<Record<number, ErrorCode>> = {
  [status.CANCELLED]: 'UNAVAILABLE',
  [status.ALREADY_EXISTS]: 'CONFLICT',
  [status.ABORTED]: 'CONFLICT',
};

/** A failed gRPC call as an error of ours, its text kept; anything else is passed through. */
export function fromServiceError(error: unknown): unknown {
  if (!isServiceError(error)) return error;
  const row = Object.entries(ERROR_CODES).find(([, { grpc }]) => grpc === error.code)?.[0];
  const code = isErrorCode(row) ? row : (NEAREST[error.code] ?? 'INTERNAL');
  return new AppError(code, error.details, { cause: error });
}

function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && code in ERROR_CODES;
}
