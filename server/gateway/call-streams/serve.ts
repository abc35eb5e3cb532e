import { Metadata, type ServerDuplexStream, status } from '@grpc/grpc-js';
import { asAppError } from '../../errors';
import {
  type Answer,
  type Call,
  type CallStreamServiceServer,
  CallStreamServiceService,
  type CallsRequest,
  type CallsResponse,
} from '../../grpc/gen/proto/gateway/v1/calls';
import type { GrpcService } from '../../grpc/server';
import { REASON_KEY, toStatus } from '../../grpc/status';
import { roomLogger } from '../../logger';
import { streamCalls, streamsServed } from './counts';
import { CREDITS, MESSAGE_BYTES, METADATA_CHARACTERS, METADATA_ENTRIES } from './limits';

const log = roomLogger('gateway');

/** What of a call goes along with its bytes. */
export interface StreamedCall {
  /** What the stream brought, overlaid with what the call brought. */
  readonly metadata: Metadata;
  /** As gRPC names a peer. */
  readonly peer: string;
  /** `:authority` of the stream. */
  readonly host: string;
  /** Unix ms; undefined: the client waits as long as we do. */
  readonly deadline: number | undefined;
  /** Aborts when the client takes the call back, or its stream is gone. */
  readonly signal: AbortSignal;
}

/**
 * Answers a unary call by its full method name.
 * @param path `/package.Service/Method`
 * @throws {AppError} or a gRPC status: UNIMPLEMENTED for a method that is not there; whatever a unary call would fail with
 */
export type Dispatch = (
  path: string,
  payload: Buffer,
  call: StreamedCall,
) => Promise<Uint8Array> | Uint8Array;

type Stream = ServerDuplexStream<CallsRequest, CallsResponse>;

/** What says who asks. A call that brings any of it speaks for itself, and what the stream brought says nothing. */
const CREDENTIALS = ['authorization', 'cookie', 'arcade-internal-token', 'x-internal-key', 'x-arcade-player'];

/** What may be overlaid by a call: who asks is said by the stream or the call, where a message goes only by gRPC. */
const isOverlay = (key: string): boolean =>
  /^[a-z0-9_.-]{1,100}$/.test(key) && !key.startsWith('grpc-') && !key.endsWith('-bin');

/** Calls of one stream. */
class Served {
  readonly #stream: Stream;
  readonly #dispatch: Dispatch;
  readonly #credits: number;
  readonly #running = new Map<number, AbortController>();
  #answers: Answer[] = [];
  #bytes = 0;
  #owed: number;
  #isFlushDue = false;
  #isBlocked = false;
  #isOver = false;

  constructor(stream: Stream, dispatch: Dispatch, credits: number) {
    this.#stream = stream;
    this.#dispatch = dispatch;
    this.#credits = credits;
    this.#owed = credits;
    stream.on('data', (request: CallsRequest) => this.#take(request));
    stream.on('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
    stream.on('error', () => this.#end('broken'));
    stream.on('cancelled', () => this.#end('cut'));
    stream.on('end', () => {
      this.#end('done');
      stream.end();
    });
    this.#flush();
  }

  /** The server stops: what runs is answered by nobody, and the client's policy decides. */
  stop(): void {
    this.#end('stopped');
    this.#stream.emit('error', { code: status.UNAVAILABLE, details: 'The server stops.' });
  }

  #take({ calls, cancels }: CallsRequest): void {
    if (this.#isOver) return;
    for (const call of calls) {
      // Every call under way was paid for with a credit; what waits to go out still holds its own.
      if (this.#running.size + this.#answers.length >= this.#credits || this.#running.has(call.id)) {
        this.#end('broken');
        const details = 'A call without credit, or under an id that is taken.';
        this.#stream.emit('error', { code: status.RESOURCE_EXHAUSTED, details });
        return;
      }
      this.#start(call);
    }
    for (const id of cancels) this.#running.get(id)?.abort();
  }

  #start(call: Call): void {
    const controller = new AbortController();
    this.#running.set(call.id, controller);
    try {
      const answer = this.#dispatch(call.method, call.payload, this.#facts(call, controller.signal));
      if (answer instanceof Promise)
        answer.then(
          (payload) => this.#answer(call, { payload }),
          (error: unknown) => this.#answer(call, { error }),
        );
      else this.#answer(call, { payload: answer });
    } catch (error) {
      this.#answer(call, { error });
    }
  }

  #facts(call: Call, signal: AbortSignal): StreamedCall {
    const { metadata, timeout_ms } = call;
    const own = this.#stream.metadata.clone();
    const entries = Object.entries(metadata).slice(0, METADATA_ENTRIES);
    if (CREDENTIALS.some((name) => Object.hasOwn(metadata, name)))
      for (const name of CREDENTIALS) own.remove(name);
    for (const [key, value] of entries)
      if (isOverlay(key) && value.length <= METADATA_CHARACTERS) own.set(key, value);
    return {
      metadata: own,
      peer: this.#stream.getPeer(),
      host: this.#stream.getHost(),
      deadline: timeout_ms === 0 ? undefined : Date.now() + timeout_ms,
      signal,
    };
  }

  #answer({ id, method }: Call, { payload, error }: { payload?: Uint8Array; error?: unknown }): void {
    this.#running.delete(id);
    streamCalls.inc({ end: payload ? 'ok' : 'failed' });
    if (this.#isOver) return;
    if (payload) {
      this.#push({
        id,
        payload: Buffer.from(payload.buffer, payload.byteOffset, payload.length),
        status: 0,
        details: '',
        reason: '',
      });
      return;
    }
    const known = asStatus(error);
    if (!known && !asAppError(error)) log.error({ err: error, path: method }, 'a streamed call failed');
    const { code, details, metadata } = known ?? toStatus(error);
    const reason = String(metadata?.get(REASON_KEY)[0] ?? '');
    this.#push({ id, payload: Buffer.alloc(0), status: code, details, reason });
  }

