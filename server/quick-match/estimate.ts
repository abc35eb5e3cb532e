import { mayMeet, meetAt, type Waiting } from './matchmaker';

/** Waits that the estimate remembers. */
const REMEMBERED = 40;

/** How long those who were brought together of late had waited. */
export interface RecentWaits {
  add(waitedMs: number): void;
  /** null before the first. */
  medianMs(): number | null;
}

export function createRecentWaits(): RecentWaits {
  const waits: number[] = [];
  return {
    add(waitedMs) {
      waits.push(waitedMs);
      if (waits.length > REMEMBERED) waits.shift();
    },
    medianMs() {
      const sorted = [...waits].sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? null;
    },
  };
}

/**
 * How long somebody has to wait yet: until the first of those who wait comes near enough, or as long as others had to wait of
 * late, whichever is sooner. null where neither says anything.
 */
export function estimateMs(
  one: Waiting,
  waiting: Iterable<Waiting>,
  recent: RecentWaits,
  nowMs: number,
): number | null {
  let soonest = Number.POSITIVE_INFINITY;
  for (const two of waiting) if (mayMeet(one, two)) soonest = Math.min(soonest, meetAt(one, two) - nowMs);
  const median = recent.medianMs();
  // Who has waited longer than others did is told nothing that has been wrong already.
  const usual = median === null ? Number.NaN : one.sinceMs + median - nowMs;
  if (usual > 0) soonest = Math.min(soonest, usual);
  return Number.isFinite(soonest) ? Math.max(0, Math.round(soonest)) : null;
}
