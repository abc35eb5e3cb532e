import type { Logger } from 'pino';
import type { QuickMatchStatus, ServerPayloads } from '../../proto/signaling';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import { AppError, asAppError } from '../errors';
import { ratingOf } from '../records/ratings';
import type { Sessions } from '../sessions/sessions';
import { isKeptApart } from './apart';
import { countPaired, countQueue, showQueue } from './counts';
import { createRecentWaits, estimateMs } from './estimate';
import { type Pair, pairUp, type Waiting, windowAfter } from './matchmaker';
import { REMATCH_MS, recentOpponents } from './recent-opponents';

/** How often pairs are looked for, and how often each is told how it stands. */
const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 2_000;
/** Whose line is gone keeps the place for so long: a page that is loaded again takes less. */
export const QUEUE_GRACE_MS = 10_000;
/** After a failure of ours, such as a database that is away, the two are left alone for so long. */
const REST_MS = 5_000;
/** Of two who could not be brought together for a reason that is not known here, such as a match at another place. */
const CONFLICT_MS = 30_000;
const MOST_WAITING = 1_000;

type Left = Extract<ServerPayloads['quick_match_status'], { state: 'left' }>['reason'];

export interface QuickMatchOptions {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessions: Pick<Sessions, 'arrange' | 'matchOf' | 'quickMatchRefusedUntil'>;
  /** Tells the player's acting line, if there is one. */
  notify(playerId: string, status: ServerPayloads['quick_match_status']): void;
  isOnline(playerId: string): boolean;
  /** Latest round trip of the player's line; null where it is not known. */
  rttOf(playerId: string): number | null;
  /** Whether the player wants to be left alone. */
  isUndisturbed(playerId: string): boolean;
}

/**
 * People who want to fight whoever is near. The local one below keeps its queue in memory: with several processes each has its
 * own, and pairs who is connected to it.
 */
export interface QuickMatch {
  /**
   * Takes a place in the queue; who has one keeps it, with another fighter.
   * @throws {AppError} CONFLICT for who is in a match, who wants to be left alone, RATE_LIMITED with `detail.until` for who spoiled fights lately (SES-16), or
   *   when the queue is full
   */
  join(wish: { readonly playerId: string; readonly characterId: number }): Promise<QuickMatchStatus>;
  leave(playerId: string): void;
  /** The player's line is gone: the place is kept for a while, and nobody is brought together with them. */
  gone(playerId: string): void;
  /** A line of the player acts again. */
  back(playerId: string): void;
  /** The player may have come into a match. */
  statusChanged(playerId: string): void;
  close(): void;
}

interface Entry extends Waiting {
  characterId: number;
  rttMs: number | null;
  /** Until when each is avoided. */
  readonly avoided: Map<string, number>;
  goneAt: number | undefined;
  /** Not to be paired before. */
  restsUntil: number;
  toldAt: number;
  /** A fight is being arranged. */
  isBusy: boolean;
}

