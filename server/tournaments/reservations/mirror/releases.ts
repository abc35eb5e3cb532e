import type { SeatMirrorOptions } from './mirror';

/** Seats that one round gives back. */
const BATCH = 50;
/** A service that keeps one all the same is asked no more. */
const LONGEST_MS = 3_600_000;

/** Gives seats back, where they are kept, that ended here: each step may be done again, by any number of processes. */
export function createReleases({
  db,
  clock,
  log,
  keeper,
}: Pick<SeatMirrorOptions, 'db' | 'clock' | 'log' | 'keeper'>): { sweep(): Promise<void> } {
  return {
    async sweep() {
      const due = await db.reservation.findMany({
        where: { releaseDue: true },
        orderBy: { updatedAt: 'asc' },
        take: BATCH,
      });
      for (const row of due) {
        const isOver = await keeper.release({
          reservationId: row.id,
          userId: row.userId,
          reason: row.reason ?? row.status,
        });
        const isOld = clock.now() - (row.endedAt ?? row.updatedAt).getTime() > LONGEST_MS;
        if (!isOver && isOld)
          log.error({ reservationId: row.id }, 'a seat is kept elsewhere that ended here');
        // One that is refused stands behind the others.
        await db.reservation.updateMany({
          where: { id: row.id, updatedAt: row.updatedAt },
          data: {
            releaseDue: !(isOver || isOld),
            updatedAt: new Date(Math.max(clock.now(), row.updatedAt.getTime() + 1)),
          },
        });
      }
    },
  };
}
