import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors';
import { tracer } from '../../tracing';
import type { WebCallOptions } from './call';
import type { Tokens } from './tokens';

const VISIBLE = /^[\x21-\x7e]{1,200}$/;

/**
 * The headers of a call.
 * @throws {AppError} BAD_REQUEST for a key that no header can hold, UNAUTHENTICATED for a bad `bearer`
 */
export async function headersOf(
  tokens: Tokens,
  { bearer, idempotencyKey, requestId, traceparent }: WebCallOptions,
  hasBody: boolean,
): Promise<Readonly<Record<string, string>>> {
  if (idempotencyKey !== undefined && !VISIBLE.test(idempotencyKey))
    throw new AppError('BAD_REQUEST', 'An idempotency key is 1 to 200 visible characters of ASCII.');
  const isUsable = (text: string | undefined): text is string => text !== undefined && VISIBLE.test(text);
  return {
    accept: 'application/json',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    'x-request-id': isUsable(requestId) ? requestId : randomUUID(),
    ...(isUsable(traceparent) ? { traceparent } : tracer()?.headers()),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(await tokens.headers(bearer)),
  };
}
