import type { CallOptions, ClientUnaryCall, Metadata, ServiceError } from '@grpc/grpc-js';
import { fromServiceError } from '../grpc/status';

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
