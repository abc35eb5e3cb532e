import { createHash } from 'node:crypto';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { type Db, getDb } from '../db/client';
import { singleton } from '../singleton';
import { currentPlayer, type Player } from './players';
import { authSecret } from './secrets';
import { TtlCache } from './ttl-cache';

/** next-auth's cookie over https and over http. Long values come in numbered pieces, `name.0`, `name.1`, … */
const COOKIE_NAMES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];
/** Our tokens take well under one piece; more than this is not ours. */
const MAX_TOKEN_CHARACTERS = 16_384;

/** What a log-in cookie holds, besides next-auth's own claims. */
const claims = z.object({ sub: z.string().min(1), epoch: z.number().int(), exp: z.number() });
type Claims = z.infer<typeof claims>;

/** Decrypting costs a tenth of a millisecond; a page makes many requests with one cookie. */
const DECODED_MS = 60_000;
const decoded = singleton('session-cookies', () => new TtlCache<Claims>(20_000));

/** Cookie names and values; a value that is not valid percent-encoding stays as it is. */
export function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(';').map((piece) => piece.trim())) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const raw = part
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    let value = raw;
    try {
      value = decodeURIComponent(raw);
    } catch {
      // Not percent-encoded: next-auth's own tokens never are.
    }
    cookies.set(part.slice(0, at).trim(), value);
  }
  return cookies;
}

/** The log-in tokens that a Cookie header carries, the https one first. */
export function sessionTokens(cookieHeader: string): string[] {
  const cookies = parseCookies(cookieHeader);
  return COOKIE_NAMES.map((name) => {
    const whole = cookies.get(name);
    if (whole) return whole;
    let joined = '';
    for (let piece = 0; joined.length <= MAX_TOKEN_CHARACTERS; piece++) {
      const part = cookies.get(`${name}.${piece}`);
      if (part === undefined) break;
      joined += part;
    }
    return joined;
  }).filter((token) => token !== '' && token.length <= MAX_TOKEN_CHARACTERS);
}

async function claimsOf(token: string): Promise<Claims | undefined> {
  const secret = authSecret();
  const key = createHash('sha256').update(secret).update(token).digest('base64');
  const known = decoded.get(key);
  if (known) return known;
  const payload = await decode({ token, secret }).catch(() => null);
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  decoded.set(key, parsed.data, Math.min(Date.now() + DECODED_MS, parsed.data.exp * 1000));
  return parsed.data;
}

/**
 * Who sent this Cookie header: null when nobody is signed in, the token is forged or expired, the
 * account is gone, or its sessions were revoked. Reads next-auth's cookie without next-auth's routes.
 */
export async function readSession(
  cookieHeader: string | undefined,
  db: Db = getDb(),
): Promise<Player | null> {
  if (!cookieHeader) return null;
  for (const token of sessionTokens(cookieHeader)) {
    const found = await claimsOf(token);
    const player = found && (await currentPlayer(found.sub, found.epoch, db));
    if (player) return player;
  }
  return null;
}
