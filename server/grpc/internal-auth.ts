import { createHmac, timingSafeEqual } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { hostOf, isLoopbackHost } from './loopback';

/** Metadata key of the token that the arcade's own processes show each other. */
const TOKEN_KEY = 'arcade-internal-token';

/** The token that processes sharing one `AUTH_SECRET` derive from it; it reveals nothing of the secret. */
export function internalToken(secret: string): string {
  return createHmac('sha256', secret).update('arcade-clash internal gRPC v1').digest('hex');
}

/** Metadata for a call to an internal service. Without a secret it is empty, which is enough on loopback. */
export function internalMetadata(secret: string | undefined): Metadata {
  const metadata = new Metadata();
  if (secret !== undefined) metadata.set(TOKEN_KEY, internalToken(secret));
  return metadata;
}

/** What of a server call tells who is calling. */
export interface Caller {
  getPeer(): string;
  readonly metadata: Metadata;
}

/** Headers by which a proxy on this machine says that it speaks for somebody else. */
const PROXY_KEYS = ['x-forwarded-for', 'forwarded', 'via'];

function isFromThisMachine(call: Caller): boolean {
  const isProxied = PROXY_KEYS.some((key) => call.metadata.get(key).length > 0);
  return !isProxied && isLoopbackHost(hostOf(call.getPeer()));
}

/**
 * Lets the arcade's own processes through: callers on loopback, and callers elsewhere that know the
 * secret. Without a secret only loopback passes. A wrong token is refused on loopback too when there is
 * a secret to compare it with: two processes then have different ones.
 * @throws {AppError} UNAUTHENTICATED otherwise.
 */
export function assertInternal(call: Caller, secret: string | undefined): void {
  const token = call.metadata.get(TOKEN_KEY)[0];
  if (secret !== undefined && token !== undefined) {
    const given = Buffer.from(String(token));
    const expected = Buffer.from(internalToken(secret));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  } else if (isFromThisMachine(call)) return;
  throw new AppError(
    'UNAUTHENTICATED',
    'This service is internal to an arcade: the token is missing or wrong.',
  );
}
