import { EventEmitter } from 'node:events';
import type { Metadata, MethodDefinition, sendUnaryData, UntypedHandleCall } from '@grpc/grpc-js';
import { AppError } from '../../errors';
import type { GrpcService } from '../../grpc/server';
import type { Dispatch, StreamedCall } from './serve';

/** What a unary handler is given, for a call that came over a stream. */
class UnaryCall extends EventEmitter {
  cancelled = false;
  readonly metadata: Metadata;
  readonly #path: string;
  readonly #facts: StreamedCall;

  constructor(
    path: string,
    readonly request: unknown,
    facts: StreamedCall,
  ) {
    super();
    this.#path = path;
    this.#facts = facts;
    this.metadata = facts.metadata;
    facts.signal.addEventListener('abort', () => {
      this.cancelled = true;
      this.emit('cancelled', 'cancelled');
    });
  }

  getPeer = (): string => this.#facts.peer;
  getPath = (): string => this.#path;
  getHost = (): string => this.#facts.host;
  getDeadline = (): number => this.#facts.deadline ?? Number.POSITIVE_INFINITY;
  /** There are no headers of single calls on a stream. */
  sendMetadata = (): void => {};
  getAuthContext = () => ({});
}

/**
 * Answers streamed calls by the unary handlers of the same server, with everything that is wrapped around them: who
 * asks and how often; metrics, log and trace where the services come wrapped (`observedHandlers`).
 */
export function dispatchUnary(services: readonly GrpcService[]): Dispatch {
  const methods = new Map<
    string,
    { method: MethodDefinition<unknown, unknown>; handler: UntypedHandleCall }
  >();
  for (const { definition, implementation } of services) {
    for (const [name, method] of Object.entries(definition)) {
      const handler = implementation[name];
      if (handler && !method.requestStream && !method.responseStream)
        methods.set(method.path, { method, handler });
    }
  }
  return (path, payload, facts) => {
    const found = methods.get(path);
    if (!found) throw new AppError('UNIMPLEMENTED', `The server does not implement ${path.slice(0, 200)}.`);
    const { method, handler } = found;
    const request = readRequest(method, payload);
    return new Promise((resolve, reject) => {
      const done: sendUnaryData<unknown> = (error, answer) => {
        if (error) reject(error);
        else resolve(method.responseSerialize(answer));
      };
      Reflect.apply(handler, undefined, [new UnaryCall(path, request, facts), done]);
    });
  };
}

function readRequest(method: MethodDefinition<unknown, unknown>, payload: Buffer): unknown {
  try {
    return method.requestDeserialize(payload);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The request can’t be decoded.', { cause });
  }
}
