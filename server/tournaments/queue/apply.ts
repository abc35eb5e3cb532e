import type { QueueChange } from '../../../proto/queue-log';
import { advance } from './bucket';
import { lotOf } from './draw';
import type { QueueEvent } from './events';
import { type Entry, isLive, isOver, type QueueState, sealedEntries } from './state';

function known(state: QueueState, entryId: string): Entry {
  const entry = state.entries.get(entryId);
  if (!entry) throw new Error(`The log of queue ${state.eventId} speaks of ${entryId}, who never joined.`);
  return entry;
}

function rank(state: QueueState, entry: Entry): void {
  entry.rank = state.line.append(entry.state === 'waiting');
  state.ranked.push(entry);
}

/** Ends the waiting of an entry, whatever comes after it. */
function stopWaiting(state: QueueState, entry: Entry): void {
  if (entry.state !== 'waiting') return;
  state.waiting -= 1;
  if (entry.rank >= 0) {
    state.line.remove(entry.rank);
    state.ranked[entry.rank] = undefined;
  }
}

function join(state: QueueState, event: QueueEvent, change: QueueChange & { type: 'joined' }): void {
  const userId = event.userId ?? '';
  const before = state.byUser.get(userId);
  const entry: Entry = {
    entryId: change.entry,
    userId,
    token: state.tokenOf(change.entry),
    joinedAt: new Date(event.atMs),
    nonce: change.nonce,
    nonces: 0,
    state: 'waiting',
    isSealed: false,
    rank: -1,
    until: undefined,
    calledAtMs: 0,
    returns: before ? before.returns + (before.state === 'used' ? 0 : 1) : 0,
  };
  // A stay that is over and was replaced is remembered no longer than its token is good for.
  if (before && !state.lingering.has(before)) state.entries.delete(before.entryId);
  state.entries.set(entry.entryId, entry);
  state.byUser.set(userId, entry);
  state.waiting += 1;
  state.totals.joined += 1;
  if (state.isOrdered) rank(state, entry);
}

function draw(state: QueueState, seed: string): void {
  const list = state.sealed ?? '';
  const inList: { entry: Entry; lot: string }[] = [];
  const late: Entry[] = [];
  for (const entry of state.entries.values()) {
    if (entry.isSealed) inList.push({ entry, lot: lotOf(seed, list, entry.entryId) });
    else if (entry.state === 'waiting') late.push(entry);
  }
  inList.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  for (const { entry } of inList) rank(state, entry);
  for (const entry of late) rank(state, entry);
  state.isOrdered = true;
}

function leave(state: QueueState, entry: Entry): void {
  if (entry.state === 'waiting') state.totals.left += 1;
  stopWaiting(state, entry);
  state.outstanding.delete(entry);
  for (const other of state.lingering) if (!isLive(other, state.atMs)) state.lingering.delete(other);
  if (entry.state === 'admitted') state.lingering.add(entry);
  else entry.until = undefined;
  entry.state = 'left';
}

function close(state: QueueState, atMs: number): void {
  for (const entry of state.entries.values()) {
    if (isOver(entry)) continue;
    stopWaiting(state, entry);
    entry.state = 'expired';
    entry.until = undefined;
  }
  state.outstanding.clear();
  state.lingering.clear();
  state.isClosed = true;
  state.closedAtMs = atMs;
}

function resume(state: QueueState, atMs: number): void {
  const stoodMs = atMs - (state.pausedAtMs ?? atMs);
  for (const entry of state.outstanding) {
    if (entry.until) entry.until = new Date(entry.until.getTime() + stoodMs);
  }
  state.bucket.atMs = atMs;
  state.pausedAtMs = undefined;
}

/**
 * Adds an event to the queue.
 * @throws when it does not follow the last one, or speaks of somebody who never joined: such a log is damaged.
 */
export function apply(state: QueueState, event: QueueEvent): void {
  if (event.seq !== state.seq + 1) {
    throw new Error(`Event ${event.seq} of queue ${state.eventId} does not follow event ${state.seq}.`);
  }
  const { change, atMs } = event;
  state.seq = event.seq;
  state.atMs = Math.max(state.atMs, atMs);
  switch (change.type) {
    case 'created':
      state.hasDraw = change.draw;
      state.seedHash = change.seedHash;
      state.isOrdered = !change.draw;
      state.bucket.atMs = atMs;
      return;
    case 'settings': {
      const isFirst = state.settings === undefined;
      if (state.pausedAtMs === undefined) advance(state.bucket, atMs);
      state.bucket.ratePerMs = change.admissionsPerMinute / 60_000;
      state.bucket.burst = change.burst;
      state.bucket.level = isFirst ? change.burst : Math.min(change.burst, state.bucket.level);
      state.settings = {
        admissionsPerMinute: change.admissionsPerMinute,
        burst: change.burst,
        seats: change.seats ?? undefined,
        opensAt: change.opensAt,
        closesAt: change.closesAt,
        closesAtDate: new Date(change.closesAt),
      };
      return;
    }
    case 'joined':
      join(state, event, change);
      return;
    case 'nonce': {
      const entry = known(state, change.entry);
      entry.nonce = change.nonce;
      entry.nonces += 1;
      return;
    }
    case 'sealed':
      for (const entry of sealedEntries(state)) entry.isSealed = true;
      state.sealed = change.listHash;
      return;
    case 'drawn':
      draw(state, change.seed);
      return;
    case 'called': {
      const entry = known(state, change.entry);
      stopWaiting(state, entry);
      advance(state.bucket, atMs);
      state.bucket.level -= 1;
      entry.state = 'ready';
      entry.calledAtMs = atMs;
      entry.until = new Date(change.until);
      state.outstanding.add(entry);
      const waitMs =
        atMs - Math.max(entry.joinedAt.getTime(), Date.parse(state.settings?.opensAt ?? '') || 0);
      const weight = Math.max(1 / (state.totals.called + 1), 0.02);
      state.totals.called += 1;
      state.averageWaitMs += (Math.max(0, waitMs) - state.averageWaitMs) * weight;
      return;
    }
    case 'admitted': {
      const entry = known(state, change.entry);
      entry.state = 'admitted';
      entry.until = new Date(change.until);
      state.totals.admitted += 1;
      return;
    }
    case 'used': {
      const entry = known(state, change.entry);
      stopWaiting(state, entry);
      entry.state = 'used';
      entry.until = undefined;
      state.outstanding.delete(entry);
      state.lingering.delete(entry);
      state.totals.used += 1;
      return;
    }
    case 'left':
      leave(state, known(state, change.entry));
      return;
    case 'expired': {
      const entry = known(state, change.entry);
      entry.state = 'expired';
      entry.until = undefined;
      state.outstanding.delete(entry);
      return;
    }
    case 'paused':
      advance(state.bucket, atMs);
      state.pausedAtMs = atMs;
      return;
    case 'resumed':
      resume(state, atMs);
      return;
    case 'closed':
      close(state, atMs);
      return;
    case 'reopened':
      state.isClosed = false;
      return;
  }
}