export function createLocalQuickMatch(options: QuickMatchOptions): QuickMatch {
  const { db, clock, log, sessions } = options;
  const queue = new Map<string, Entry>();
  const recent = createRecentWaits();
  let stopLooking: (() => void) | undefined;
  showQueue(() => queue.size);

  function statusOf(entry: Entry): QuickMatchStatus {
    const now = clock.now();
    const window = windowAfter(now - entry.sinceMs);
    return {
      rating: entry.rating,
      window: Number.isFinite(window) ? Math.round(window) : null,
      waitingMs: now - entry.sinceMs,
      estimateMs: estimateMs(entry, present(), recent, now),
      others: queue.size - 1,
      characterId: entry.characterId,
    };
  }

  function tell(entry: Entry): void {
    entry.toldAt = clock.now();
    options.notify(entry.playerId, { state: 'waiting', ...statusOf(entry) });
  }

  /** Who can be brought together with somebody. */
  function present(): Entry[] {
    return [...queue.values()].filter(({ goneAt, isBusy }) => goneAt === undefined && !isBusy);
  }

  function drop(entry: Entry, reason: Left): void {
    // Who has left and come back meanwhile has another place.
    if (queue.get(entry.playerId) !== entry) return;
    queue.delete(entry.playerId);
    countQueue(reason);
    options.notify(entry.playerId, { state: 'left', reason });
    if (queue.size > 0) return;
    stopLooking?.();
    stopLooking = undefined;
  }

  function look(): void {
    const now = clock.now();
    for (const entry of [...queue.values()]) {
      if (entry.goneAt !== undefined && now - entry.goneAt >= QUEUE_GRACE_MS) drop(entry, 'gone');
      entry.rttMs = options.rttOf(entry.playerId) ?? entry.rttMs;
      for (const [playerId, until] of entry.avoided) if (until <= now) entry.avoided.delete(playerId);
    }
    const ready = present().filter(({ restsUntil }) => restsUntil <= now);
    for (const pair of pairUp(ready, now)) void bringTogether(pair);
    for (const entry of present()) if (now - entry.toldAt >= TELL_EVERY_MS) tell(entry);
  }

  async function bringTogether(pair: Pair<Entry>): Promise<void> {
    const [one, two] = pair;
    const waits = pair.map(({ sinceMs }) => clock.now() - sinceMs);
    for (const entry of pair) entry.isBusy = true;
    try {
      if (await isKeptApart(db, one.playerId, two.playerId, clock.now())) {
        one.avoided.set(two.playerId, clock.now() + REMATCH_MS);
        return;
      }
      // Somebody may have left meanwhile, or lost the line.
      if (pair.some((entry) => queue.get(entry.playerId) !== entry || entry.goneAt !== undefined)) return;
      await sessions.arrange({
        player1Id: one.playerId,
        player2Id: two.playerId,
        characters: [one.characterId, two.characterId],
        source: 'quick_match',
      });
      for (const entry of pair) drop(entry, 'matched');
      for (const wait of waits) recent.add(wait);
      countPaired(waits);
    } catch (error) {
      failed(pair, error);
    } finally {
      for (const entry of pair) entry.isBusy = false;
    }
  }

  function failed(pair: Pair<Entry>, error: unknown): void {
    const isConflict = asAppError(error)?.code === 'CONFLICT';
    // One of them has begun another fight: that one is out, and the other goes on waiting.
    const fighting = pair.filter(({ playerId }) => sessions.matchOf(playerId));
    for (const entry of fighting) drop(entry, 'in_match');
    if (isConflict && fighting.length > 0) return;
    if (!isConflict) log.error({ err: error }, 'two who wait for a fight could not be brought together');
    const [one, two] = pair;
    for (const entry of pair) entry.restsUntil = clock.now() + REST_MS;
    // Otherwise the two would be tried again and again, and nobody else with them.
    if (isConflict) one.avoided.set(two.playerId, clock.now() + CONFLICT_MS);
  }

  function assertFree(playerId: string): void {
    if (sessions.matchOf(playerId)) throw new AppError('CONFLICT', 'You are in a match already.');
  }

  async function mayWait(playerId: string): Promise<void> {
    const until = await sessions.quickMatchRefusedUntil(playerId);
    if (until)
      throw new AppError(
        'RATE_LIMITED',
        `You spoiled several fights; quick match is possible from ${until.toISOString()} on.`,
        { detail: { until: until.getTime() } },
      );
    if (queue.size >= MOST_WAITING)
      throw new AppError('RATE_LIMITED', 'Too many people wait for a fight; try again in a minute.');
    assertFree(playerId);
    if (options.isUndisturbed(playerId))
      throw new AppError('CONFLICT', 'You do not want to be disturbed; change that first.');
  }

  async function newEntry(playerId: string, characterId: number): Promise<Entry> {
    const now = clock.now();
    const [ratings, avoided] = await Promise.all([
      ratingOf(db, [playerId], new Date(now)),
      recentOpponents(db, playerId, now),
    ]);
    const rating = ratings.get(playerId)?.rating;
    if (rating === undefined) throw new Error(`No rating was read for ${playerId}.`);
    const rttMs = options.rttOf(playerId);
    return {
      ...{ playerId, characterId, rating, rttMs, avoided },
      ...{ sinceMs: now, toldAt: now, goneAt: undefined, restsUntil: 0, isBusy: false },
    };
  }

  async function takePlace(playerId: string, characterId: number): Promise<Entry> {
    await mayWait(playerId);
    const entry = await newEntry(playerId, characterId);
    // While the database was asked a match may have begun, another request taken the place, or the line gone.
    assertFree(playerId);
    const there = queue.get(playerId);
    if (there) return there;
    if (!options.isOnline(playerId)) entry.goneAt = clock.now();
    queue.set(playerId, entry);
    countQueue('joined');
    stopLooking ??= clock.every(LOOK_EVERY_MS, look);
    return entry;
  }

  return {
    async join({ playerId, characterId }) {
      const entry = queue.get(playerId) ?? (await takePlace(playerId, characterId));
      entry.characterId = characterId;
      return statusOf(entry);
    },
    leave(playerId) {
      const entry = queue.get(playerId);
      if (entry) drop(entry, 'left');
    },
    gone(playerId) {
      const entry = queue.get(playerId);
      if (entry) entry.goneAt ??= clock.now();
    },
    back(playerId) {
      const entry = queue.get(playerId);
      if (!entry) return;
      entry.goneAt = undefined;
      tell(entry);
    },
    statusChanged(playerId) {
      const entry = queue.get(playerId);
      if (entry && !entry.isBusy && sessions.matchOf(playerId)) drop(entry, 'in_match');
    },
    close() {
      stopLooking?.();
      stopLooking = undefined;
      queue.clear();
    },
  };
}
