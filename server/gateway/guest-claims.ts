import { createHmac } from 'node:crypto';
import { authSecret, deriveKey } from '../auth/secrets';
import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';

/** A place that another process gave is known to all of them well within this time. Milliseconds. */
const SETTLED_MS = 10_000;

/** What came with a guest's join; the same again shows that the same client asks. */
export interface JoinedWith {
  readonly eventId: string;
  readonly sessionId: string;
  readonly key: string | undefined;
  /** Where the call came from. */
  readonly address: string;
  /** Whether the guest waits in the queue, or has an admission. */
  hasPlace(guestId: string): boolean;
}

/**
 * What the client of the first join has and hardly anybody else: hashed with a key, so that nobody can find out an address
 * by trying them all.
 */
function proofsOf({ sessionId, key, address }: JoinedWith): string[] {
  const secret = deriveKey(authSecret(), 'guest claims');
  const hash = (kind: string, text: string | undefined) =>
    text ? [createHmac('sha256', secret).update(`${kind} ${text}`).digest('base64url')] : [];
  return [...hash('session', sessionId), ...hash('key', key), ...hash('address', address)];
}

/**
 * Lets a guest join whom nobody vouches for: the first one, or who brings what the first one brought. Whoever knows no
 * more than a name is not told the waiting token of the place that stands under it. A place that is over is free.
 * @throws not_yours
 */
export async function claimGuest(db: Db, userId: string, joined: JoinedWith): Promise<void> {
  const { eventId } = joined;
  const proofs = proofsOf(joined);
  const read = () => db.guestClaim.findUnique({ where: { userId_eventId: { userId, eventId } } });
  const isTheirs = (one: { readonly proofs: readonly string[] } | null) =>
    one?.proofs.some((proof) => proofs.includes(proof)) ?? false;
  const claim = await read();
  if (isTheirs(claim)) return;
  const claimedAt = new Date();
  const isSettled = !claim || claimedAt.getTime() - claim.claimedAt.getTime() >= SETTLED_MS;
  if (isSettled && !joined.hasPlace(userId)) {
    const { count } = claim
      ? await db.guestClaim.updateMany({
          where: { userId, eventId, claimedAt: claim.claimedAt },
          data: { proofs, claimedAt },
        })
      : await db.guestClaim.createMany({
          data: [{ userId, eventId, proofs, claimedAt }],
          skipDuplicates: true,
        });
    if (count === 1) return;
  }
  // The same client may have asked twice at once.
  if (isTheirs(await read())) return;
  throw refusal(
    'not_yours',
    'A place stands under this user_id: send the session_id or the idempotency key with which it was taken, or log in.',
  );
}
