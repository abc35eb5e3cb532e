import { z } from 'zod';
import { type LineFigures, liveLines } from '../live-lines';

/** Lines that are shown; the slowest come first. */
const MOST_SHOWN = 100;

const line = z.object({
  playerId: z.string(),
  playerName: z.string(),
  looksOn: z.boolean(),
  in: z.int(),
  out: z.int(),
  dropped: z.int(),
  queued: z.int(),
  bytes: z.int(),
  rttMs: z.number().nullable(),
  /** Unix ms. */
  since: z.number(),
}) satisfies z.ZodType<LineFigures>;

export const linesView = z.object({
  /** Of all lines; null where another process serves them. */
  count: z.int().nullable(),
  lines: z.array(line),
});

/** The lines of players that this process serves: those that most waits for first, then those that have lost most. */
export function lookAtLines(): z.infer<typeof linesView> {
  const read = liveLines().read;
  if (!read) return { count: null, lines: [] };
  const all = [...read()];
  const slowestFirst = all.sort(
    (a, b) => b.queued - a.queued || b.dropped - a.dropped || (b.rttMs ?? 0) - (a.rttMs ?? 0),
  );
  return { count: all.length, lines: slowestFirst.slice(0, MOST_SHOWN) };
}
