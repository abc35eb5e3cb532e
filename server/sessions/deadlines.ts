import type { ConductReason, FailureReason, OutsideReason } from '../../proto/sessions';
import { REQUEST_EXPIRY_MS } from '../../proto/signaling-limits';
import type { Away, LivePlayer, LiveSession, Side } from './live';
import { otherSide, playerAt } from './live';
import type { Blame } from './rows/conduct';
import { isFought } from './transitions';

/** How long each wait lasts, in milliseconds. */
export const DEADLINES = {
  /** accepted or connecting, one socket gone */
  connectAwayMs: 8_000,
  /** accepted or connecting, counted from acceptance: the browsers' stages of 8 s are over by then */
  connectMs: 30_000,
  /** connected, one socket gone: time to come back */
  fightAwayMs: 20_000,
  /** connected, both sockets there, one told the fight to its end and the other nothing since */
  silenceMs: 10_000,
  /** connected, both sockets there, no frame that both have told */
  stallMs: 60_000,
  /** connected when the server restarted: time to come back */
  restartMs: 30_000,
  /** connected, one browser has lost the other, and neither's inputs go on */
  peerLostMs: 10_000,
} as const;

/** Last frames that a silent side may keep back and is still told the end of; more could be the other's invention. */
export const MAX_WITHHELD_FRAMES = 60;

/** What a session's time is up for. */
export type Due =
  | { readonly kind: 'expire' }
  /** A pause is over. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'fail'; readonly reason: FailureReason; readonly side?: Side }
  | {
      readonly kind: 'end';
      readonly reason: OutsideReason;
      readonly winner: 0 | Side;
      readonly blame?: Blame;
    };

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
      if (session.givenUpBy !== undefined)
        return { kind: 'end', reason: 'forfeit', winner: otherSide(session.givenUpBy) };
      return now >= (session.pauses.current?.until ?? 0) ? { kind: 'resume' } : undefined;
    default:
      return undefined;
  }
}

/**
 * A fight ends early for who does not come back in time (forfeit, if there was a fight to lose), for who falls silent when the
 * other has told the fight to its end (forfeit), and when nobody is there or no frame is told by both any more (no contest).
 * What one side alone tells never counts as going on: it may be made up.
 */
function findFightDue(session: LiveSession, now: number): Due | undefined {
  const noContest: Due = { kind: 'end', reason: 'no_contest', winner: 0 };
  if (session.givenUpBy !== undefined)
    return { kind: 'end', reason: 'forfeit', winner: otherSide(session.givenUpBy) };
  const [one, two] = session.players;
  const judged = Math.min(one.nextFrame, two.nextFrame);
  // Where nothing was judged nothing counts, for nobody.
  const spoiled = (reason: ConductReason): Due =>
    judged === 0 ? noContest : { kind: 'end', reason: 'no_contest', winner: 0, blame: { reason } };
  const gone = ([1, 2] as const).filter((side) => {
    const { away } = playerAt(session, side);
    return away !== null && now >= away.until;
  });
  if (gone.length === 2) return noContest;
  for (const side of gone) {
    const winner = otherSide(side);
    // Somebody who leaves stops the other's confirmed inputs too, so being here is enough to win.
    if (playerAt(session, winner).away === null)
      return judged > 0 ? { kind: 'end', reason: 'forfeit', winner } : noContest;
  }
  if (one.away !== null || two.away !== null) return undefined;

  for (const side of [1, 2] as const) {
    const keptSince = keepsBackTheEndSince(playerAt(session, side), playerAt(session, otherSide(side)));
    if (keptSince === undefined) continue;
    // A pause is no silence.
    const silentSince = Math.max(keptSince, session.watchedSince);
    // Its time first: nothing else that is said or not said meanwhile may end the fight sooner.
    if (now - silentSince < DEADLINES.silenceMs) return undefined;
    if (judged === 0) return noContest;
    return {
      kind: 'end',
      reason: 'forfeit',
      winner: otherSide(side),
      blame: { reason: 'silent_at_end', side },
    };
  }

  // Where the browsers have lost each other, both inputs stop, and one side's word does not tell whose doing it was.
  const isCut = session.players.some(
    ({ peerLostAt }) => peerLostAt !== null && now - peerLostAt >= DEADLINES.peerLostMs,
  );
  if (isCut) return spoiled('peer_failed');

  const isStalled = now - Math.max(agreedAt(session) ?? 0, session.watchedSince) >= DEADLINES.stallMs;
  return isStalled ? spoiled('stalled') : undefined;
}

/**
 * Since when `player` says nothing more (Unix ms), although the other has told the fight to its end and nearly all of it is
 * told by both; undefined when that is not so.
 */
function keepsBackTheEndSince(player: LivePlayer, { toldEnd }: LivePlayer): number | undefined {
  if (toldEnd === null || player.nextFrame >= toldEnd.frames) return undefined;
  if (toldEnd.frames - player.nextFrame > MAX_WITHHELD_FRAMES) return undefined;
  // Who was away when the other told the end has the same time after coming back, up to the longest that one may be away.
  const backAt = Math.min(player.backAt ?? 0, toldEnd.at + DEADLINES.fightAwayMs);
  return Math.max(player.advancedAt ?? 0, toldEnd.at, backAt);
}

/** When the two last told a frame that both have told (Unix ms): the one who has told less decides. */
function agreedAt({ players: [one, two] }: LiveSession): number | null {
  if (one.nextFrame !== two.nextFrame) return one.nextFrame < two.nextFrame ? one.advancedAt : two.advancedAt;
  return Math.max(one.advancedAt ?? 0, two.advancedAt ?? 0);
}
