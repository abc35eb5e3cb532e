import { asAppError } from '../errors';
import { isServiceError, type StatusName, statusName, toStatus } from '../grpc/status';
import { roomLogger } from '../logger';
import { isPassing } from '../upstream/transport';

const log = roomLogger('streams');

/** What the end of an upstream means to viewers. */
export type UpstreamFailure =
  | { readonly retry: true }
  | { readonly retry: false; readonly code: StatusName; readonly message: string };

/** Sorts an error of an upstream: a gRPC status, or an AppError as its status. Anything else is our own fault. */
export function classifyFailure(error: unknown): UpstreamFailure {
  if (isServiceError(error) ? isPassing(error) : asAppError(error)?.code === 'UNAVAILABLE')
    return { retry: true };
  const { code, details } = isServiceError(error) ? error : toStatus(error);
  if (!isServiceError(error) && !asAppError(error)) log.error({ err: error }, 'a stream broke on our side');
  return { retry: false, code: statusName(code), message: details };
}
