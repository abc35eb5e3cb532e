import { stringifySetCookie } from 'cookie';
import { encode } from 'next-auth/jwt';
import { type Db, getDb } from '../db/client';
import { loginsRenewed } from './counts';
import { COOKIE_SECONDS, LOGIN_SECONDS } from './logins';
import { authSecret } from './secrets';
import { findLogin, type LoginClaims } from './session';

/**
 * How long a cookie made now may last: 30 days, for an account at most to the end of its log-in's year.
 * @returns seconds; 0 or less when the log-in is over.
 */
export function cookieSeconds(since: number, isGuest: boolean, nowMs: number): number {
  if (isGuest) return COOKIE_SECONDS;
  return Math.min(COOKIE_SECONDS, Math.floor(since + LOGIN_SECONDS - nowMs / 1000));
}

/** What next-auth finds in a renewed cookie: the same log-in. */
export function renewedClaims({ login, since }: LoginClaims) {
  return { sub: login.playerId, epoch: login.epoch, login: login.loginId, since };
}

/**
 * The `Set-Cookie` line that renews the log-in of a request in the second half of its 30 days; undefined when
 * there is nothing to renew: nobody is signed in, the log-in was ended or revoked, or it is young.
 * A browser that goes on visiting stays logged in; next-auth by itself renews only where its session route is asked.
 */
export async function renewedCookie(
  cookieHeader: string | undefined,
  db: Db = getDb(),
  nowMs: number = Date.now(),
): Promise<string | undefined> {
  const found = await findLogin(cookieHeader, db);
  if (!found) return undefined;
  const { claims, cookieName, player } = found;
  const left = claims.expires - nowMs / 1000;
  if (left > COOKIE_SECONDS / 2) return undefined;
  const maxAge = cookieSeconds(claims.since, player.isGuest, nowMs);
  // At the end of the log-in's year there is no more to give.
  if (maxAge <= left + 60) return undefined;
  loginsRenewed.inc();
  return stringifySetCookie({
    name: cookieName,
    value: await encode({ token: renewedClaims(claims), secret: authSecret(), maxAge }),
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: cookieName.startsWith('__Secure-'),
    maxAge,
    expires: new Date(nowMs + maxAge * 1000),
  });
}
