import { type Client, Metadata } from '@grpc/grpc-js';
import type { Clock } from '../../clock';
import { AppError, asAppError, FROM_GRPC } from '../../errors';
import type { ServiceKeys } from '../../grpc/internal-auth';
import { isServiceError, statusName } from '../../grpc/status';
import { type ClientClass, channels } from '../../upstream/channels';
import { callsFailed, type ServiceName } from '../../upstream/counts';
import { nonsense } from '../../upstream/errors';
import { type Target, targetKey } from '../../upstream/target';
import type { Try } from '../../upstream/tries';
import { callUnary } from '../../upstream/unary';
import { ourWords } from '../../upstream/words';
import { CallStream, StreamedCallError } from '../call-streams/client';
import type { Answer } from '../operation';
import type { CallInfo } from '../services';
import { fieldsFor, metadataFor } from './along';
import type { Remote } from './remote';

export interface GrpcSenderOptions {
  readonly service: ServiceName;
  readonly client: ClientClass<Client>;
  readonly keys: ServiceKeys;
  /** Calls go over a call stream where the other side offers one. */
  readonly useStreams: boolean;
  readonly clock?: Clock | undefined;
}

/** A connection that takes longer is left to the calls. */
const CONNECT_MS = 5_000;

/** What grpc-js (1.14) says of a message that it could not take. */
const UNREADABLE = ['Received message larger than max', 'Response message parsing error'];

function isUnreadable(error: unknown): boolean {
  return isServiceError(error) && UNREADABLE.some((words) => error.details.startsWith(words));
}

/** Asks a service over gRPC: over a call stream where there is one, by a unary call otherwise. */
export class GrpcSender {
  readonly #options: GrpcSenderOptions;
  readonly #streams = new Map<string, CallStream>();

  constructor(options: GrpcSenderOptions) {
    this.#options = options;
  }

  /** @throws {AppError} for what is no refusal of the domain */
  async send<Request, Response extends Answer>(
    remote: Remote<Request, Response>,
    request: Request,
    call: CallInfo,
    one: Try<Target>,
  ): Promise<Response> {
    const stream = this.#options.useStreams ? this.#stream(one.endpoint) : undefined;
    stream?.open();
    if (stream?.isReady) return this.#overStream(stream, remote, request, call, one);
    return this.#unary(remote, request, call, one);
  }

  /**
   * Connects to those that are to be asked from now on, before anybody asks: whoever comes first should not be the one who
   * waits. Streams to others end when nothing is under way on them.
   */
  open(targets: readonly Target[]): void {
    const wanted = new Set(targets.map(targetKey));
    for (const [key, stream] of this.#streams)
      if (!wanted.has(key) && stream.size === 0) {
        stream.close();
        this.#streams.delete(key);
      }
    for (const target of targets) {
      if (this.#options.useStreams) this.#stream(target).open();
      // Whether it came about, the first call finds out.
      else
        channels()
          .client(this.#options.client, target)
          .waitForReady(Date.now() + CONNECT_MS, () => {});
    }
  }

  /** A connection on which nobody answered for long is given up: the next call makes a new one. */
  giveUp(target: Target): void {
    channels().drop(target);
    this.#streams.get(targetKey(target))?.giveUp();
  }

  /** Streams that calls would go over now. */
  get openStreams(): number {
    return [...this.#streams.values()].filter(({ isReady }) => isReady).length;
  }

  close(): void {
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  async #unary<Request, Response extends Answer>(
    { grpc }: Remote<Request, Response>,
    request: Request,
    call: CallInfo,
    { endpoint, signal, deadline }: Try<Target>,
  ): Promise<Response> {
    const { service, client: service_, keys } = this.#options;
    const client = channels().client(service_, endpoint);
    try {
      return await callUnary<Request, Response>(
        (message, metadata, options, done) =>
          client.makeUnaryRequest(
            grpc.path,
            grpc.requestSerialize,
            grpc.responseDeserialize,
            message,
            metadata,
            options,
            // An answer without a message is an error; then nobody looks at it.
            (error, answer) => done(error, answer as Response),
          ),
        request,
        {
          service,
          metadata: metadataFor(call, keys, service_.serviceName),
          deadlineMs: Math.max(1, deadline - Date.now()),
          signal,
        },
      );
    } catch (error) {
      const cause = asAppError(error)?.cause;
      throw isUnreadable(cause) ? nonsense(service, cause) : error;
    }
  }

  async #overStream<Request, Response extends Answer>(
    stream: CallStream,
    { grpc }: Remote<Request, Response>,
    request: Request,
    call: CallInfo,
    { signal, deadline }: Try<Target>,
  ): Promise<Response> {
    const { service, client, keys } = this.#options;
    let bytes: Buffer;
    try {
      bytes = await stream.call(grpc.path, grpc.requestSerialize(request), {
        metadata: fieldsFor(call, keys, client.serviceName),
        timeoutMs: Math.max(1, deadline - Date.now()),
        signal,
      });
    } catch (error) {
      if (!(error instanceof StreamedCallError)) throw error;
      const status = statusName(error.code);
      callsFailed.inc({ service, status });
      // As with unary calls: who is away, restarts, or was cut.
      const isPassing = status === 'CANCELLED' || status === 'ABORTED';
      const code = isPassing ? 'UNAVAILABLE' : FROM_GRPC[status];
      throw new AppError(code, ourWords(service, code), { cause: error });
    }
    try {
      return grpc.responseDeserialize(bytes);
    } catch (error) {
      throw nonsense(service, error);
    }
  }

  #stream(target: Target): CallStream {
    const key = targetKey(target);
    const known = this.#streams.get(key);
    if (known) return known;
    const { clock } = this.#options;
    const stream = new CallStream({
      target,
      // Each call says by itself who asks.
      metadata: () => new Metadata(),
      ...(clock ? { clock } : {}),
    });
    this.#streams.set(key, stream);
    return stream;
  }
}
