import type { Reservation } from '../../../db/generated/client';
import { mayOwe, nextVersion } from '../rows';
import { sideBySide } from '../side-by-side';
import type { SeatMirrorOptions } from './mirror';
import type { Warnings } from './warnings';

/** Seats that one round gives back. */
const BATCH = 50;
/** A service that keeps one all the same is asked again in each round for so long, and then rarely. */
const OFTEN_MS = 3_600_000;
const RARELY_MS = 600_000;

/** Gives seats back, where they are kept, that ended here: each step may be done again, by any number of processes. */
export function createReleases(
  { db, clock, log, keeper }: Pick<SeatMirrorOptions, 'db' | 'clock' | 'log' | 'keeper'>,
  warnings: Warnings,
): { sweep(): Promise<void> } {
  const ago = (ms: number) => new Date(clock.now() - ms);

  /** @returns whether it is over there; false too when that can't be said */
  async function release({ id, userId, reason, status }: Reservation): Promise<boolean> {
    try {
      const isOver = await keeper.release({ reservationId: id, userId, reason: reason ?? status });
      warnings.isWell(id);
      return isOver;
    } catch (err) {
      warnings.warn(id, { err, reservationId: id }, 'a seat could not be given back elsewhere yet');
      return false;
    }
  }

  async function giveBack(row: Reservation): Promise<void> {
    const isOver = await release(row);
    if (!isOver && row.endedAt && row.endedAt < ago(OFTEN_MS))
      log.error({ reservationId: row.id }, 'a seat is kept elsewhere that ended here');
    // One that is refused stands behind the others; what was paid meanwhile for one that is over is looked for.
    await db.reservation.updateMany({
      where: { id: row.id, updatedAt: row.updatedAt },
      data: {
        releaseDue: !isOver,
        ...(isOver && mayOwe(row) ? { refundDue: true } : {}),
        updatedAt: nextVersion(row, new Date(clock.now())),
      },
    });
  }

  return {
    async sweep() {
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
      await sideBySide(due, giveBack);
    },
  };
}
