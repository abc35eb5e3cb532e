import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { Cluster } from '../cluster/cluster';
import type { PrismaClient } from '../db/generated/client';
import { asAppError } from '../errors';
import type { Sessions } from '../sessions/sessions';
import { isKeptApart } from './apart';
import { countPaired } from './counts';
import { type Pair, pairUp } from './matchmaker';
import type { Place, Places } from './places';
import { REMATCH_MS } from './recent-opponents';

/** After a failure of ours, such as a database that is away, the two are left alone for so long. */
const REST_MS = 5_000;
/** Of two who could not be brought together for a reason that is not known here, such as a match at another place. */
const CONFLICT_MS = 30_000;

/** Whose it is brings people together. */
const LEAD = 'quick-match';
const MATCHED = 'quick-match:matched';
const matchedThere = z.array(z.object({ playerId: z.string(), sinceMs: z.number(), waitedMs: z.number() }));

/** Somebody who has been brought together with somebody, and the place that he had. */
export interface Matched {
  readonly playerId: string;
  readonly sinceMs: number;
  readonly waitedMs: number;
}

export interface PairingOptions {
  readonly cluster: Cluster;
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessions: Pick<Sessions, 'arrange' | 'matchOf'>;
  readonly places: Places;
  /** Told on every node. */
  matched(matched: readonly Matched[]): void;
}

/**
 * Brings people together: of several nodes one does, for all. Should two do so for a moment, each match is made by the database
 * or not at all: who is in one is in no other.
 */
export interface Pairing {
  /** Looks for pairs, where this node is the one that does. */
  look(): void;
  /** Whether a fight of theirs is being arranged here. */
  isBusy(playerId: string): boolean;
  /** Nobody waits here: another node may do it. */
  rest(): void;
}

export function createPairing(options: PairingOptions): Pairing {
  const { db, clock, log, sessions, places } = options;
  const { nodes, bus, ownership } = options.cluster;
  const busy = new Set<string>();
  /** Not to be paired before, by player. */
  const rests = new Map<string, number>();
  /** Not to be brought together before, by pair. */
  const apart = new Map<string, number>();
  let isAsking = false;

  bus.hear(MATCHED, (data) => options.matched(matchedThere.parse(data)));

  async function leads(): Promise<boolean> {
    try {
      return (await ownership.claim(LEAD)) === nodes.own;
    } catch (err) {
      log.warn({ err }, 'it could not be seen who brings people together');
      return false;
    }
  }

  async function lookIfLeading(): Promise<void> {
    if (!(await leads())) return;
    const now = clock.now();
    for (const waits of [rests, apart]) for (const [key, until] of waits) if (until <= now) waits.delete(key);
    const ready = places
      .present()
      .filter(({ playerId }) => !busy.has(playerId) && !rests.has(playerId) && !sessions.matchOf(playerId))
      .map((place) => ({ ...place, place, avoided: avoidedBy(place) }));
    for (const [one, two] of pairUp(ready, now)) void bringTogether([one.place, two.place]);
  }

  function avoidedBy({ playerId, avoided }: Place) {
    return { has: (other: string) => avoided.has(other) || apart.has(pairKey(playerId, other)) };
  }

  function keepApart([one, two]: Pair<Place>, ms: number): void {
    apart.set(pairKey(one.playerId, two.playerId), clock.now() + ms);
  }

  async function bringTogether(pair: Pair<Place>): Promise<void> {
    const [one, two] = pair;
    const matched = pair.map(({ playerId, sinceMs }) => ({
      ...{ playerId, sinceMs, waitedMs: clock.now() - sinceMs },
    }));
    for (const { playerId } of pair) busy.add(playerId);
    try {
      if (await isKeptApart(db, one.playerId, two.playerId, clock.now())) {
        keepApart(pair, REMATCH_MS);
        return;
      }
      // Somebody may have left meanwhile, or lost the line.
      if (!pair.every((place) => places.isStillPresent(place))) return;
      await sessions.arrange({
        player1Id: one.playerId,
        player2Id: two.playerId,
        characters: [one.characterId, two.characterId],
        source: 'quick_match',
      });
      options.matched(matched);
      bus.tellAll(MATCHED, matched);
      countPaired(matched.map(({ waitedMs }) => waitedMs));
    } catch (error) {
      failed(pair, error);
    } finally {
      for (const { playerId } of pair) busy.delete(playerId);
    }
  }

  function failed(pair: Pair<Place>, error: unknown): void {
    const isConflict = asAppError(error)?.code === 'CONFLICT';
    // One of them has begun another fight: that one is out, and the other goes on waiting.
    if (isConflict && pair.some(({ playerId }) => sessions.matchOf(playerId))) return;
    if (!isConflict) log.error({ err: error }, 'two who wait for a fight could not be brought together');
    for (const { playerId } of pair) rests.set(playerId, clock.now() + REST_MS);
    // Otherwise the two would be tried again and again, and nobody else with them.
    if (isConflict) keepApart(pair, CONFLICT_MS);
  }

  return {
    look() {
      if (isAsking || !nodes.isCounted) return;
      isAsking = true;
      void lookIfLeading().finally(() => {
        isAsking = false;
      });
    },
    isBusy: (playerId) => busy.has(playerId),
    rest: () => ownership.release(LEAD),
  };
}

/** The same of both; no id has a space in it. */
const pairKey = (one: string, two: string): string => (one < two ? `${one} ${two}` : `${two} ${one}`);
