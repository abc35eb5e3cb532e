import type {
  CallOptions,
  ClientUnaryCall,
  handleUnaryCall,
  Metadata,
  ServerUnaryCall,
  ServiceError,
} from '@grpc/grpc-js';
import { asAppError } from '../errors';
import { roomLogger } from '../logger';
import { fromServiceError, toStatus } from './status';

const log = roomLogger('grpc');

/** A unary method of a generated client, bound to it. */
export type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

export interface UnaryOptions {
  readonly metadata: Metadata;
  /** The call fails with TIMEOUT after this. Milliseconds. */
  readonly deadlineMs: number;
}

/**
 * Makes one unary call.
 * @throws {AppError} with the code nearest to the call's status.
 */
export function callUnary<Request, Response>(
  method: UnaryMethod<Request, Response>,
  request: Request,
  { metadata, deadlineMs }: UnaryOptions,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    method(request, metadata, { deadline: Date.now() + deadlineMs }, (error, response) => {
      if (error) reject(fromServiceError(error));
      else resolve(response);
    });
  });
}

/** Serves a unary method with a function that returns the answer or throws an AppError. */
export function serveUnary<Request, Response>(
  answer: (request: Request, call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request, call))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          if (!asAppError(error)) log.error({ err: error, path: call.getPath() }, 'gRPC call failed');
          callback(toStatus(error));
        },
      );
  };
}
