import type { Logger } from 'pino';
import type { QuickMatchStatus, ServerPayloads } from '../../proto/signaling-payloads';
import type { Clock } from '../clock';
import type { Cluster } from '../cluster/cluster';
import type { PrismaClient } from '../db/generated/client';
import { AppError } from '../errors';
import { ratingOf } from '../records/ratings';
import type { Sessions } from '../sessions/sessions';
import { countQueue, showQueue } from './counts';
import { createRecentWaits, estimateMs } from './estimate';
import { windowAfter } from './matchmaker';
import { createPairing, type Matched } from './pairing';
import { type Place, Places, QUEUE_GRACE_MS } from './places';
import { recentOpponents } from './recent-opponents';

/** How often pairs are looked for, and how often each is told how it stands. */
const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 2_000;
const MOST_WAITING = 1_000;

type Left = Extract<ServerPayloads['quick_match_status'], { state: 'left' }>['reason'];

export interface QuickMatchOptions {
  readonly cluster: Cluster;
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

/** People who want to fight whoever is near: one queue of all nodes, in which each has the places of those whose lines act at it. */
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

export function createQuickMatch(options: QuickMatchOptions): QuickMatch {
  const { cluster, db, clock, log, sessions } = options;
  const places = new Places({ cluster, now: () => clock.now(), isOnline: options.isOnline });
  const recent = createRecentWaits();
  const pairing = createPairing({ ...{ cluster, db, clock, log, sessions, places }, matched });
  let stopLooking: (() => void) | undefined;
  showQueue(() => places.ownSize);

  function statusOf(place: Place): QuickMatchStatus {
    const now = clock.now();
    const window = windowAfter(now - place.sinceMs);
    return {
      rating: place.rating,
      window: Number.isFinite(window) ? Math.round(window) : null,
      waitingMs: now - place.sinceMs,
      estimateMs: estimateMs(place, free(places.present()), recent, now),
      others: places.size - 1,
      characterId: place.characterId,
    };
  }

  const free = (some: Place[]): Place[] => some.filter(({ playerId }) => !pairing.isBusy(playerId));

  function tell(place: Place): void {
    place.toldAt = clock.now();
    options.notify(place.playerId, { state: 'waiting', ...statusOf(place) });
  }

  function keep(place: Place): void {
    places.put(place);
    stopLooking ??= clock.every(LOOK_EVERY_MS, look);
  }

  function drop({ playerId }: Place, reason: Left): void {
    places.remove(playerId);
    countQueue(reason);
    options.notify(playerId, { state: 'left', reason });
    if (places.ownSize === 0) stop();
  }

  function stop(): void {
    stopLooking?.();
    stopLooking = undefined;
    pairing.rest();
  }

  function look(): void {
    const now = clock.now();
    for (const place of places.allOwn()) {
      const match = pairing.isBusy(place.playerId) ? undefined : sessions.matchOf(place.playerId);
      if (match) drop(place, match.source === 'quick_match' ? 'matched' : 'in_match');
      else if (place.goneAt !== undefined && now - place.goneAt >= QUEUE_GRACE_MS) drop(place, 'gone');
      else refresh(place, now);
    }
    if (places.ownSize > 0) pairing.look();
    for (const place of free(places.allOwn()))
      if (place.goneAt === undefined && now - place.toldAt >= TELL_EVERY_MS) tell(place);
  }

  function refresh(place: Place, now: number): void {
    place.rttMs = options.rttOf(place.playerId) ?? place.rttMs;
    for (const [playerId, until] of place.avoided) if (until <= now) place.avoided.delete(playerId);
    places.put(place);
  }

  function matched(some: readonly Matched[]): void {
    for (const { playerId, sinceMs, waitedMs } of some) {
      recent.add(waitedMs);
      const place = places.own(playerId);
      // Who has left and come back meanwhile has another place.
      if (place?.sinceMs === sinceMs) drop(place, 'matched');
    }
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
    if (places.size >= MOST_WAITING)
      throw new AppError('RATE_LIMITED', 'Too many people wait for a fight; try again in a minute.');
    assertFree(playerId);
    if (options.isUndisturbed(playerId))
      throw new AppError('CONFLICT', 'You do not want to be disturbed; change that first.');
  }

  async function newPlace(playerId: string, characterId: number): Promise<Place> {
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
      ...{ sinceMs: now, toldAt: now, goneAt: undefined },
    };
  }

  async function takePlace(playerId: string, characterId: number): Promise<Place> {
    await mayWait(playerId);
    const place = await newPlace(playerId, characterId);
    // While the database was asked a match may have begun, another request taken the place, or the line gone.
    assertFree(playerId);
    const there = places.own(playerId) ?? places.moveHere(playerId);
    if (there) return there;
    if (!options.isOnline(playerId)) place.goneAt = clock.now();
    countQueue('joined');
    return place;
  }

  return {
    async join({ playerId, characterId }) {
      const place = places.own(playerId) ?? (await takePlace(playerId, characterId));
      place.characterId = characterId;
      keep(place);
      return statusOf(place);
    },
    leave(playerId) {
      const place = places.own(playerId);
      if (place) drop(place, 'left');
    },
    gone(playerId) {
      const place = places.own(playerId);
      if (!place) return;
      place.goneAt ??= clock.now();
      places.put(place);
      places.giveWay(playerId);
    },
    back(playerId) {
      const place = places.own(playerId) ?? places.moveHere(playerId);
      if (!place) return;
      place.goneAt = undefined;
      keep(place);
      tell(place);
    },
    statusChanged(playerId) {
      const place = places.own(playerId);
      const match = place && sessions.matchOf(playerId);
      // Who is brought together hears so after the match's own word.
      if (match && match.source !== 'quick_match') drop(place, 'in_match');
    },
    close() {
      places.clear();
      stop();
    },
  };
}
