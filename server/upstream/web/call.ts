import type { HttpReply } from './pools';

/** One question to a neighbour. */
export interface WebQuestion<T> {
  readonly method: 'GET' | 'POST';
  /** Below its base address, with the query; encoded. */
  readonly path: string;
  /** JSON */
  readonly body?: string | undefined;
  /** Asking twice does nothing more. */
  readonly isPure: boolean;
  /** @throws what says why it is no answer to the question */
  read(answer: unknown): T;
}

/** What a caller says of its call; nothing of it goes along that is not said here. */
export interface WebCallOptions {
  /** Unix ms; the call never outlives it. */
  readonly deadline?: number | undefined;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** The caller's token, without the word before it (PROXY-4). */
  readonly bearer?: string | undefined;
  /** Makes the call the same one when it comes again. */
  readonly idempotencyKey?: string | undefined;
  readonly requestId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** How a call went, as it is found out. */
export interface CallFacts {
  tries: number;
  /** How long the last try took. Milliseconds. */
  lastTryMs: number;
  /** Whether a connection was there when the last try ended; undefined before that. */
  wasConnected: boolean | undefined;
  /** What the last try got. */
  reply: HttpReply | undefined;
}

/** How a neighbour is, as `/state/health/proxy` tells it. */
export type WebHealth =
  | { readonly connected: true; readonly response: unknown }
  | { readonly connected: false; readonly error: string };
