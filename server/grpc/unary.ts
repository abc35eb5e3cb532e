import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js';
import { asAppError } from '../errors';
import { roomLogger } from '../logger';
import { toStatus } from './status';

const log = roomLogger('grpc');

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
