import { callable } from './bucket';
import type { NewEvent } from './events';
import { type EventSettings, phaseAt, type SeatCount } from './sources';
import {
  type Entry,
  isLive,
  isOver,
  type QueueState,
  sealedEntries,
  sealHash,
  TOKEN_GRACE_MS,
  waitingAt,
} from './state';

/** What a queue is moved by when nobody asks for anything. */
export interface Surroundings {
  readonly nowMs: number;
  readonly settings: EventSettings;
  /** undefined where seats have no limit, and while nobody needs one. */
  readonly count: SeatCount | undefined;
  /** 64 hex digits; undefined in a queue without a draw. */
  readonly seed: string | undefined;
  /** How long a turn lasts. */
  readonly admissionMs: number;
  /** How many may be called at once after a silence; undefined: a tenth of a minute's. */
  readonly burst: number | undefined;
}

/** How many are called in one append: what is more follows in the next. */
const MAX_CALLS = 500;

/** At least a second's worth, or what ticks can't call in time would be lost. */
const burstOf = (perMinute: number, wanted: number | undefined): number =>
  Math.max(1, perMinute / 60, wanted ?? perMinute / 10);

/** First lines of a queue, its seed's hash among them. */
export function decideCreate(
  around: Pick<Surroundings, 'settings' | 'burst'>,
  seedHash: string | undefined,
): NewEvent[] {
  const { settings } = around;
  const created =
    seedHash === undefined
      ? ({ type: 'created', event: settings.eventId, draw: false } as const)
      : ({ type: 'created', event: settings.eventId, draw: true, seedHash } as const);
  return [{ change: created }, { change: noted(settings, around.burst) }];
}

function noted(settings: EventSettings, burst: number | undefined) {
  return {
    type: 'settings',
    admissionsPerMinute: settings.admissionsPerMinute,
    burst: burstOf(settings.admissionsPerMinute, burst),
    seats: settings.seats ?? null,
    opensAt: settings.opensAt.toISOString(),
    closesAt: settings.closesAt.toISOString(),
  } as const;
}

function decideSettings(
  state: QueueState,
  { settings, burst }: Pick<Surroundings, 'settings' | 'burst'>,
): NewEvent[] {
  const change = noted(settings, burst);
  const now = state.settings;
  const isSame =
    now?.admissionsPerMinute === change.admissionsPerMinute &&
    now.burst === change.burst &&
    now.seats === settings.seats &&
    now.opensAt === change.opensAt &&
    now.closesAt === change.closesAt;
  return isSame ? [] : [{ change }];
}

/** Admissions whose reservation may exist already: what the seats have to be asked about. */
export function openTokens(state: QueueState): string[] {
  const admitted = [...state.outstanding].filter((entry) => entry.state === 'admitted');
  return [...admitted, ...state.lingering].map((entry) => entry.entryId);
}

/** Somebody waits, or an admission is open: only then do seats matter. */
export const needsCount = (state: QueueState): boolean =>
  state.isOrdered &&
  !state.isClosed &&
  (state.waiting > 0 || state.outstanding.size > 0 || state.lingering.size > 0);

/** Turns and admissions that have ended, and those that were used. */
function decideEnds(state: QueueState, { nowMs, count, settings }: Surroundings): NewEvent[] {
  const used = count?.usedTokens;
  // Without a look at the seats nobody can tell an unused admission from a used one.
  const isBlind = settings.seats !== undefined && !count;
  const events: NewEvent[] = [];
  for (const entry of [...state.outstanding, ...state.lingering]) {
    if (used?.has(entry.entryId)) {
      events.push({ userId: entry.userId, change: { type: 'used', entry: entry.entryId } });
    } else if (isOver(entry) || state.pausedAtMs !== undefined || !hasEnded(entry, nowMs)) {
      // Nothing is due.
    } else if (entry.state === 'ready' || !isBlind) {
      events.push({ userId: entry.userId, change: { type: 'expired', entry: entry.entryId } });
    }
  }
  return events;
}

/** A reservation may be under way when the token ends, so an admission is given some seconds more. */
function hasEnded(entry: Entry, nowMs: number): boolean {
  const graceMs = entry.state === 'admitted' ? TOKEN_GRACE_MS : 0;
  return nowMs >= (entry.until?.getTime() ?? 0) + graceMs;
}

/** Seats that nobody has and nobody was offered; Infinity where there is no limit. */
export function freeSeats(state: QueueState, count: SeatCount | undefined, nowMs: number): number {
  if (!count) return Number.POSITIVE_INFINITY;
  let open = 0;
  for (const entry of state.outstanding) if (!count.usedTokens.has(entry.entryId)) open += 1;
  for (const entry of state.lingering) {
    if (isLive(entry, nowMs) && !count.usedTokens.has(entry.entryId)) open += 1;
  }
  return Math.max(0, count.seats - count.held - count.confirmed - open);
}

function decideCalls(state: QueueState, { nowMs, settings, count, admissionMs }: Surroundings): NewEvent[] {
  if (settings.admissionsPerMinute <= 0 || (settings.seats !== undefined && !count)) return [];
  const at = Math.max(nowMs, state.atMs);
  const free = freeSeats(state, count, nowMs);
  const many = Math.min(callable(state.bucket, at), free, state.line.size, MAX_CALLS);
  const until = new Date(at + admissionMs).toISOString();
  const events: NewEvent[] = [];
  for (let n = 1; n <= many; n += 1) {
    const entry = waitingAt(state, n);
    if (entry) events.push({ userId: entry.userId, change: { type: 'called', entry: entry.entryId, until } });
  }
  return events;
}

/**
 * The log says something else of the event than these settings. They may be a second old: look again before they are
 * written down, or two processes would contradict each other for that second.
 */
export function disagrees(
  state: QueueState,
  around: Omit<Surroundings, 'count' | 'seed' | 'admissionMs'>,
): boolean {
  const { settings, nowMs } = around;
  return (
    settings.isPaused !== (state.pausedAtMs !== undefined) ||
    (phaseAt(settings, nowMs) === 'over') !== state.isClosed ||
    decideSettings(state, around).length > 0
  );
}

/**
 * The next thing that is due: one kind of thing at a time, so that each is decided on what the one before it made. Asked
 * again until nothing comes.
 */
export function decideTick(state: QueueState, around: Surroundings): NewEvent[] {
  const phase = phaseAt(around.settings, around.nowMs);
  if (phase === 'over') return state.isClosed ? [] : [{ change: { type: 'closed' } }];
  if (state.isClosed) return phase === 'closing' ? [] : [{ change: { type: 'reopened' } }];

  const settings = decideSettings(state, around);
  if (settings.length > 0) return settings;
  const isPaused = state.pausedAtMs !== undefined;
  if (around.settings.isPaused !== isPaused) {
    return [{ change: { type: isPaused ? 'resumed' : 'paused' } }];
  }
  if (phase === 'scheduled') return [];

  // Two appends: the list and the seed's hash stand in the log before the seed is told.
  if (!state.isOrdered && state.sealed === undefined) {
    const entries = sealedEntries(state).length;
    const seedHash = state.seedHash ?? '';
    return [{ change: { type: 'sealed', entries, listHash: sealHash(state), seedHash } }];
  }
  if (!state.isOrdered) return [{ change: { type: 'drawn', seed: around.seed ?? '' } }];

  const ends = decideEnds(state, around);
  if (ends.length > 0) return ends;
  return isPaused || phase === 'closing' ? [] : decideCalls(state, around);
}
