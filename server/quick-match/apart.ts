import type { PrismaClient } from '../db/generated/client';
import { mutedUntil } from '../social/asking';
import { isApart } from '../social/relations';

/** Whether the arcade keeps two from each other: one has blocked the other, or has just declined them twice. */
export async function isKeptApart(
  db: PrismaClient,
  oneId: string,
  twoId: string,
  nowMs: number,
): Promise<boolean> {
  const [blocked, ...muted] = await Promise.all([
    isApart(db, oneId, twoId),
    mutedUntil(db, oneId, twoId, nowMs),
    mutedUntil(db, twoId, oneId, nowMs),
  ]);
  return blocked || muted.some((until) => until !== undefined);
}
