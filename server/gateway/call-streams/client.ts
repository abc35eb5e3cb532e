import { type ClientDuplexStream, type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { type Clock, systemClock } from '../../clock';
import {
  type Answer,
  type Call,
  CallStreamServiceClient,
  type CallsRequest,
  type CallsResponse,
} from '../../grpc/gen/proto/gateway/v1/calls';
import { isServiceError } from '../../grpc/status';
import { type Channels, channels as sharedChannels } from '../../upstream/channels';
import type { Target } from '../../upstream/target';
import { MESSAGE_BYTES, PAYLOAD_BYTES } from './limits';

/** How a streamed call failed: a gRPC status, as its unary twin would have. */
export class StreamedCallError extends Error {
  override readonly name = 'StreamedCallError';

  constructor(
    readonly code: number,
    readonly details: string,
    readonly reason = '',
  ) {
    super(`${code}: ${details}`);
  }
}

export interface CallStreamOptions {
  readonly target: Target;
  /** What the stream itself brings: who this process is. */
  metadata(): Metadata;
  readonly channels?: Channels;
  readonly clock?: Clock;
}

export interface StreamedOptions {
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Running {
  settle(answer: Answer | StreamedCallError): void;
}

/** How long a server that does not offer call streams is not asked for one again. Milliseconds. */
const UNOFFERED_MS = 60_000;
/** Pause before a stream is opened again, at first and at most. Milliseconds. */
const REOPEN_MS = [250, 5_000] as const;
/** Calls that may wait for credit. */
const WAITING = 4_096;

/**
 * Unary calls multiplexed over one long stream. Until the other side has offered it,
 * and while it does not, {@link isReady} is false and callers make unary calls. Calls under way when it breaks fail as
 * UNAVAILABLE: whether they are tried again is the caller's policy.
 */
export class CallStream {
  readonly #options: CallStreamOptions;
  readonly #clock: Clock;
  readonly #running = new Map<number, Running>();
  readonly #waiting = new Set<{ readonly call: Call }>();
  #stream: ClientDuplexStream<CallsRequest, CallsResponse> | undefined;
  #credits = 0;
  #isReady = false;
  #isBlocked = false;
  #isClosed = false;
  #isFlushDue = false;
  #nextId = 0;
  #cancels: number[] = [];
  #failures = 0;
  #openAgainAt = 0;
  #heardAt = 0;

  constructor(options: CallStreamOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Opens the stream where there is none and that may help: whoever calls first should not be the one who waits. */
  open(): void {
    if (!this.#stream) this.#open();
  }

  /** Whether a call would go over the stream now. */
  get isReady(): boolean {
    return this.#isReady && this.#waiting.size < WAITING;
  }

  /** Calls under way. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Makes one call. Only while {@link isReady}.
   * @param method `/package.Service/Method`
   * @throws {StreamedCallError}
   */
  call(
    method: string,
    payload: Uint8Array,
    { metadata, timeoutMs, signal }: StreamedOptions,
  ): Promise<Buffer> {
    if (!this.#isReady || this.#waiting.size >= WAITING)
      return Promise.reject(new StreamedCallError(status.UNAVAILABLE, 'The stream is not open.'));
    if (payload.length > PAYLOAD_BYTES)
      return Promise.reject(new StreamedCallError(status.RESOURCE_EXHAUSTED, 'The message is too large.'));
    if (signal.aborted) return Promise.reject(new StreamedCallError(status.CANCELLED, 'The caller left.'));
    const sentAt = this.#clock.now();
    return new Promise((resolve, reject) => {
      const id = this.#id();
      const waiting = {
        call: {
          id,
          method,
          payload: Buffer.from(payload.buffer, payload.byteOffset, payload.length),
          metadata,
          timeout_ms: Math.max(1, Math.ceil(timeoutMs)),
        },
      };
      const settle = (answer: Answer | StreamedCallError) => {
        this.#running.delete(id);
        stop();
        signal.removeEventListener('abort', leave);
        if (answer instanceof StreamedCallError) reject(answer);
        else if (answer.status === status.OK) resolve(answer.payload);
        else reject(new StreamedCallError(answer.status, answer.details, answer.reason));
      };
      /** The server is told, unless it was never asked; the id stays taken until it answers. */
      const giveUp = (why: StreamedCallError) => {
        stop();
        signal.removeEventListener('abort', leave);
        if (this.#waiting.delete(waiting)) this.#running.delete(id);
        else {
          this.#running.set(id, { settle: () => this.#running.delete(id) });
          this.#cancels.push(id);
          this.#schedule();
        }
        reject(why);
      };
      const leave = () => {
        this.#suspect(sentAt);
        giveUp(new StreamedCallError(status.CANCELLED, 'The caller left.'));
      };
      const stop = this.#clock.after(timeoutMs, () => {
        this.#suspect(sentAt);
        giveUp(new StreamedCallError(status.DEADLINE_EXCEEDED, 'No answer in time.'));
      });
      signal.addEventListener('abort', leave, { once: true });
      this.#running.set(id, { settle });
      this.#waiting.add(waiting);
      this.#schedule();
    });
  }

  /** The connection is given up: a new stream is opened later. */
  giveUp(): void {
    const stream = this.#stream;
    if (!stream) return;
    stream.cancel();
    this.#lose(new StreamedCallError(status.UNAVAILABLE, 'The connection was given up.'));
  }

  /** Ends the stream; calls under way fail as UNAVAILABLE. */
  close(): void {
    this.#isClosed = true;
    this.#stream?.end();
    this.#stream?.cancel();
    this.#lose(new StreamedCallError(status.UNAVAILABLE, 'The client stops.'));
  }

  #id(): number {
    do this.#nextId = (this.#nextId + 1) % 0xffff_ffff;
    while (this.#running.has(this.#nextId));
    return this.#nextId;
  }

  /** Nothing at all was heard for as long as a call waited in vain: the connection may be dead. */
  #suspect(sentAt: number): void {
    if (this.#clock.now() - sentAt < QUIET_MS || this.#heardAt > sentAt || !this.#stream) return;
    (this.#options.channels ?? sharedChannels()).drop(this.#options.target);
    this.giveUp();
  }

  #open(): void {
    if (this.#isClosed || this.#clock.now() < this.#openAgainAt) return;
    const client = (this.#options.channels ?? sharedChannels()).client(
      CallStreamServiceClient,
      this.#options.target,
    );
    const stream = client.calls(this.#options.metadata());
    this.#stream = stream;
    stream.on('data', (response: CallsResponse) => {
      if (stream === this.#stream) this.#hear(response);
    });
    stream.on('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
    const over = (error: unknown) => {
      if (stream === this.#stream) this.#lose(error);
    };
    stream.on('error', over);
    stream.on('end', () => over(new StreamedCallError(status.UNAVAILABLE, 'The stream ended.')));
  }

  #hear({ answers, credits }: CallsResponse): void {
    this.#heardAt = this.#clock.now();
    this.#isReady = true;
    this.#failures = 0;
    this.#credits += credits;
    for (const answer of answers) this.#running.get(answer.id)?.settle(answer);
    this.#flush();
  }

  #lose(error: unknown): void {
    const known: ServiceError | undefined = isServiceError(error) ? error : undefined;
    const isUnoffered = known?.code === status.UNIMPLEMENTED;
    const pause = Math.min(REOPEN_MS[1], REOPEN_MS[0] * 2 ** this.#failures);
    this.#openAgainAt = this.#clock.now() + (isUnoffered ? UNOFFERED_MS : pause);
    this.#failures = Math.min(10, this.#failures + 1);
    this.#stream = undefined;
    this.#isReady = false;
    this.#isBlocked = false;
    this.#credits = 0;
    this.#cancels = [];
    this.#waiting.clear();
    const lost = new StreamedCallError(status.UNAVAILABLE, known?.details ?? 'The stream broke.');
    for (const one of [...this.#running.values()]) one.settle(lost);
    this.#running.clear();
  }

  #schedule(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    // Whatever is asked in the same turn goes out together.
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushDue = false;
    while (this.#stream && !this.#isBlocked) {
      const calls: Call[] = [];
      let bytes = 0;
      for (const waiting of this.#waiting) {
        if (this.#credits === 0 || bytes >= MESSAGE_BYTES) break;
        this.#waiting.delete(waiting);
        this.#credits -= 1;
        bytes += waiting.call.payload.length;
        calls.push(waiting.call);
      }
      if (calls.length === 0 && this.#cancels.length === 0) return;
      const cancels = this.#cancels.splice(0);
      this.#isBlocked = !this.#stream.write({ calls, cancels });
    }
  }
}

/** A call that waited for less says nothing of the connection. Milliseconds. */
const QUIET_MS = 500;
