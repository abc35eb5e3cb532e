import { z } from 'zod';
import type { Db } from '../db/client';
import { SessionStatus, TrainingStatus } from '../db/generated/enums';

const count = z.int().min(0);

/** The arcade in numbers; a status that nothing has is left out. */
export const overview = z.object({
  sessions: z.partialRecord(z.enum(SessionStatus), count),
  trainings: z.partialRecord(z.enum(TrainingStatus), count),
  players: z.object({ registered: count, guests: count, admins: count }),
  process: z.object({ uptimeSeconds: count, memoryBytes: count, node: z.string() }),
});

function byStatus<S extends string>(groups: readonly { status: S; _count: number }[]) {
  const counts: Partial<Record<S, number>> = {};
  for (const group of groups) counts[group.status] = group._count;
  return counts;
}

/** Counts what the arcade holds, and says how its process does. */
export async function takeOverview(db: Db): Promise<z.input<typeof overview>> {
  const [sessions, trainings, registered, guests, admins] = await Promise.all([
    db.matchSession.groupBy({ by: ['status'], _count: true }),
    db.trainingSession.groupBy({ by: ['status'], _count: true }),
    db.user.count({ where: { isGuest: false } }),
    db.user.count({ where: { isGuest: true } }),
    db.user.count({ where: { role: 'admin' } }),
  ]);
  return {
    sessions: byStatus(sessions),
    trainings: byStatus(trainings),
    players: { registered, guests, admins },
    process: {
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      node: process.version,
    },
  };
}
