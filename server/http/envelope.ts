import type { ServerResponse } from 'node:http';
import { errorEnvelope, publicError } from '../errors';
import { refusedRequests } from './counts';
import { problemOf, wantsProblem } from './problem';

/** Answers with JSON that nobody may cache. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  type = 'application/json',
): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  res.end(res.req.method === 'HEAD' ? undefined : text);
}

/**
 * Answers with the error envelope (P6), or with problem details for who asks for them (HTTP-9); what isn't written for the
 * client is not shown to them.
 */
export function sendError(res: ServerResponse, error: unknown): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { code, detail } = publicError(error);
  refusedRequests.inc({ code });
  const failure = errorEnvelope(error);
  const seconds = detail?.retryAfterSeconds;
  if (typeof seconds === 'number' && !res.hasHeader('retry-after')) res.setHeader('retry-after', seconds);
  res.appendHeader('vary', 'Accept');
  const { accept } = res.req.headers;
  if (!wantsProblem(accept)) sendJson(res, failure.status, failure.body);
  else sendJson(res, failure.status, problemOf(failure, res.req.url ?? '/'), 'application/problem+json');
}
