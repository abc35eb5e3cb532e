import { type Clock, systemClock } from '../clock';
import type { Db } from '../db/client';

/** Who asks why it lagged asks soon. */
export const WIRE_REPORT_DAYS = 30;

const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 3_600_000;

/** Deletes what pages told of fights that are long over. @returns how many reports */
export async function forgetWireReports(db: Db, nowMs: number): Promise<number> {
  const before = new Date(nowMs - WIRE_REPORT_DAYS * DAY_MS);
  const { count } = await db.wireReport.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}

/**
 * Deletes old reports while the arcade runs; several processes may.
 * @param onError told of what failed; the next turn tries again.
 * @returns stops it, and waits for a turn under way.
 */
export function startWireUpkeep(
  db: Db,
  onError: (error: unknown) => void,
  clock: Clock = systemClock,
): () => Promise<void> {
  const turn = async () => {
    await forgetWireReports(db, clock.now()).catch(onError);
  };
  let running = turn();
  const stop = clock.every(EVERY_MS, () => {
    running = running.then(turn);
  });
  return async () => {
    stop();
    await running;
  };
}
