import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/client';

/** How the process's connections to its database are doing. */
export interface PoolFigures {
  /** How long a query waited and took; null when it had no answer in time. Milliseconds. */
  readonly tookMs: number | null;
  /** Connections that are open, and those that work at the moment, of every process of the arcade. */
  readonly open: number;
  readonly busy: number;
}

/** A query through the pool may take so long, then it is stuck. Milliseconds. */
const PATIENCE_MS = 1_500;

/** Asks through the pool that everything uses, so that waiting for it shows. Never rejects. */
export async function takePoolFigures(db: Pick<Db, '$queryRaw'>): Promise<PoolFigures> {
  const began = performance.now();
  const ask = db.$queryRaw<{ open: number; busy: number }[]>`
    SELECT count(*)::int AS open, (count(*) FILTER (WHERE state <> 'idle'))::int AS busy
    FROM pg_stat_activity
    WHERE application_name = 'arcade-clash' AND datname = current_database()`.then(
    (rows) => rows[0],
    () => undefined,
  );
  const over = new AbortController();
  const late = delay(PATIENCE_MS, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
  const row = await Promise.race([ask, late]);
  over.abort();
  if (!row) return { tookMs: null, open: 0, busy: 0 };
  // Itself is one of those that work.
  return { tookMs: performance.now() - began, open: row.open, busy: Math.max(0, row.busy - 1) };
}
