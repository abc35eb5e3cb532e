import type { SessionStatus } from '../db/generated/enums';

/** What can happen to a session. Cancelling, expiring and declining are all `decline`, told apart by the reason. */
export type SessionAction = 'accept' | 'decline' | 'offer' | 'connect' | 'pause' | 'resume' | 'end' | 'fail';

/**
 * The whole state machine (requirement S3; `paused` is P8). What is not listed can't happen; a status
 * without a row entry is terminal.
 */
const TABLE: Readonly<Record<SessionStatus, Partial<Record<SessionAction, SessionStatus>>>> = {
  requested: { accept: 'accepted', decline: 'declined' },
  accepted: { offer: 'connecting', fail: 'failed' },
  connecting: { connect: 'connected', fail: 'failed' },
  connected: { pause: 'paused', end: 'ended', fail: 'failed' },
  paused: { resume: 'connected' },
  declined: {},
  ended: {},
  failed: {},
};

/** Statuses in which both players are taken: from accepted to the end. */
export const ACTIVE_STATUSES = ['accepted', 'connecting', 'connected', 'paused'] as const;

/** Statuses that may still change. */
export const OPEN_STATUSES = ['requested', ...ACTIVE_STATUSES] as const;

/** The status that `action` leads to, or undefined when it is not allowed in `from`. */
export function nextStatus(from: SessionStatus, action: SessionAction): SessionStatus | undefined {
  return TABLE[from][action];
}

/** True when nothing can happen to a session of this status any more. */
export function isTerminal(status: SessionStatus): boolean {
  return Object.keys(TABLE[status]).length === 0;
}

/** True while a fight is on, even one that is paused. */
export function isFought(status: SessionStatus): boolean {
  return status === 'connected' || status === 'paused';
}

/** True when a session of this status keeps its players from other matches. */
export function isActive(status: SessionStatus): boolean {
  return ACTIVE_STATUSES.some((active) => active === status);
}
