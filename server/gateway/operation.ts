import type { MethodDefinition } from '@grpc/grpc-js';
import type { z } from 'zod';
import type { Error as WireError } from '../grpc/gen/proto/common/v1/errors';
import type { RefusalReason } from '../tournaments/refusals';
import type { Family } from './failures';
import type { CallInfo } from './services';

/** Every answer can tell a failure of the domain. */
export interface Answer {
  readonly error: WireError | undefined;
}

/** A value of JSON's objects. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * Who may call:
 * - `anybody`: what the call brings (a waiting token, nothing) is all it needs; a bad bearer is as good as none
 * - `guests`: as `caller`, but nobody may be a guest where guests are let in
 * - `caller`: a player or a trusted peer
 */
export type Access = 'anybody' | 'guests' | 'caller';

/** A failure as an answer over HTTP. */
export type SayFailure = (
  error: unknown,
  requestId: string,
) => { readonly status: number; readonly body: object };

/** One way to call an operation over HTTP. */
export interface HttpBinding<Request, Response> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The first is the public one, the others are aliases that real clients use. */
  readonly paths: readonly string[];
  readonly summary: string;
  /** Params, query and body in one object: what stands in the path wins, then the query. */
  readonly input: z.ZodType<Request>;
  /** Public codes for a field that is missing or wrong, by the field's name; else INVALID_REQUEST. */
  readonly faults?: Readonly<Record<string, RefusalReason>>;
  /** On this binding a key is demanded; every operation that keeps answers accepts one. */
  readonly needsKey: boolean;
  /** Real clients send in the query what others send in the body: it is described there too. */
  readonly takesQuery?: boolean;
  readonly success: number;
  /** The good answer as JSON. @throws a refusal for what is a failure over HTTP only. */
  write(response: Response, request: Request, call: CallInfo): Json;
  /** For what is asked thousands of times a second: the same as `input` and `write`, without their cost. */
  readonly hot?: {
    /** undefined: let `input` see to it */
    read(query: Json): Request | undefined;
    /** JSON */
    text(response: Response, request: Request): string;
  };
  /** How a failure is said where not as everywhere below `/api/v1`. */
  readonly fail?: SayFailure;
  /** What `write` gives, for the description. */
  readonly output: z.ZodType;
}

/** How an answer is kept for a repeat under the same key. */
export interface Keeping<Request, Response> {
  /** The request's own field for the key, where its message has one. */
  keyOf?(request: Request): string;
  /** Whom or what a trusted peer's request is about: two of them may use one key. */
  scopeOf?(request: Request): string;
  /** Bytes that tell one request from another. */
  fingerprint(request: Request): Uint8Array;
  pack(response: Response): string;
  unpack(text: string): Response | Promise<Response>;
}

/**
 * One thing that can be asked for, whatever the protocol: defined once, served over gRPC and over HTTP.
 */
export interface Operation<Request, Response extends Answer> {
  /** `package.Service/Method`, or a name of our own where no `.proto` has it; the label of its metrics. */
  readonly name: string;
  readonly family: Family;
  /** undefined: HTTP only */
  readonly grpc: MethodDefinition<Request, Response> | undefined;
  readonly access: Access;
  /** undefined: asking again asks again */
  readonly keeping: Keeping<Request, Response> | undefined;
  /** How long we work on it at most, whatever the caller allows. */
  readonly deadlineMs: number;
  /** Where a waiting token stands for the caller: the request's, for the rate limit. */
  tokenOf?(request: Request): string | undefined;
  /** Whether a token is one: an invented one stands for nobody. */
  holds?(token: string): boolean;
  run(request: Request, call: CallInfo): Response | Promise<Response>;
  /** The answer that tells a failure of the domain. */
  failed(error: WireError, reason: RefusalReason | undefined): Response;
  readonly http: readonly HttpBinding<Request, Response>[];
}

/** The name in metrics and logs, from the generated definition. */
export const nameOf = (method: { readonly path: string }): string => method.path.slice(1);

/** Keeps answers as the bytes of their messages. */
export function keptAsBytes<Request, Response>(
  method: MethodDefinition<Request, Response>,
  of: Pick<Keeping<Request, Response>, 'keyOf' | 'scopeOf'> = {},
): Keeping<Request, Response> {
  return {
    ...of,
    fingerprint: (request) => method.requestSerialize(request),
    pack: (response) => method.responseSerialize(response).toString('base64'),
    unpack: (text) => method.responseDeserialize(Buffer.from(text, 'base64')),
  };
}

/** As {@link keptAsBytes}, of a message that has its own key and names whom it is about. */
export const keptByUser = <
  Request extends { readonly idempotency_key: string; readonly user_id: string },
  Response,
>(
  method: MethodDefinition<Request, Response>,
): Keeping<Request, Response> =>
  keptAsBytes(method, { keyOf: ({ idempotency_key }) => idempotency_key, scopeOf: ({ user_id }) => user_id });
