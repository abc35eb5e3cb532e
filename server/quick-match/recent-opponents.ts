import type { PrismaClient } from '../db/generated/client';

/** The same two are not brought together again for so long after they were. */
export const REMATCH_MS = 10 * 60_000;
/** No fight takes longer. */
const LONGEST_FIGHT_MS = 60 * 60_000;
const MOST = 200;

/** Whom a player has met of late, however that came about, and until when each is avoided. Unix milliseconds. */
export async function recentOpponents(
  db: PrismaClient,
  playerId: string,
  nowMs: number,
): Promise<Map<string, number>> {
  const met = await db.matchSession.findMany({
    where: {
      createdAt: { gt: new Date(nowMs - REMATCH_MS - LONGEST_FIGHT_MS) },
      acceptedAt: { not: null },
      AND: [
        { OR: [{ player1Id: playerId }, { player2Id: playerId }] },
        { OR: [{ endedAt: null }, { endedAt: { gt: new Date(nowMs - REMATCH_MS) } }] },
      ],
    },
    select: { player1Id: true, player2Id: true, endedAt: true },
    // The oldest first, so that the latest of several counts.
    orderBy: { createdAt: 'asc' },
    take: -MOST,
  });
  return new Map(
    met.map(({ player1Id, player2Id, endedAt }) => [
      player1Id === playerId ? player2Id : player1Id,
      (endedAt?.getTime() ?? nowMs) + REMATCH_MS,
    ]),
  );
}
