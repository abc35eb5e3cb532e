import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from '../tournaments/refusals';

/** What pages of other origins may send and read. No cookies: who asks is said by a bearer. */
const ALLOWED = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, X-Request-Id, X-Trace-Id',
  'access-control-max-age': '600',
} as const;
const EXPOSED =
  'X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Window, Retry-After, X-Idempotency-Cached';

/**
 * Lets pages of the configured origins use the HTTP API, and answers their preflights.
 * @returns whether the request is answered
 * @throws not_yours for the preflight of any other origin
 */
export function cors(origins: readonly string[]): (req: IncomingMessage, res: ServerResponse) => boolean {
  const known = new Set(origins);
  return ({ method, headers }, res) => {
    const { origin } = headers;
    if (origin === undefined) return false;
    const isPreflight = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    if (!known.has(origin)) {
      if (!isPreflight) return false;
      throw refusal('not_yours', 'Pages of this origin are not served: CORS_ALLOW_ORIGINS does not list it.');
    }
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('vary', 'Origin');
    if (!isPreflight) {
      res.setHeader('access-control-expose-headers', EXPOSED);
      return false;
    }
    res.writeHead(204, ALLOWED);
    res.end();
    return true;
  };
}
