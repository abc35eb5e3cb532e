import type { CallOptions, ClientUnaryCall, Metadata, ServiceError } from '@grpc/grpc-js';
import { AppError, FROM_GRPC } from '../errors';
import { REASON_KEY, statusName } from '../grpc/status';
import { roomLogger } from '../logger';
import { callsFailed, type ServiceName } from './counts';
import { isPassing } from './transport';
import { ourWords, theirWords } from './words';

const log = roomLogger('upstream');

/** A unary method of a generated client, bound to it. */
export type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

export interface UnaryOptions {
  readonly service: ServiceName;
  readonly metadata: Metadata;
  /** The call fails with TIMEOUT after this. Milliseconds. */
  readonly deadlineMs: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** The service is always one of ours: what it says is written for people. */
  readonly isOurs?: boolean;
  /** Our words for the reasons that the service may give beside a status. */
  readonly reasons?: Readonly<Record<string, string>>;
}

/**
 * Makes one unary call.
 * @throws {AppError} with the code nearest to the call's status, in our words; a known reason is in `detail.reason`.
 */
export function callUnary<Request, Response>(
  method: UnaryMethod<Request, Response>,
  request: Request,
  options: UnaryOptions,
): Promise<Response> {
  const { metadata, deadlineMs, signal } = options;
  return new Promise((resolve, reject) => {
    const cancel = () => call.cancel();
    const call = method(request, metadata, { deadline: Date.now() + deadlineMs }, (error, response) => {
      signal?.removeEventListener('abort', cancel);
      if (error) reject(asOurs(error, options));
      else resolve(response);
    });
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}

function asOurs(error: ServiceError, { service, isOurs = false, reasons = {} }: UnaryOptions): AppError {
  const status = statusName(error.code);
  callsFailed.inc({ service, status });
  const theirs = theirWords(error.details);
  const code = isPassing(error) ? 'UNAVAILABLE' : FROM_GRPC[status];
  // Asked on every visit of a page: a service that is away, or has less to offer, would fill the log.
  const isUsual = code === 'UNAVAILABLE' || code === 'UNIMPLEMENTED';
  log[isUsual ? 'debug' : 'info']({ service, status, theirs }, 'a call was refused or failed');
  const reason = String(error.metadata?.get(REASON_KEY)[0] ?? '');
  const known = Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  if (known !== undefined) return new AppError(code, known, { cause: error, detail: { reason } });
  return new AppError(code, isOurs ? theirs : ourWords(service, code), { cause: error });
}
