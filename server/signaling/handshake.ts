import type { IncomingHttpHeaders } from 'node:http';
import { MAX_CLIENT_ID_CHARS } from '../../proto/signaling-limits';
import { AppError } from '../errors';
import { isOwnOrigin } from '../request-facts';

/** Who opened a connection: `id` and name are the account's; the rest says by which log-in. */
export interface Identity {
  readonly playerId: string;
  readonly playerName: string;
  readonly epoch: number;
  readonly loginId: string;
}

export interface HandshakeOptions {
  /** @throws {AppError} UNAUTHENTICATED for a token that is forged, expired or revoked. */
  verifyToken(token: string): Promise<Identity>;
  /** null when the Cookie header carries no valid log-in. */
  readCookieUser(cookieHeader: string | undefined): Promise<Identity | null>;
  /** The arcade's public address, if configured. */
  readonly publicUrl: string | undefined;
  /** Whether X-Forwarded-Host and X-Forwarded-Proto may be believed. */
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

/** Whether a client asks for numbered changes of the lobby instead of whole lists. */
export function wantsLobbyDeltas(auth: unknown): boolean {
  return typeof auth === 'object' && auth !== null && 'lobby' in auth && auth.lobby === 'delta';
}

/** The one id of a tab, by which its page is known again after a reload; null for a client that brings none. */
export function clientIdOf(auth: unknown): string | null {
  if (typeof auth !== 'object' || auth === null || !('clientId' in auth)) return null;
  const { clientId } = auth;
  if (clientId === undefined || clientId === null) return null;
  if (
    typeof clientId !== 'string' ||
    !/^[\x21-\x7e]+$/.test(clientId) ||
    clientId.length > MAX_CLIENT_ID_CHARS
  )
    throw new AppError(
      'BAD_REQUEST',
      `auth.clientId is 1 to ${MAX_CLIENT_ID_CHARS} printable ASCII characters without spaces.`,
    );
  return clientId;
}
