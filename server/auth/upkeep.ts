import type { Db } from '../db/client';
import { guestsExpired } from './counts';
import { forgetExpiredLogins } from './logins';
import { skeletonOf } from './skeleton';

/** A guest whom nobody has seen for this long, and who never played, is deleted. */
export const GUEST_DAYS = 7;
/** Rows in one statement: short enough to be in nobody's way. */
const BATCH = 500;
const EVERY_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes guests who never played and whom nobody has seen for {@link GUEST_DAYS}. Whoever played stays: the match
 * is the other player's record, too.
 * @returns how many.
 */
export async function expireGuests(db: Db, nowMs: number = Date.now()): Promise<number> {
  const before = new Date(nowMs - GUEST_DAYS * DAY_MS);
  let total = 0;
  for (let count = BATCH; count === BATCH; total += count) {
    // One statement, so that a guest who is challenged at this moment is seen.
    count = await db.$executeRaw`
      DELETE FROM "User" WHERE id IN (
        SELECT guest.id FROM "User" AS guest
        WHERE guest."isGuest" AND guest."lastSeenAt" < ${before}
          AND NOT EXISTS (SELECT FROM "MatchSession" WHERE "player1Id" = guest.id OR "player2Id" = guest.id)
          AND NOT EXISTS (SELECT FROM "Reservation" WHERE "userId" = guest.id)
          AND NOT EXISTS (SELECT FROM "Entrant" WHERE "userId" = guest.id)
        LIMIT ${BATCH})`;
  }
  guestsExpired.inc(total);
  return total;
}

/**
 * Gives names from before the rule what they look like. Of two that look alike the older keeps the skeleton for
 * itself; the other works on under `<skeleton>#<id>`, which no name can have.
 * @returns how many names were looked at.
 */
export async function fillSkeletons(db: Db): Promise<number> {
  for (let total = 0; ; ) {
    const rows = await db.user.findMany({
      where: { skeleton: null },
      orderBy: { createdAt: 'asc' },
      take: BATCH,
      select: { id: true, username: true },
    });
    if (rows.length === 0) return total;
    for (const { id, username } of rows) {
      const skeleton = skeletonOf(username);
      const isTaken = await db.user.findUnique({ where: { skeleton }, select: { id: true } });
      await db.user.update({ where: { id }, data: { skeleton: isTaken ? `${skeleton}#${id}` : skeleton } });
    }
    total += rows.length;
  }
}

/**
 * Keeps the accounts tidy while the arcade runs.
 * @param onError told of what failed; the next turn tries again.
 * @returns stops it, and waits for a turn under way.
 */
export function startUpkeep(db: Db, onError: (error: unknown) => void): () => Promise<void> {
  const turn = async () => {
    try {
      await fillSkeletons(db);
      await expireGuests(db);
      await forgetExpiredLogins(db);
    } catch (error) {
      onError(error);
    }
  };
  let running = turn();
  const timer = setInterval(() => {
    running = running.then(turn);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
