import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { hostOf, isLoopbackHost } from './loopback';

/** Metadata keys of the token that the arcade's own processes show each other, and of `INTERNAL_API_KEY`. */
export const TOKEN_KEY = 'arcade-internal-token';
const API_KEY = 'x-internal-key';
const BEARER = /^Bearer +(\S+)$/i;

/** What a process knows to show, or to ask for. With neither, internal services serve nobody. */
export interface ServiceKeys {
  /** `AUTH_SECRET`, configured or generated. */
  readonly authSecret?: string | undefined;
  /** `INTERNAL_API_KEY`. */
  readonly internalApiKey?: string | undefined;
}

/**
 * The token that processes sharing one `AUTH_SECRET` derive from it; it reveals nothing of the secret.
 * @param service full name such as `match.MatchService`: a training service of somebody else learns nothing
 *   that opens the judge
 */
export function internalToken(secret: string, service: string): string {
  return createHmac('sha256', secret).update(`arcade-clash internal gRPC v2 ${service}`).digest('hex');
}

/** Header and metadata key of a call that a gateway has sent on already. */
export const HOP_KEY = 'x-arcade-hop';

/** What a gateway puts there: nobody else can tell a process of the same arcade to answer by itself. */
export function hopMark({ authSecret }: ServiceKeys): string {
  return authSecret === undefined ? '1' : internalToken(authSecret, 'hop');
}

/** Whether a call was sent on by a gateway that shares our secret: it is answered here, whatever the configuration says. */
export function isHop(mark: unknown, keys: ServiceKeys): boolean {
  return typeof mark === 'string' && keys.authSecret !== undefined && isSame(mark, hopMark(keys));
}

/** Metadata for calls to an internal service: the derived token, or the key where that is all there is. */
export function internalMetadata({ authSecret, internalApiKey }: ServiceKeys, service: string): Metadata {
  const metadata = new Metadata();
  if (authSecret !== undefined) metadata.set(TOKEN_KEY, internalToken(authSecret, service));
  else if (internalApiKey !== undefined) metadata.set(API_KEY, internalApiKey);
  return metadata;
}

/** What of a server call tells who is calling, and what. */
export interface Caller {
  getPeer(): string;
  /** `/package.Service/Method` */
  getPath(): string;
  readonly metadata: Metadata;
}

/** Headers by which a proxy on this machine says that it speaks for somebody else. */
const PROXY_KEYS = ['x-forwarded-for', 'forwarded', 'via'];

function isFromThisMachine(call: Caller): boolean {
  const isProxied = PROXY_KEYS.some((key) => call.metadata.get(key).length > 0);
  return !isProxied && isLoopbackHost(hostOf(call.getPeer()));
}

/** Whether a text is the secret, told in constant time. Compared by their hashes: neither contents nor length can be timed. */
export function isSame(given: string, expected: string | undefined): boolean {
  if (expected === undefined) return false;
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function textOf({ metadata }: Caller, key: string): string | undefined {
  const value = metadata.get(key)[0];
  return value === undefined ? undefined : String(value);
}

/** Whether the caller shows something that this process asks for; undefined when it shows nothing. */
export function showsToken(call: Caller, { authSecret, internalApiKey }: ServiceKeys): boolean | undefined {
  const service = call.getPath().split('/')[1] ?? '';
  const derived = authSecret === undefined ? undefined : internalToken(authSecret, service);
  const token = textOf(call, TOKEN_KEY);
  const keys = [textOf(call, API_KEY), BEARER.exec(textOf(call, 'authorization') ?? '')?.[1]];
  const shown = keys.filter((key) => key !== undefined);
  if (token === undefined && shown.length === 0) return undefined;
  return (token !== undefined && isSame(token, derived)) || shown.some((key) => isSame(key, internalApiKey));
}

function refuse(): never {
  throw new AppError(
    'UNAUTHENTICATED',
    'This service is internal to an arcade: the token is missing or wrong.',
  );
}

/**
 * Lets the arcade's own processes through and nobody else: whoever reaches this port from this machine may be a
 * proxy that says nothing about itself.
 * @throws {AppError} UNAUTHENTICATED without the token or the key.
 */
export function assertInternal(call: Caller, keys: ServiceKeys): void {
  if (showsToken(call, keys) !== true) refuse();
}

/**
 * Lets the arcade's own processes through, and callers on this machine without a token. A wrong token is refused
 * on loopback too: two processes then have different secrets.
 * @throws {AppError} UNAUTHENTICATED otherwise.
 */
export function assertNeighbour(call: Caller, keys: ServiceKeys): void {
  if (!(showsToken(call, keys) ?? isFromThisMachine(call))) refuse();
}
