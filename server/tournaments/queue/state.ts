import { type Bucket, createBucket } from './bucket';
import { hashOfList } from './draw';
import { LineOrder } from './line-order';
import type { PlaceState } from './queue';

/** One person's stay in a queue. Whoever leaves and comes back has a new one, at the end. */
export interface Entry {
  readonly entryId: string;
  readonly userId: string;
  /** What its person shows for it. */
  readonly token: string;
  readonly joinedAt: Date;
  nonce: string | undefined;
  /** How often the nonce was set: it may not fill the log. */
  nonces: number;
  state: PlaceState;
  /** On the list that is drawn. */
  isSealed: boolean;
  /** Place in the order, gaps of those who went included; -1 before the draw. */
  rank: number;
  /** When the turn or the admission ends. It stays with who leaves while admitted: the token in hand is still good. */
  until: Date | undefined;
  calledAtMs: number;
  /** How often this person gave a place up before. */
  returns: number;
}

/** What a tournament's row says, as the log noted it. */
export interface NotedSettings {
  readonly admissionsPerMinute: number;
  readonly burst: number;
  /** undefined: as many as come */
  readonly seats: number | undefined;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly closesAtDate: Date;
}

/**
 * A queue as its log adds up. No clock, no randomness, no I/O: whoever applies the same events has the same queue.
 */
export interface QueueState {
  readonly eventId: string;
  readonly tokenOf: (entryId: string) => string;
  /** The last event that was applied; 0 for a queue that was not created yet. */
  seq: number;
  atMs: number;
  hasDraw: boolean;
  seedHash: string | undefined;
  /** Hash of the list, once it is fixed. */
  sealed: string | undefined;
  /** Everybody has a rank: there is no draw, or it was held. */
  isOrdered: boolean;
  isClosed: boolean;
  closedAtMs: number;
  pausedAtMs: number | undefined;
  settings: NotedSettings | undefined;
  readonly bucket: Bucket;
  /** By entry; who came back replaces the stay before. */
  readonly entries: Map<string, Entry>;
  readonly byUser: Map<string, Entry>;
  readonly line: LineOrder;
  readonly ranked: (Entry | undefined)[];
  /** Ready or admitted: each may take a seat that nobody has yet. */
  readonly outstanding: Set<Entry>;
  /** Left with a reservation token in hand, which is good for as long as it says. */
  readonly lingering: Set<Entry>;
  /** How many wait. */
  waiting: number;
  readonly totals: { joined: number; called: number; admitted: number; used: number; left: number };
  /** Mean wait of those called lately, in ms. */
  averageWaitMs: number;
}

/** @param tokenOf the waiting token of an entry, always the same */
export function createState(
  eventId: string,
  tokenOf: (entryId: string) => string = (entryId) => entryId,
): QueueState {
  return {
    eventId,
    tokenOf,
    seq: 0,
    atMs: 0,
    hasDraw: false,
    seedHash: undefined,
    sealed: undefined,
    isOrdered: false,
    isClosed: false,
    closedAtMs: 0,
    pausedAtMs: undefined,
    settings: undefined,
    bucket: createBucket(),
    entries: new Map(),
    byUser: new Map(),
    line: new LineOrder(),
    ranked: [],
    outstanding: new Set(),
    lingering: new Set(),
    waiting: 0,
    totals: { joined: 0, called: 0, admitted: 0, used: 0, left: 0 },
    averageWaitMs: 0,
  };
}

/** From 1 among those who wait; 0 before the draw and for everybody else. */
export function positionOf(state: QueueState, entry: Entry): number {
  return entry.state === 'waiting' && entry.rank >= 0 ? state.line.ahead(entry.rank + 1) : 0;
}

/** The nth of those who wait, from 1. */
export function waitingAt(state: QueueState, n: number): Entry | undefined {
  const rank = state.line.nth(n);
  return rank === undefined ? undefined : state.ranked[rank];
}

export const isOver = (entry: Entry): boolean =>
  entry.state === 'used' || entry.state === 'left' || entry.state === 'expired';

/** How long after its end a token may still be on its way into a reservation. */
export const TOKEN_GRACE_MS = 5_000;

/** The token of this entry may still become a reservation. */
export const isLive = (entry: Entry, nowMs: number): boolean =>
  (entry.until?.getTime() ?? 0) + TOKEN_GRACE_MS > nowMs;

/** Those who are in when the list is fixed; nobody is drawn who left before. */
export function sealedEntries(state: QueueState): Entry[] {
  return [...state.entries.values()].filter((entry) => entry.state === 'waiting');
}

export const sealHash = (state: QueueState): string => hashOfList(sealedEntries(state));
