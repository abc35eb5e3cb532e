import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Db, getDb } from '../db/client';
import { AppError } from '../errors';
import { singleton } from '../singleton';
import { currentPlayer, type Login, type SignedIn } from './players';
import { authSecret, deriveKey } from './secrets';

/** A day, as clients of the public gateway expect. */
export const API_TOKEN_SECONDS = 86_400;
const ISSUER = 'arcade-clash';
const AUDIENCE = 'api';
const ALGORITHM = 'HS256';

const claims = z.object({
  sub: z.string().min(1),
  epoch: z.number().int(),
  login: z.string(),
  exp: z.number(),
});
type Claims = z.infer<typeof claims>;

/** A verification costs some 66 µs; a token is verified once. */
const verified = singleton('api-tokens', () => new LRUCache<string, Claims>({ max: 20_000 }));

function key(): Uint8Array {
  return deriveKey(authSecret(), 'api token');
}

/** The bearer token for `/api/v1`, `/state` and gRPC. It ends with the log-in it was asked with. */
export async function issueApiToken({
  playerId,
  epoch,
  loginId,
}: Login): Promise<{ token: string; expiresAt: Date }> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const expires = issuedAt + API_TOKEN_SECONDS;
  const token = await new SignJWT({ epoch, login: loginId })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(playerId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(key());
  return { token, expiresAt: new Date(expires * 1000) };
}

async function claimsOf(token: string): Promise<Claims> {
  const hash = createHash('sha256').update(token).digest('base64');
  const known = verified.get(hash);
  if (known) return known;
  const payload = await jwtVerify(token, key(), {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
  }).then(
    (result) => claims.parse(result.payload),
    (cause: unknown) => {
      throw new AppError(
        'UNAUTHENTICATED',
        'The token is not valid or has expired. Ask account.apiToken for a new one.',
        { cause },
      );
    },
  );
  const leftMs = payload.exp * 1000 - Date.now();
  if (leftMs > 0) verified.set(hash, payload, { ttl: leftMs });
  return payload;
}

/**
 * Who a bearer token speaks for, as the database knows them now, and until when.
 * @throws {AppError} UNAUTHENTICATED for a forged or expired token, an ended or revoked log-in, a player who is
 *   banned or gone.
 */
export async function verifyApiToken(
  token: string,
  db: Db = getDb(),
): Promise<{ readonly player: SignedIn; readonly expiresAt: Date }> {
  const { sub, epoch, login, exp } = await claimsOf(token);
  const player = await currentPlayer({ playerId: sub, epoch, loginId: login }, db);
  if (!player) throw new AppError('UNAUTHENTICATED', 'This log-in is no longer valid. Log in again.');
  return { player, expiresAt: new Date(exp * 1000) };
}
