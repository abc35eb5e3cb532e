import { REQUEST_EXPIRY_MS } from '../../proto/signaling-limits';
import type { Away, LiveSession, Side } from './live';
import { otherSide, playerAt } from './live';

/** How long each wait lasts, in milliseconds. */
export const DEADLINES = {
  /** accepted or connecting, one socket gone */
  connectAwayMs: 8_000,
  /** accepted or connecting, nothing comes of it */
  connectMs: 60_000,
  /** connected, one socket gone: time to come back */
  fightAwayMs: 20_000,
  /** connected, one socket gone, the other's inputs go on */
  silenceMs: 10_000,
  /** connected, both sockets there, no inputs */
  stallMs: 60_000,
  /** connected when the server restarted: time to come back */
  restartMs: 30_000,
  /** connected, one browser has lost the other, and neither's inputs go on */
  peerLostMs: 10_000,
  /** inputs younger than this go on */
  goingOnMs: 3_000,
} as const;

/** What a session's time is up for. */
export type Due =
  | { readonly kind: 'expire' }
  | { readonly kind: 'fail'; readonly reason: 'disconnected' | 'timeout'; readonly side?: Side }
  | { readonly kind: 'end'; readonly reason: 'forfeit' | 'no_contest'; readonly winner: 0 | Side };

/** The limits of a player whose socket went at `now`, in a session of this status. */
export function awayFrom(now: number, status: 'connecting' | 'connected'): Away {
  if (status === 'connecting')
    return { forfeitAt: now + DEADLINES.connectAwayMs, until: now + DEADLINES.connectAwayMs };
  return { forfeitAt: now + DEADLINES.silenceMs, until: now + DEADLINES.fightAwayMs };
}

/** The limits of everybody after a restart: whole, however the inputs go. */
export function awayAfterRestart(now: number): Away {
  return { forfeitAt: now + DEADLINES.restartMs, until: now + DEADLINES.restartMs };
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
      return now >= since + DEADLINES.connectMs ? { kind: 'fail', reason: 'timeout' } : undefined;
    }
    case 'connected':
      return findFightDue(session, now);
    default:
      return undefined;
  }
}

/**
 * A fight ends early for who is away and silent while the other's inputs go on (forfeit), for who does
 * not come back in time (forfeit, if there was a fight to lose), and when nobody is there or sends
 * anything (no contest).
 */
function findFightDue(session: LiveSession, now: number): Due | undefined {
  const gone = ([1, 2] as const).filter((side) => {
    const { away } = playerAt(session, side);
    return away !== null && now >= away.until;
  });
  if (gone.length === 2) return { kind: 'end', reason: 'no_contest', winner: 0 };

  // Where the browsers have lost each other, both inputs stop, and one side's word does not tell whose doing it was.
  const isCut = session.players.some(
    ({ peerLostAt }) => peerLostAt !== null && now - peerLostAt >= DEADLINES.peerLostMs,
  );
  if (isCut && session.players.every(({ away }) => away === null))
    return { kind: 'end', reason: 'no_contest', winner: 0 };

  for (const side of [1, 2] as const) {
    const winner = otherSide(side);
    const player = playerAt(session, side);
    const opponent = playerAt(session, winner);
    const silentMs = now - (player.advancedAt ?? session.watchedSince);
    const goesOn = opponent.advancedAt !== null && now - opponent.advancedAt < DEADLINES.goingOnMs;
    const forfeits = player.away
      ? now >= player.away.forfeitAt && silentMs >= DEADLINES.silenceMs
      : silentMs >= DEADLINES.stallMs;
    if (forfeits && goesOn) return { kind: 'end', reason: 'forfeit', winner };
    // Somebody who leaves stops the other's confirmed inputs too, so being here is enough to win.
    if (gone.includes(side) && opponent.away === null) {
      const fought = player.nextFrame > 0 || opponent.nextFrame > 0;
      return fought
        ? { kind: 'end', reason: 'forfeit', winner }
        : { kind: 'end', reason: 'no_contest', winner: 0 };
    }
  }

  const stalled = session.players.every(
    ({ away, advancedAt }) =>
      away === null && now - Math.max(advancedAt ?? 0, session.watchedSince) >= DEADLINES.stallMs,
  );
  return stalled ? { kind: 'end', reason: 'no_contest', winner: 0 } : undefined;
}
