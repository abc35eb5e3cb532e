import { createHash } from 'node:crypto';
import { parseCookie as parse } from 'cookie';
import { LRUCache } from 'lru-cache';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { type Db, getDb } from '../db/client';
import { singleton } from '../singleton';
import { type Login, type SignedIn, whoIs } from './players';
import { authSecret } from './secrets';

/** next-auth's cookie over https and over http. Long values come in numbered pieces, `name.0`, `name.1`, … */
const COOKIE_NAMES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];
/** Our tokens take well under one piece; more than this is not ours. */
const MAX_TOKEN_CHARACTERS = 16_384;

/** What a log-in cookie holds, besides next-auth's own claims. */
const claims = z
  .object({
    // PostgreSQL's text can't hold NUL.
    sub: z
      .string()
      .min(1)
      .regex(/^[^\0]*$/),
    epoch: z.number().int(),
    exp: z.number(),
    /** The log-in's id; before the first renewal the token's own. */
    login: z.string().min(1).optional(),
    jti: z.string().min(1),
    /** Seconds since 1970 at which the password was given; before the first renewal the token's own `iat`. */
    since: z.number().optional(),
    iat: z.number(),
  })
  .transform(({ sub, epoch, exp, login, jti, since, iat }) => ({
    login: { playerId: sub, epoch, loginId: login ?? jti } satisfies Login,
    since: since ?? iat,
    expires: exp,
  }));
/** What a log-in cookie says. */
export type LoginClaims = z.infer<typeof claims>;

/** Reads what next-auth has decrypted; undefined when it isn't a log-in of ours. */
export function readClaims(payload: unknown): LoginClaims | undefined {
  return claims.safeParse(payload).data;
}

/** Decrypting costs a tenth of a millisecond; a page makes many requests with one cookie. */
const DECODED_MS = 60_000;
const decoded = singleton('session-cookies', () => new LRUCache<string, LoginClaims>({ max: 20_000 }));

/** The log-in tokens that a Cookie header carries, the https one first, and the name of each one's cookie. */
export function sessionTokens(cookieHeader: string): { readonly name: string; readonly token: string }[] {
  const cookies = parse(cookieHeader);
  return COOKIE_NAMES.map((name) => {
    let token = cookies[name] ?? '';
    for (let piece = 0; !cookies[name] && token.length <= MAX_TOKEN_CHARACTERS; piece++) {
      const part = cookies[`${name}.${piece}`];
      if (part === undefined) break;
      token += part;
    }
    return { name, token };
  }).filter(({ token }) => token !== '' && token.length <= MAX_TOKEN_CHARACTERS);
}

async function claimsOf(token: string): Promise<LoginClaims | undefined> {
  const secret = authSecret();
  const key = createHash('sha256').update(secret).update(token).digest('base64');
  const remembered = decoded.get(key);
  if (remembered) return remembered;
  const read = readClaims(await decode({ token, secret }).catch(() => null));
  const leftMs = (read?.expires ?? 0) * 1000 - Date.now();
  if (read && leftMs > 0) decoded.set(key, read, { ttl: Math.min(DECODED_MS, leftMs) });
  return read;
}

/** A good log-in, as a Cookie header carries it. */
interface FoundLogin {
  readonly player: SignedIn;
  readonly nameChosen: boolean;
  readonly cookieName: string;
  readonly claims: LoginClaims;
}

/** The first log-in of a Cookie header that is good: not forged, expired, ended or revoked. Reads next-auth's cookie without next-auth's routes. */
export async function findLogin(
  cookieHeader: string | undefined,
  db: Db = getDb(),
): Promise<FoundLogin | null> {
  if (!cookieHeader) return null;
  for (const { name, token } of sessionTokens(cookieHeader)) {
    const claims = await claimsOf(token);
    const who = claims && (await whoIs(claims.login, db));
    if (who) return { ...who, cookieName: name, claims };
  }
  return null;
}

/**
 * Who sent this Cookie header: null when nobody is signed in, the token is forged or expired, the log-in was
 * ended or revoked, the player is banned or gone, or an OAuth account has not chosen its name yet.
 */
export async function readSession(
  cookieHeader: string | undefined,
  db: Db = getDb(),
): Promise<SignedIn | null> {
  const found = await findLogin(cookieHeader, db);
  return found?.nameChosen ? found.player : null;
}
