import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { ERROR_CODES, publicError } from '../errors';

/** Name of a gRPC status, as `failed` events and logs carry it. */
export type StatusName = keyof typeof status;

const isStatusName = (name: string): name is StatusName => name in status;

/** By number: the enum is looked through once, not for every call. */
const NAMES: readonly (StatusName | undefined)[] = Object.entries(status).reduce<StatusName[]>(
  (names, [name, code]) => {
    if (typeof code === 'number' && isStatusName(name)) names[code] = name;
    return names;
  },
  [],
);

/** `status[14]` is `'UNAVAILABLE'`; a number that is no status is `'UNKNOWN'`. */
export function statusName(code: number): StatusName {
  return NAMES[code] ?? 'UNKNOWN';
}

/** Trailing metadata key of why a call was refused, a word of a closed set, beside the status that many reasons share. */
export const REASON_KEY = 'arcade-reason';

/**
 * Any error as the status that a gRPC caller gets; what is not written for callers becomes INTERNAL. The `reason` of
 * an AppError's detail goes along.
 */
export function toStatus(error: unknown): { code: number; details: string; metadata: Metadata } {
  const { code, message, detail } = publicError(error);
  const metadata = new Metadata();
  if (typeof detail?.reason === 'string') metadata.set(REASON_KEY, detail.reason);
  return { code: ERROR_CODES[code].grpc, details: message, metadata };
}

/** Whether an error came from a gRPC call. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}
