import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../errors';

/** Who opened a connection: `id` and name are the account's. */
export interface Identity {
  readonly playerId: string;
  readonly playerName: string;
}

export interface HandshakeOptions {
  /** @throws {AppError} UNAUTHENTICATED for a token that is forged, expired or revoked. */
  verifyToken(token: string): Promise<Identity>;
  /** null when the Cookie header carries no valid log-in. */
  readCookieUser(cookieHeader: string | undefined): Promise<Identity | null>;
  /** The arcade's public address, if configured. */
  readonly publicUrl: string | undefined;
  /** Whether X-Forwarded-Host may be believed. */
  readonly trustProxy: boolean;
}

const MAX_TOKEN_CHARS = 4096;

/**
 * Who is connecting: by `auth.token`, else by the log-in cookie, which counts only from our own pages,
 * since browsers send cookies along for any page.
 * @throws {AppError} UNAUTHENTICATED, FORBIDDEN for a cookie from another origin.
 */
export async function identify(
  auth: unknown,
  headers: IncomingHttpHeaders,
  options: HandshakeOptions,
): Promise<Identity> {
  const token = tokenOf(auth);
  if (token !== undefined) {
    if (typeof token !== 'string' || token.length > MAX_TOKEN_CHARS)
      throw new AppError('UNAUTHENTICATED', 'The signaling token is not valid.');
    return options.verifyToken(token);
  }
  const player = await options.readCookieUser(headers.cookie);
  if (!player)
    throw new AppError(
      'UNAUTHENTICATED',
      'Log in first, then connect with a token from account.signalToken.',
    );
  if (!isOwnOrigin(headers, options))
    throw new AppError(
      'FORBIDDEN',
      'Connections from this origin need a token; the log-in cookie is not enough.',
    );
  return player;
}

function tokenOf(auth: unknown): unknown {
  if (typeof auth !== 'object' || auth === null || !('token' in auth)) return undefined;
  return auth.token ?? undefined;
}

/** Whether a page of this arcade opened the connection. */
export function isOwnOrigin(
  headers: IncomingHttpHeaders,
  options: { publicUrl: string | undefined; trustProxy: boolean },
): boolean {
  const { origin } = headers;
  // Browsers leave Origin out of same-origin polling; this header they don't let a page set.
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  if (options.publicUrl !== undefined && new URL(options.publicUrl).origin === origin) return true;
  const forwarded = options.trustProxy ? headers['x-forwarded-host'] : undefined;
  return host === (typeof forwarded === 'string' ? forwarded : headers.host);
}
