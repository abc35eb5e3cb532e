import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Db, getDb } from '../db/client';
import { AppError } from '../errors';
import { singleton } from '../singleton';
import { currentPlayer, type Login, type SignedIn } from './players';
import { authSecret, deriveKey } from './secrets';

const ISSUER = 'arcade-clash';
const ALGORITHM = 'HS256';
/** Verified tokens that are remembered, and as many refused ones: what was forged or is over stays so. */
const REMEMBERED = 20_000;

const claims = z.object({
  // PostgreSQL's text can't hold NUL.
  sub: z
    .string()
    .min(1)
    .regex(/^[^\0]*$/),
  epoch: z.number().int(),
  login: z.string(),
  exp: z.number(),
});
type Claims = z.infer<typeof claims>;

/** One kind of token that speaks for a player: signed with a key of its own, worth nothing where another kind is asked for. */
export interface PlayerTokens {
  /** It ends with the log-in it was asked with. */
  issue(login: Login): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /**
   * Who a token speaks for, as the database knows them now, and until when.
   * @throws {AppError} UNAUTHENTICATED for a forged or expired token, an ended or revoked log-in, a player who is
   *   banned or gone.
   */
  verify(token: string, db?: Db): Promise<{ readonly player: SignedIn; readonly expiresAt: Date }>;
  /** A token that is asked about more than once: it is hashed once. */
  shown(token: string): ShownToken;
}

/** A token that somebody shows. */
export interface ShownToken {
  /** What is remembered of it: its signature is right, or wrong; undefined: it would have to be looked at. */
  remembered(): 'good' | 'bad' | undefined;
  /** As {@link PlayerTokens.verify}. */
  verify(db?: Db): Promise<{ readonly player: SignedIn; readonly expiresAt: Date }>;
}

export function playerTokens(kind: {
  readonly audience: string;
  /** What the key is derived for, and under which verified tokens are remembered. */
  readonly purpose: string;
  readonly seconds: number;
  /** Told to whoever shows a bad one. */
  readonly refusal: string;
}): PlayerTokens {
  // A verification costs some 66 µs; a token is verified once.
  const verified = singleton(`${kind.purpose}s`, () => new LRUCache<string, Claims>({ max: REMEMBERED }));
  const refused = singleton(
    `refused ${kind.purpose}s`,
    () => new LRUCache<string, true>({ max: REMEMBERED }),
  );
  const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');
  const key = (): Uint8Array => deriveKey(authSecret(), kind.purpose);

  async function claimsOf(token: string, hash: string): Promise<Claims> {
    const known = verified.get(hash);
    if (known) return known;
    if (refused.has(hash)) throw new AppError('UNAUTHENTICATED', kind.refusal);
    const payload = await jwtVerify(token, key(), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: kind.audience,
    })
      .then((result) => claims.parse(result.payload))
      .catch((cause: unknown) => {
        refused.set(hash, true);
        throw new AppError('UNAUTHENTICATED', kind.refusal, { cause });
      });
    const leftMs = payload.exp * 1000 - Date.now();
    if (leftMs > 0) verified.set(hash, payload, { ttl: leftMs });
    return payload;
  }

  function shown(token: string): ShownToken {
    const hash = hashOf(token);
    return {
      remembered() {
        if (verified.has(hash)) return 'good';
        return refused.has(hash) ? 'bad' : undefined;
      },
      async verify(db = getDb()) {
        const { sub, epoch, login, exp } = await claimsOf(token, hash);
        const player = await currentPlayer({ playerId: sub, epoch, loginId: login }, db);
        if (!player) throw new AppError('UNAUTHENTICATED', 'This log-in is no longer valid. Log in again.');
        return { player, expiresAt: new Date(exp * 1000) };
      },
    };
  }

  return {
    shown,
    async issue({ playerId, epoch, loginId }) {
      const issuedAt = Math.floor(Date.now() / 1000);
      const expires = issuedAt + kind.seconds;
      const token = await new SignJWT({ epoch, login: loginId })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(kind.audience)
        .setSubject(playerId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key());
      return { token, expiresAt: new Date(expires * 1000) };
    },
    verify: (token, db) => shown(token).verify(db),
  };
}
