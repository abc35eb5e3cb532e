import { z } from 'zod';
import { CONDUCT_REASONS } from '../../proto/sessions';
import type { Db } from '../db/client';

const DAY_MS = 24 * 3_600_000;

/** How often a player spoiled fights in the last 24 hours, by how and by whether it is known to be that player's doing. */
export const conductCounts = z.array(
  z.object({
    reason: z.string().pipe(z.enum(CONDUCT_REASONS)),
    isWhole: z.boolean(),
    count: z.int().min(1),
  }),
);

/** The counts of these players, by their id; who did nothing has none. */
export async function countConduct(
  db: Db,
  playerIds: readonly string[],
  nowMs: number = Date.now(),
): Promise<Map<string, z.input<typeof conductCounts>>> {
  const rows = await db.conduct.groupBy({
    by: ['playerId', 'reason', 'isWhole'],
    where: { playerId: { in: [...playerIds] }, at: { gt: new Date(nowMs - DAY_MS) } },
    _count: { _all: true },
    orderBy: [{ reason: 'asc' }, { isWhole: 'desc' }],
  });
  const byPlayer = new Map<string, z.input<typeof conductCounts>>();
  for (const { playerId, reason, isWhole, _count } of rows) {
    const counts = byPlayer.get(playerId) ?? [];
    counts.push({ reason, isWhole, count: _count._all });
    byPlayer.set(playerId, counts);
  }
  return byPlayer;
}
