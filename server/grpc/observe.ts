import { randomUUID } from 'node:crypto';
import {
  type Metadata,
  type MethodDefinition,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { roomLogger } from '../logger';
import { counter, histogram } from '../metrics';
import { type Span, tracer } from '../tracing';
import { type StatusName, statusName } from './status';

const log = roomLogger('grpc');

const calls = counter('arcade_grpc_requests_total', 'gRPC calls answered, streams when they end', [
  'method',
  'status',
]);
const seconds = histogram(
  'arcade_grpc_request_duration_seconds',
  'Time to the answer of a unary gRPC call',
  [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  ['method'],
);

/** What of a call the log and the trace want. */
interface Observed {
  readonly metadata: Metadata;
  getPath(): string;
}

/** The caller's request id for a line of the log, or a new one. Nothing else of its metadata is ever logged. */
function requestId({ metadata }: Observed): string {
  const given = metadata.get('x-request-id')[0];
  return typeof given === 'string' && /^[\w.:/+=@-]{1,128}$/.test(given) ? given : randomUUID();
}

/** The counters of one method, each found once: looking them up by their labels costs more than counting. */
interface Counts {
  answered(name: StatusName): void;
  took(seconds: number): void;
}

function countsOf(method: string): Counts {
  const byStatus = new Map<StatusName, { inc(): void }>();
  let timer: { observe(value: number): void } | undefined;
  return {
    answered(name) {
      let one = byStatus.get(name);
      if (!one) {
        one = calls.labels({ method, status: name });
        byStatus.set(name, one);
      }
      one.inc();
    },
    took(value) {
      timer ??= seconds.labels({ method });
      timer.observe(value);
    },
  };
}

interface Watch {
  readonly span: Span | undefined;
  end(code: status): void;
}

/** From here on a call is timed; whoever ends it says how. */
function watch(call: Observed, method: string, counts: Counts, isStream: boolean): Watch {
  const began = performance.now();
  const span: Span | undefined = tracer()?.startCall(method, (name) => {
    const value = call.metadata.get(name)[0];
    return value === undefined ? undefined : String(value);
  });
  let isOver = false;
  return {
    span,
    end(code) {
      if (isOver) return;
      isOver = true;
      const name = statusName(code);
      counts.answered(name);
      const ms = performance.now() - began;
      if (!isStream) counts.took(ms / 1000);
      span?.end(code === status.OK, name);
      const isOurs = code === status.INTERNAL || code === status.UNKNOWN;
      const level = isOurs ? 'warn' : 'debug';
      if (log.isLevelEnabled(level))
        log[level]({ requestId: requestId(call), method, status: name, ms }, 'gRPC call');
    },
  };
}

const codeOf = (error: unknown): status =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : status.UNKNOWN;

type Unary = (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>) => void;
type Streaming = (call: ServerWritableStream<unknown, unknown>) => void;

/**
 * The one wrapper around every handler of a gRPC server of ours: calls are counted, timed, traced and, at debug,
 * logged with the request's id.
 */
export function observed(
  {
    path,
    responseStream,
    requestStream,
  }: Pick<MethodDefinition<unknown, unknown>, 'path' | 'responseStream' | 'requestStream'>,
  handler: UntypedHandleCall,
): UntypedHandleCall {
  const method = path.slice(1);
  const counts = countsOf(method);
  if (!responseStream) {
    const wrapped: Unary = (call, callback) => {
      const watched = watch(call, method, counts, requestStream);
      call.once('cancelled', () => watched.end(status.CANCELLED));
      const answered: typeof callback = (error, value, trailer, flags) => {
        watched.end(error ? codeOf(error) : status.OK);
        callback(error, value, trailer, flags);
      };
      if (watched.span) watched.span.within(() => Reflect.apply(handler, undefined, [call, answered]));
      else Reflect.apply(handler, undefined, [call, answered]);
    };
    return wrapped;
  }
  const wrapped: Streaming = (call) => {
    const watched = watch(call, method, counts, true);
    call.once('cancelled', () => watched.end(status.CANCELLED));
    call.once('error', (error: unknown) => watched.end(codeOf(error)));
    call.once('finish', () => watched.end(status.OK));
    if (watched.span) watched.span.within(() => Reflect.apply(handler, undefined, [call]));
    else Reflect.apply(handler, undefined, [call]);
  };
  return wrapped;
}

/** A service's handlers, each with the one wrapper around it. */
export function observedHandlers(
  definition: ServiceDefinition,
  implementation: UntypedServiceImplementation,
): UntypedServiceImplementation {
  const wrapped: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(definition)) {
    const handler = implementation[name];
    if (handler) wrapped[name] = observed(method, handler);
  }
  return wrapped;
}
