import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import type { Clock } from '../clock';
import { counter } from '../metrics';

/** A request has to be here, to its end, after so long. Milliseconds. */
export const REQUEST_MS = 15_000;
/** A unary call, its answer read, takes at most so long: what we work on has a deadline far below it. Milliseconds. */
export const UNARY_MS = 60_000;
/** Calls that may be under way without having come to their end; then the oldest is cut. */
const MAX_UNFINISHED = 4_096;
const SWEEP_MS = 1_000;

const callsCut = counter('arcade_grpc_calls_cut_total', 'gRPC calls that the server ended, by why', ['why']);

/** How a call's messages go. */
export interface CallShape {
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

interface Unfinished {
  readonly stream: ServerHttp2Stream;
  readonly since: number;
  readonly endsWithAnswer: boolean;
}

const SAID = {
  late: [status.DEADLINE_EXCEEDED, 'The request did not come to its end in time.'],
  crowded: [status.RESOURCE_EXHAUSTED, 'Too many requests are waiting for their end.'],
} as const;

/**
 * Ends calls that would be held for ever: a client that opens one and sends no message, or never says that it was the
 * last one, or never reads the answer. gRPC itself only waits. Streams of requests may be silent for any time.
 */
export class UnfinishedCalls {
  readonly #clock: Clock;
  readonly #shapeOf: (path: string) => CallShape | undefined;
  readonly #maxCalls: number;
  /** In the order in which they came. */
  readonly #open = new Set<Unfinished>();
  /** Of this turn of the event loop and of the one before: most calls are over by then, and cost no more than that. */
  #fresh: Unfinished[] = [];
  #older: Unfinished[] = [];
  #isTurning = false;
  readonly #stop: () => void;

  /** @param shapeOf a method by its `/package.Service/Method`; undefined: nobody's */
  constructor(
    clock: Clock,
    shapeOf: (path: string) => CallShape | undefined,
    maxCalls: number = MAX_UNFINISHED,
  ) {
    this.#clock = clock;
    this.#shapeOf = shapeOf;
    this.#maxCalls = maxCalls;
    this.#stop = clock.every(SWEEP_MS, () => this.#sweep());
  }

  get size(): number {
    return this.#open.size + this.#fresh.length + this.#older.length;
  }

  /** Watches a call from its headers on. */
  add(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const shape = this.#shapeOf(headers[':path'] ?? '');
    if (shape?.requestStream) return;
    this.#fresh.push({ stream, since: this.#clock.now(), endsWithAnswer: !shape?.responseStream });
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    for (const call of this.#older) if (!call.stream.closed) this.#watch(call);
    this.#older = this.#fresh;
    this.#fresh = [];
    this.#isTurning = this.#older.length > 0;
    if (this.#isTurning) setImmediate(this.#turn);
  };

  #watch(call: Unfinished): void {
    this.#open.add(call);
    call.stream.once('close', () => this.#open.delete(call));
    if (this.#open.size > this.#maxCalls) this.#crowded();
  }

  close(): void {
    this.#stop();
    this.#open.clear();
  }

  /** Whoever has sent all of a request is worked for, and not the one who keeps others waiting. */
  #crowded(): void {
    for (const call of this.#open) {
      if (call.stream.readableEnded) continue;
      this.#cut(call, 'crowded');
      return;
    }
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const call of this.#open) {
      const age = now - call.since;
      if (age < REQUEST_MS) return;
      const { stream, endsWithAnswer } = call;
      if (!stream.readableEnded) this.#cut(call, 'late');
      else if (!endsWithAnswer) this.#open.delete(call);
      else if (age >= UNARY_MS) {
        callsCut.inc({ why: 'unread' });
        this.#release(call);
      }
    }
  }

  #cut(call: Unfinished, why: keyof typeof SAID): void {
    callsCut.inc({ why });
    const { stream } = call;
    const [code, words] = SAID[why];
    if (!stream.headersSent && !stream.destroyed)
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc+proto',
          'grpc-status': code,
          'grpc-message': encodeURI(words),
        },
        { endStream: true },
      );
    this.#release(call);
  }

  /** The client's half would stay open for as long as it likes. */
  #release(call: Unfinished): void {
    this.#open.delete(call);
    call.stream.close(constants.NGHTTP2_NO_ERROR);
  }
}
