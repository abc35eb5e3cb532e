import { mayOwe } from '../rows';
import type { SeatMirrorOptions } from './mirror';

/** Seats that one round gives back. */
const BATCH = 50;
/** A service that keeps one all the same is asked again in each round for so long, and then rarely. */
const OFTEN_MS = 3_600_000;
const RARELY_MS = 600_000;

/** Gives seats back, where they are kept, that ended here: each step may be done again, by any number of processes. */
export function createReleases({
  db,
  clock,
  log,
  keeper,
}: Pick<SeatMirrorOptions, 'db' | 'clock' | 'log' | 'keeper'>): { sweep(): Promise<void> } {
  return {
    async sweep() {
      const ago = (ms: number) => new Date(clock.now() - ms);
      const due = await db.reservation.findMany({
        where: {
          releaseDue: true,
          OR: [
            { endedAt: null },
            { endedAt: { gte: ago(OFTEN_MS) } },
            { updatedAt: { lte: ago(RARELY_MS) } },
          ],
        },
        orderBy: { updatedAt: 'asc' },
        take: BATCH,
      });
      for (const row of due) {
        const isOver = await keeper.release({
          reservationId: row.id,
          userId: row.userId,
          reason: row.reason ?? row.status,
        });
        if (!isOver && row.endedAt && row.endedAt < ago(OFTEN_MS))
          log.error({ reservationId: row.id }, 'a seat is kept elsewhere that ended here');
        // One that is refused stands behind the others; what was paid meanwhile for one that is over is looked for.
        await db.reservation.updateMany({
          where: { id: row.id, updatedAt: row.updatedAt },
          data: {
            releaseDue: !isOver,
            ...(isOver && mayOwe(row) ? { refundDue: true } : {}),
            updatedAt: new Date(Math.max(clock.now(), row.updatedAt.getTime() + 1)),
          },
        });
      }
    },
  };
}
