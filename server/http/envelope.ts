import type { ServerResponse } from 'node:http';
import { errorEnvelope, publicError } from '../errors';
import { refusedRequests } from './counts';

/** Answers with JSON that nobody may cache. */
export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  res.end(res.req.method === 'HEAD' ? undefined : text);
}

/** Answers with the error envelope (P6); what isn't written for the client is not shown to them. */
export function sendError(res: ServerResponse, error: unknown): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { status, body } = errorEnvelope(error);
  const seconds = publicError(error).detail?.retryAfterSeconds;
  if (typeof seconds === 'number' && !res.hasHeader('retry-after')) res.setHeader('retry-after', seconds);
  refusedRequests.inc({ code: body.code });
  sendJson(res, status, body);
}
