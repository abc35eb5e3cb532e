import type { Db } from '../db/client';
import { AppError } from '../errors';
import { isApart } from './relations';

/** Whether one player may ask another for a match now (SIG-27). */

/** This many refusals in a row mute … */
const REFUSALS = 2;
/** … for so long after the last one. */
export const MUTED_MS = 10 * 60_000;
/** What is longer ago counts as forgotten. */
const LOOK_BACK_MS = 24 * 3_600_000;

/**
 * Who declines somebody twice is not asked by that person for ten minutes. Read from what happened, so it holds on every node
 * and over a restart. A match between the two, whoever asked, makes it good.
 * @returns until when, or undefined
 */
export async function mutedUntil(
  db: Db,
  requesterId: string,
  targetId: string,
  nowMs: number,
): Promise<Date | undefined> {
  const since = new Date(nowMs - LOOK_BACK_MS);
  const latest = await db.matchSession.findMany({
    where: {
      createdAt: { gt: since },
      OR: [
        { player1Id: requesterId, player2Id: targetId, status: 'declined', reason: 'declined' },
        { player1Id: requesterId, player2Id: targetId, acceptedAt: { not: null } },
        { player1Id: targetId, player2Id: requesterId, acceptedAt: { not: null } },
      ],
    },
    select: { acceptedAt: true, endedAt: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: REFUSALS,
  });
  const [last] = latest;
  if (!last || latest.length < REFUSALS || latest.some(({ acceptedAt }) => acceptedAt !== null))
    return undefined;
  const until = (last.endedAt ?? last.createdAt).getTime() + MUTED_MS;
  return until > nowMs ? new Date(until) : undefined;
}

/**
 * Refuses where the target wants no requests of this player. The words are the same for a block and for two refusals: whom
 * somebody has blocked is nobody else's business.
 * @throws {AppError} CONFLICT
 */
export async function assertMayAsk(
  db: Db,
  { requesterId, targetId, nowMs }: { requesterId: string; targetId: string; nowMs: number },
): Promise<void> {
  const [apart, until] = await Promise.all([
    isApart(db, requesterId, targetId),
    mutedUntil(db, requesterId, targetId, nowMs),
  ]);
  if (apart || until) throw new AppError('CONFLICT', 'That player takes no requests of you at the moment.');
}
