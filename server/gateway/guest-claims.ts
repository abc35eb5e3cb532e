import { createHash } from 'node:crypto';
import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';

/** A place that another process gave is known to all of them well within this time. Milliseconds. */
const SETTLED_MS = 10_000;

/** What came with a guest's join; the same again shows that the same client asks. */
export interface JoinedWith {
  readonly eventId: string;
  readonly sessionId: string;
  readonly key: string | undefined;
  /** Whether the guest waits in the queue, or has an admission. */
  hasPlace(guestId: string): boolean;
}

/** What only the client of the first join knows, hashed. */
function proofsOf({ sessionId, key }: JoinedWith): string[] {
  const hash = (kind: string, text: string) =>
    createHash('sha256').update(`${kind} ${text}`).digest('base64url');
  return [...(sessionId === '' ? [] : [hash('session', sessionId)]), ...(key ? [hash('key', key)] : [])];
}

/**
 * Lets a guest join whom nobody vouches for: the first one, or who brings what the first one brought. Whoever knows no
 * more than a name is not told the waiting token of the place that stands under it. A place that is over is free.
 * @throws not_yours
 */
export async function claimGuest(db: Db, userId: string, joined: JoinedWith): Promise<void> {
  const { eventId } = joined;
  const proofs = proofsOf(joined);
  const claim = await db.guestClaim.findUnique({ where: { userId_eventId: { userId, eventId } } });
  if (claim?.proofs.some((proof) => proofs.includes(proof))) return;
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
  throw refusal(
    'not_yours',
    'A place stands under this user_id: send the session_id or the idempotency key with which it was taken, or log in.',
  );
}
