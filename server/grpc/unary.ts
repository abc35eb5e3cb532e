import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js';
import { asAppError } from '../errors';
import { roomLogger } from '../logger';
import { toStatus } from './status';

const log = roomLogger('grpc');

/**
 * Serves a unary method with a function that returns the answer or throws an AppError. What needs not wait is answered
 * at once, without a turn of the event loop.
 */
export function serveUnary<Request, Response>(
  answer: (request: Request, call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const fail = (error: unknown) => {
      if (!asAppError(error)) log.error({ err: error, path: call.getPath() }, 'gRPC call failed');
      callback(toStatus(error));
    };
    try {
      const given = answer(call.request, call);
      if (given instanceof Promise) given.then((response) => callback(null, response), fail);
      else callback(null, given);
    } catch (error) {
      fail(error);
    }
  };
}
