import { PAUSE_LIMITS } from '../../proto/signaling-limits';
import type { Side } from './live';

/** What a match has had of pauses, and what it may still have. Reads nothing but its arguments; times are Unix ms. */
export interface Pauses {
  /** Asked for, and open for the other's answer until then. */
  readonly proposal: { readonly by: Side; readonly until: number } | null;
  /** The pause that is on. */
  readonly current: { readonly by: Side; readonly since: number; readonly until: number } | null;
  /** Begun so far. */
  readonly taken: number;
  /** What those that are over have lasted together. */
  readonly spentMs: number;
}

export const NO_PAUSES: Pauses = { proposal: null, current: null, taken: 0, spentMs: 0 };

/** Less than this is no pause any more. */
const SHORTEST_MS = 1_000;

/** How long a pause that began now could last; 0 when the match has had all it may have. */
export function nextPauseMs({ taken, spentMs }: Pauses): number {
  const leftMs = PAUSE_LIMITS.totalMs - spentMs;
  if (taken >= PAUSE_LIMITS.most || leftMs < SHORTEST_MS) return 0;
  return Math.min(PAUSE_LIMITS.longestMs, leftMs);
}

/** How often the match may still be paused; while it is, as if it were for its whole time. */
export function pausesLeft(pauses: Pauses): number {
  const { current } = pauses;
  const after = current ? endOfPause(pauses, current.until) : pauses;
  return nextPauseMs(after) === 0 ? 0 : PAUSE_LIMITS.most - after.taken;
}

/** What comes of one player saying that the match should be paused. */
export type Said =
  /** The other is to be asked. */
  | { readonly kind: 'proposed'; readonly pauses: Pauses; readonly until: number }
  /** The other has been asked already. */
  | { readonly kind: 'repeated' }
  /** The other had asked for it. */
  | { readonly kind: 'agreed'; readonly pauses: Pauses; readonly by: Side }
  | { readonly kind: 'used_up' };

/** One player says that the match, which is not paused, should be. */
export function sayPause(pauses: Pauses, side: Side, now: number): Said {
  if (nextPauseMs(pauses) === 0) return { kind: 'used_up' };
  const open = pauses.proposal && now < pauses.proposal.until ? pauses.proposal : null;
  if (open?.by === side) return { kind: 'repeated' };
  if (open) return { kind: 'agreed', pauses: { ...pauses, proposal: null }, by: open.by };
  const until = now + PAUSE_LIMITS.answerMs;
  return { kind: 'proposed', pauses: { ...pauses, proposal: { by: side, until } }, until };
}

/** The pause that `by` asked for begins. */
export function beginPause(pauses: Pauses, by: Side, now: number): Pauses {
  const current = { by, since: now, until: now + nextPauseMs(pauses) };
  return { ...pauses, proposal: null, current, taken: pauses.taken + 1 };
}

/** The pause is over; time beyond its end, as after a restart, is not counted. */
export function endOfPause(pauses: Pauses, now: number): Pauses {
  const { current } = pauses;
  if (!current) return pauses;
  const lastedMs = Math.max(0, Math.min(now, current.until) - current.since);
  return { ...pauses, current: null, spentMs: pauses.spentMs + lastedMs };
}

/** The same from what is written down: each beginning, with who asked for it, and each end, in order. */
export function tallyPauses(
  lines: readonly { readonly at: number; readonly isPaused: boolean; readonly by: Side }[],
): Pauses {
  return lines.reduce(
    (pauses, { at, isPaused, by }) => (isPaused ? beginPause(pauses, by, at) : endOfPause(pauses, at)),
    NO_PAUSES,
  );
}
