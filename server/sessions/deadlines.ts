import { REQUEST_EXPIRY_MS } from '../../proto/signaling-limits';
import { findFightDue, quitEnd } from './fight-deadlines';
import { type Away, type LiveSession, playerAt } from './live';
import { isFought } from './transitions';
import { DEADLINES, type Due } from './waits';

/** The limits of a player whose socket went at `now`, in a session of this status. */
export function awayFrom(now: number, status: 'connecting' | 'connected'): Away {
  return { until: now + (status === 'connecting' ? DEADLINES.connectAwayMs : DEADLINES.fightAwayMs) };
}

/** The limits of a player whose socket went at `now`; in a pause at least its end. */
export function awayIn({ row, pauses }: LiveSession, now: number): Away {
  const { until } = awayFrom(now, isFought(row.status) ? 'connected' : 'connecting');
  return { until: Math.max(until, pauses.current?.until ?? 0) };
}

/** The limits of everybody after a restart: whole, however the inputs go. */
export function awayAfterRestart({ pauses }: Pick<LiveSession, 'pauses'>, now: number): Away {
  return { until: Math.max(now + DEADLINES.restartMs, pauses.current?.until ?? 0) };
}

/** Whether a session's time is up, and for what. Reads nothing but its arguments. */
export function findDue(session: LiveSession, now: number): Due | undefined {
  const { row } = session;
  switch (row.status) {
    case 'requested':
      return now >= row.createdAt.getTime() + REQUEST_EXPIRY_MS ? { kind: 'expire' } : undefined;
    case 'accepted':
    case 'connecting': {
      for (const side of [1, 2] as const) {
        const { away } = playerAt(session, side);
        if (away && now >= away.until) return { kind: 'fail', reason: 'disconnected', side };
      }
      const since = (row.acceptedAt ?? row.createdAt).getTime();
      return now >= since + DEADLINES.connectMs ? { kind: 'fail', reason: 'connect_timeout' } : undefined;
    }
    case 'connected':
      return findFightDue(session, now);
    case 'paused':
      if (session.quit) return quitEnd(session.quit);
      return now >= (session.pauses.current?.until ?? 0) ? { kind: 'resume' } : undefined;
    default:
      return undefined;
  }
}
