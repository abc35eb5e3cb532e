import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type Db, getDb } from '../db/client';
import { AppError } from '../errors';
import { singleton } from '../singleton';
import { currentPlayer, type Player } from './players';
import { authSecret, deriveKey } from './secrets';
import { TtlCache } from './ttl-cache';

/** Long enough to connect and to reconnect once; a page asks for a new one each time. */
export const SIGNAL_TOKEN_SECONDS = 300;
const ISSUER = 'arcade-clash';
const AUDIENCE = 'signal';
const ALGORITHM = 'HS256';

const claims = z.object({ sub: z.string().min(1), epoch: z.number().int(), exp: z.number() });
type Claims = z.infer<typeof claims>;

/** A verification costs some 66 µs; a token is verified once. */
const verified = singleton('signal-tokens', () => new TtlCache<Claims>(20_000));

function key(): Uint8Array {
  return deriveKey(authSecret(), 'signal token');
}

/** A short-lived token with which a player opens the signaling socket. */
export async function issueSignalToken(player: Player): Promise<{ token: string; expiresAt: Date }> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const expires = issuedAt + SIGNAL_TOKEN_SECONDS;
  const token = await new SignJWT({ epoch: player.epoch })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(player.playerId)
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
        'The signaling token is not valid or has expired. Ask account.signalToken for a new one.',
        { cause },
      );
    },
  );
  verified.set(hash, payload, payload.exp * 1000);
  return payload;
}

/**
 * Who a signaling token speaks for, as the database knows them now.
 * @throws {AppError} UNAUTHENTICATED for a forged or expired token, a player who is gone, a revoked session.
 */
export async function verifySignalToken(token: string, db: Db = getDb()): Promise<Player> {
  const { sub, epoch } = await claimsOf(token);
  const player = await currentPlayer(sub, epoch, db);
  if (!player) throw new AppError('UNAUTHENTICATED', 'This log-in is no longer valid. Log in again.');
  return player;
}
