import type { MethodDefinition } from '@grpc/grpc-js';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import type { Answer } from '../operation';

/** A request of the HTTP shape. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Below the service's base address; what goes into it is encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A refusal as the HTTP shape tells it, and back. */
export type ReadError = (status: number, body: unknown) => WireError;

/** One method of a service that may be elsewhere: how it is asked over each protocol. */
export interface Remote<Request, Response extends Answer> {
  readonly name: string;
  /** It changes nothing. */
  readonly isRead: boolean;
  readonly grpc: MethodDefinition<Request, Response>;
  readonly http: {
    write(request: Request): HttpRequest;
    /** @throws what is no answer of this shape (zod's error) */
    read(body: unknown, request: Request): Response;
    readonly readError: ReadError;
  };
  failed(error: WireError): Response;
}

/** Of a message, what names its person. */
export interface NamesUser {
  readonly user_id?: string;
}

/** Of a message, what makes it the same one when it comes again. */
export interface HasKey {
  readonly idempotency_key?: string;
}

/** The key goes into the message, where the service looks for it. */
export function withKey<Request extends object>(request: Request, key: string | undefined): Request {
  if (key === undefined || !('idempotency_key' in request) || request.idempotency_key) return request;
  return { ...request, idempotency_key: key };
}