  #push(answer: Answer): void {
    this.#answers.push(answer);
    this.#bytes += answer.payload.length;
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    // Whatever is answered in the same turn goes out together.
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushDue = false;
    while (!this.#isOver && !this.#isBlocked && (this.#answers.length > 0 || this.#owed > 0)) {
      let count = 0;
      for (let bytes = 0; count < this.#answers.length && bytes < MESSAGE_BYTES; count += 1)
        bytes += this.#answers[count]?.payload.length ?? 0;
      const answers = this.#answers.splice(0, count);
      const credits = this.#owed + answers.length;
      this.#owed = 0;
      this.#isBlocked = !this.#stream.write({ answers, credits });
    }
  }

  #end(end: 'done' | 'cut' | 'broken' | 'stopped'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    streamsServed.inc({ end });
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#answers = [];
  }
}

/** What a unary handler fails with is a status already. */
function asStatus(error: unknown): { code: number; details: string; metadata?: Metadata } | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'number')
    return undefined;
  const details = 'details' in error && typeof error.details === 'string' ? error.details : '';
  const metadata =
    'metadata' in error && error.metadata instanceof Metadata ? { metadata: error.metadata } : {};
  return { code: error.code, details, ...metadata };
}

/**
 * `gateway.v1.CallStreamService`: unary calls of the same server, many over one stream.
 * @param dispatch answers each of them, as its unary twin would
 * @param options.admit lets a stream in, or throws; what it gives is called when the stream is over
 */
export function callStreamService(
  dispatch: Dispatch,
  {
    credits = CREDITS,
    admit = async () => () => {},
  }: { readonly credits?: number; admit?(stream: Stream): Promise<() => void> } = {},
): GrpcService {
  const open = new Set<Served>();

  async function serve(stream: Stream): Promise<void> {
    let release = () => {};
    let isOver = false;
    let served: Served | undefined;
    for (const end of ['close', 'end', 'cancelled'] as const)
      stream.once(end, () => {
        isOver = true;
        release();
        if (served) open.delete(served);
      });
    release = await admit(stream);
    if (isOver) return release();
    served = new Served(stream, dispatch, credits);
    open.add(served);
  }

  const implementation: CallStreamServiceServer = {
    calls(stream) {
      // Whoever hangs up before it is let in is heard by nobody else.
      stream.on('error', () => {});
      serve(stream).catch((error: unknown) => {
        if (!asAppError(error)) log.error({ err: error }, 'a call stream could not be opened');
        stream.emit('error', toStatus(error));
      });
    },
  };
  return {
    definition: CallStreamServiceService,
    implementation,
    close() {
      for (const served of open) served.stop();
      open.clear();
    },
  };
}
