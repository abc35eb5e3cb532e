import { refusal } from '../refusals';
import type { NewEvent } from './events';
import { type Entry, isOver, type QueueState, waitingAt } from './state';

/** How many may wait in one queue. */
export const MAX_WAITING = 200_000;
/** How often a person may give a place up and take another one. */
const MAX_RETURNS = 20;
/** How often a nonce may be changed. */
const MAX_NONCES = 5;

/*
 * What a wish does to a queue as it stands: the events to append, or a refusal. Nothing is changed here; when another
 * process was faster, the same wish is decided again on what it wrote.
 */

export interface Joining {
  readonly userId: string;
  readonly nonce: string | undefined;
  /** For a new place; ignored where the person has one. */
  readonly entryId: string;
}

/**
 * @param around.isSeated the person holds or has a seat
 * @param around.joining how many others join in the same breath
 */
export function decideJoin(
  state: QueueState,
  { userId, nonce, entryId }: Joining,
  around: { readonly isSeated: boolean; readonly joining: number },
): NewEvent[] {
  if (around.isSeated)
    throw refusal('has_seat', 'Reservation conflict: you have a seat in this event already.');
  const before = state.byUser.get(userId);
  if (before && !isOver(before)) {
    return nonce === undefined ? [] : nonceEvents(state, before, nonce);
  }
  if (state.isClosed) throw refusal('not_open', 'Conflict: the registration of this event is closed.');
  if (state.waiting + around.joining >= MAX_WAITING) {
    throw refusal('full', `Conflict: no seats left; ${MAX_WAITING} people wait already.`);
  }
  if (before && before.state !== 'used' && before.returns >= MAX_RETURNS) {
    throw refusal('too_fast', `A place can be given up and taken again ${MAX_RETURNS} times at most.`);
  }
  const counts = nonce !== undefined && state.hasDraw && state.sealed === undefined;
  return [{ userId, change: { type: 'joined', entry: entryId, ...(counts ? { nonce } : {}) } }];
}

/** A nonce that comes too late counts no more; that is no fault of who brings it with joining again. */
function nonceEvents(state: QueueState, entry: Entry, nonce: string): NewEvent[] {
  const isLate = !state.hasDraw || state.sealed !== undefined || entry.state !== 'waiting';
  if (isLate || entry.nonce === nonce || entry.nonces >= MAX_NONCES) return [];
  return [{ userId: entry.userId, change: { type: 'nonce', entry: entry.entryId, nonce } }];
}

/** @throws too_late, too_fast */
export function decideNonce(state: QueueState, entry: Entry, nonce: string): NewEvent[] {
  if (entry.nonce === nonce) return [];
  if (!state.hasDraw || state.sealed !== undefined || entry.state !== 'waiting') {
    throw refusal('too_late', 'Conflict: the list of the draw is sealed; a nonce can be changed until then.');
  }
  if (entry.nonces >= MAX_NONCES) {
    throw refusal('too_fast', `A nonce can be changed ${MAX_NONCES} times at most.`);
  }
  return nonceEvents(state, entry, nonce);
}

/** Asking again while admitted appends nothing: the same admission is told again. */
export function decideAdmit(state: QueueState, entry: Entry, nowMs: number, admissionMs: number): NewEvent[] {
  switch (entry.state) {
    case 'waiting':
      throw refusal('not_ready', 'It is not your turn yet.');
    case 'used':
      throw refusal('has_seat', 'Reservation conflict: this admission was used.');
    case 'left':
      throw refusal('no_place', 'Waiting token not found: this place was given up.');
    case 'expired':
      throw refusal('place_expired', 'Waiting token not found: this place has expired.');
    case 'admitted':
      return [];
    case 'ready':
      break;
  }
  if (state.pausedAtMs !== undefined) {
    throw refusal('paused', 'The event is paused: your turn waits until it goes on.');
  }
  const at = Math.max(nowMs, state.atMs);
  if (at >= (entry.until?.getTime() ?? 0)) {
    throw refusal('place_expired', 'Waiting token not found: your turn is over, the next one was called.');
  }
  const until = new Date(at + admissionMs).toISOString();
  return [{ userId: entry.userId, change: { type: 'admitted', entry: entry.entryId, until } }];
}

export function decideLeave(entry: Entry): NewEvent[] {
  if (isOver(entry)) return [];
  return [{ userId: entry.userId, change: { type: 'left', entry: entry.entryId } }];
}

/** Takes people from the front, past every bucket and seat: for queues whose owner calls by himself. */
export function decideTake(state: QueueState, count: number): NewEvent[] {
  if (!state.isOrdered || state.isClosed) return [];
  const events: NewEvent[] = [];
  for (let n = 1; n <= count; n += 1) {
    const entry = waitingAt(state, n);
    if (!entry) break;
    events.push({ userId: entry.userId, change: { type: 'used', entry: entry.entryId } });
  }
  return events;
}
