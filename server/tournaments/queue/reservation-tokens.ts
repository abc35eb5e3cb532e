import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { authSecret, deriveKey } from '../../auth/secrets';
import { singleton } from '../../singleton';
import { refusal } from '../refusals';

const ISSUER = 'arcade-clash';
const AUDIENCE = 'reservation';
const ALGORITHM = 'HS256';

/** What a reservation token says. */
export interface Admission {
  /** Of the admission: a seat is made with it once. */
  readonly tokenId: string;
  readonly eventId: string;
  readonly userId: string;
}

const claims = z.object({
  sub: z.string().min(1),
  event: z.string().min(1),
  jti: z.string().min(1),
  exp: z.number(),
});
type Claims = z.infer<typeof claims>;

/** A verification costs some 66 µs; a token is verified once. */
const verified = singleton('reservation-tokens', () => new LRUCache<string, Claims>({ max: 20_000 }));

const key = (): Uint8Array => deriveKey(authSecret(), 'reservation token');

/** Signs an admission. The same one signs to the same token, so that asking twice gives no second. */
export async function issueReservationToken(admission: Admission, until: Date): Promise<string> {
  return new SignJWT({ event: admission.eventId })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(admission.userId)
    .setJti(admission.tokenId)
    .setExpirationTime(Math.ceil(until.getTime() / 1_000))
    .sign(key());
}

async function claimsOf(token: string, nowMs: number): Promise<Claims> {
  const hash = createHash('sha256').update(token).digest('base64');
  const known = verified.get(hash);
  if (known) return known;
  const { payload } = await jwtVerify(token, key(), {
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    currentDate: new Date(nowMs),
  });
  const read = claims.parse(payload);
  verified.set(hash, read);
  return read;
}

/**
 * Whom a reservation token admits, and where. That it was used before only the seats know: they hold its `tokenId`.
 * @throws bad_token for a forged, foreign or expired one
 */
export async function verifyReservationToken(token: string, nowMs = Date.now()): Promise<Admission> {
  const refuse = (cause?: unknown) =>
    refusal('bad_token', 'The reservation token is not valid or has expired. Ask for admission again.', {
      cause,
    });
  const { sub, event, jti, exp } = await claimsOf(token, nowMs).catch((cause: unknown) => {
    throw refuse(cause);
  });
  if (exp * 1_000 <= nowMs) throw refuse();
  return { tokenId: jti, eventId: event, userId: sub };
}
