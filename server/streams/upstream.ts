import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { asAppError } from '../errors';
import { isServiceError, type StatusName, statusName, toStatus } from '../grpc/status';
import { roomLogger } from '../logger';

const log = roomLogger('streams');

/**
 * One gRPC server stream as an async iterable. It ends when the call ends with OK or the signal aborts,
 * and throws the call's status otherwise. However it is left, the call is cancelled.
 */
export async function* readUpstream<T>(
  open: () => ClientReadableStream<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  if (signal.aborted) return;
  const call = open();
  // After a cancel the call reports CANCELLED to whoever listens last; nobody is left to care.
  call.on('error', () => undefined);
  const cancel = () => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const message of call) yield message as T;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}

/** What the end of an upstream means to viewers. */
export type UpstreamFailure =
  | { readonly retry: true }
  | { readonly retry: false; readonly code: StatusName; readonly message: string };

/** Statuses of a service that is away or restarting rather than refusing. */
const PASSING: ReadonlySet<number> = new Set([status.UNAVAILABLE, status.CANCELLED, status.ABORTED]);

/** Sorts an error of an upstream: a gRPC status, or an AppError as its status. Anything else is our own fault. */
export function classifyFailure(error: unknown): UpstreamFailure {
  const { code, details } = isServiceError(error) ? error : toStatus(error);
  if (PASSING.has(code)) return { retry: true };
  if (!isServiceError(error) && !asAppError(error)) log.error({ err: error }, 'a stream broke on our side');
  return { retry: false, code: statusName(code), message: details };
}
