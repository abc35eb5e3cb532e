import type { IncomingMessage, ServerResponse } from 'node:http';
import { publicError } from '../errors';
import { refusedRequests } from '../http/counts';
import { requestIdOf } from './call';
import { httpFailure } from './failures';
import type { Json, SayFailure } from './operation';
import type { Allowance } from './rate-limit';

/** What every answer to a machine says; no browser takes one for a page. */
const ALWAYS = [
  'content-type',
  'application/json; charset=utf-8',
  'cache-control',
  'no-store',
  'x-content-type-options',
  'nosniff',
] as const;

/**
 * Answers that were decided in this turn of the event loop, written together at its end: waking a client once for many
 * answers costs less than waking it for each.
 */
let decided: (() => void)[] = [];

function writeAll(): void {
  const writes = decided;
  decided = [];
  for (const write of writes) write();
}

/** The one answer to a request of the API. Its headers are written at once: setting each by itself costs more than the rest. */
export class Reply {
  readonly requestId: string;
  readonly #res: ServerResponse;
  readonly #headers: (string | number)[] = [...ALWAYS];
  #isDecided = false;

  constructor(res: ServerResponse) {
    const { headers }: IncomingMessage = res.req;
    this.#res = res;
    this.requestId = requestIdOf(headers['x-request-id'] ?? headers['x-trace-id']);
    this.#headers.push('x-request-id', this.requestId);
  }

  header(name: string, value: string | number): void {
    this.#headers.push(name, value);
  }

  /** What is left of the caller's allowance. */
  allowance({ remaining, resetAt, isAllowed, retryAfter }: Allowance, perSecond: number): void {
    this.header('x-ratelimit-limit', perSecond);
    this.header('x-ratelimit-remaining', remaining);
    this.header('x-ratelimit-reset', resetAt);
    this.header('x-ratelimit-window', '1s');
    if (!isAllowed) this.header('retry-after', retryAfter);
  }

  send(status: number, body: Json): void {
    this.sendText(status, JSON.stringify(body));
  }

  /** @param text JSON */
  sendText(status: number, text: string): void {
    this.#isDecided = true;
    this.#headers.push('content-length', Buffer.byteLength(text));
    const write = (): void => {
      this.#res.writeHead(status, this.#headers);
      this.#res.end(this.#res.req.method === 'HEAD' ? undefined : text);
    };
    if (decided.push(write) === 1) setImmediate(writeAll);
  }

  /**
   * @param say by default in the body that both kinds of client read
   * @returns the status
   */
  fail(error: unknown, say: SayFailure = httpFailure): number {
    if (this.#isDecided || this.#res.headersSent) {
      this.#res.destroy();
      return this.#res.statusCode;
    }
    const { status, body } = say(error, this.requestId);
    const { code, detail } = publicError(error);
    const seconds = detail?.retryAfterSeconds;
    if (typeof seconds === 'number' && !this.#headers.includes('retry-after'))
      this.header('retry-after', seconds);
    if (status === 401) this.header('www-authenticate', 'Bearer');
    // Set by the border: `Allow`, and the end of a connection whose body nobody reads.
    for (const name of this.#res.getHeaderNames()) {
      const value = this.#res.getHeader(name);
      if (value !== undefined) this.header(name, String(value));
    }
    refusedRequests.inc({ code });
    this.send(status, { ...body });
    return status;
  }
}
