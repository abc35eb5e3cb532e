import type { ConductReason } from '../../proto/sessions';
import {
  bothVouch,
  type LivePlayer,
  type LiveSession,
  otherSide,
  playerAt,
  type Quit,
  type Side,
  toldFrames,
} from './live';
import { DEADLINES, type Due, MAX_WITHHELD_FRAMES } from './waits';

/**
 * When a fight that goes on ends from outside, and whose doing it is: the table ENDS of docs/CONTRACT.md. Reads nothing but
 * its arguments.
 */

type End = Due & { kind: 'end' };

const SIDES = [1, 2] as const;

/** Where nothing was judged nothing counts, for nobody. */
const NOTHING: End = { kind: 'end', reason: 'no_contest', winner: 0, cause: 'nothing_fought' };

/** One side is out of it. Who was removed has no fights to be counted for. */
export function quitEnd({ side, cause }: Quit): End {
  return {
    ...{ kind: 'end', reason: 'forfeit', winner: otherSide(side), cause },
    ...(cause === 'gave_up' ? { blame: { reason: 'abandoned', side } } : {}),
  };
}

/** `side` loses, by a word that is both the cause that is told and what is counted. */
function loses(side: Side, cause: ConductReason & End['cause']): End {
  return { kind: 'end', reason: 'forfeit', winner: otherSide(side), cause, blame: { reason: cause, side } };
}

/** Nobody's doing can be told: half for both. */
function spoiled(cause: End['cause'], reason: ConductReason): End {
  return { kind: 'end', reason: 'no_contest', winner: 0, cause, blame: { reason } };
}

/** What a connected session's time is up for. */
export function findFightDue(session: LiveSession, now: number): Due | undefined {
  if (session.quit) return quitEnd(session.quit);
  const due = findDue(session, now);
  return due?.kind === 'end' && judgedFrames(session) === 0 && due.cause !== 'both_gone' ? NOTHING : due;
}

function findDue(session: LiveSession, now: number): Due | undefined {
  const isGone = ({ away }: LivePlayer) => away !== null && now >= away.until;
  if (session.players.every(isGone))
    return { kind: 'end', reason: 'no_contest', winner: 0, cause: 'both_gone' };
  // Also for who stayed when the other told the end and left: what the server passes on is enough to go on with.
  if (bothVouch(session) && !session.relay && isEndWithheld(session, now))
    return { kind: 'relay', cause: 'end_withheld' };
  for (const side of SIDES) {
    const other = otherSide(side);
    // Somebody who leaves stops the other's confirmed inputs too, so being here is enough to win.
    if (isGone(playerAt(session, side)) && playerAt(session, other).away === null)
      return whoLeft(session, side, now);
  }
  if (session.players.some(({ away }) => away !== null)) return undefined;
  if (!bothVouch(session)) {
    const silence = findSilence(session, now);
    if (silence !== undefined) return silence === 'waiting' ? undefined : silence;
  }
  if (session.relay) return findRelayDue(session, now);
  if (session.players.some(({ peerLostAt }) => peerLostAt !== null))
    return { kind: 'relay', cause: 'peer_failed' };
  if (!bothVouch(session)) return findStall(session, now);
  return now - pacedSince(session) >= DEADLINES.relayStallMs
    ? { kind: 'relay', cause: 'stalled' }
    : undefined;
}

/**
 * `side` is gone for good. Who had told the fight to its end before does not lose it to somebody who stayed and kept back the
 * few inputs that were missing, although the server passed on all that was needed to go on.
 */
function whoLeft(session: LiveSession, side: Side, now: number): End | undefined {
  const { toldEnd } = playerAt(session, side);
  const stayed = playerAt(session, otherSide(side));
  const missing = toldEnd === null ? 0 : toldEnd.frames - toldFrames(stayed);
  if (session.relay && bothVouch(session) && missing > 0 && missing <= MAX_WITHHELD_FRAMES) {
    const since = Math.max(session.relay.openedAt, quietSince(session), stayed.backAt ?? 0);
    return now - since < DEADLINES.relayMs ? undefined : loses(otherSide(side), 'silent_at_end');
  }
  return {
    ...{ kind: 'end', reason: 'forfeit', winner: otherSide(side), cause: 'gone' },
    blame: { reason: 'abandoned', side },
  };
}

/** Clients that tell only what is confirmed: who falls silent when the other has told the end. */
function findSilence(session: LiveSession, now: number): End | 'waiting' | undefined {
  for (const side of SIDES) {
    const keptSince = keepsBackTheEndSince(playerAt(session, side), playerAt(session, otherSide(side)));
    if (keptSince === undefined) continue;
    // A pause is no silence. Its time first: nothing else that is said or not said meanwhile may end the fight sooner.
    if (now - Math.max(keptSince, session.watchedSince) < DEADLINES.silenceMs) return 'waiting';
    return loses(side, 'silent_at_end');
  }
  return undefined;
}

/**
 * Since when `player` says nothing more (Unix ms), although the other has told the fight to its end and nearly all of it is
 * told by both; undefined when that is not so.
 */
function keepsBackTheEndSince(player: LivePlayer, { toldEnd }: LivePlayer): number | undefined {
  if (toldEnd === null || toldFrames(player) >= toldEnd.frames) return undefined;
  if (toldEnd.frames - toldFrames(player) > MAX_WITHHELD_FRAMES) return undefined;
  // Who was away when the other told the end has the same time after coming back, up to the longest that one may be away.
  const backAt = Math.min(player.backAt ?? 0, toldEnd.at + DEADLINES.fightAwayMs);
  return Math.max(player.advancedAt ?? 0, toldEnd.at, backAt);
}

/** The same clients: no frame that both have told. */
function findStall(session: LiveSession, now: number): End | undefined {
  return now - quietSince(session) >= DEADLINES.stallMs ? spoiled('stalled', 'stalled') : undefined;
}

/** Clients that tell their own columns: one has told the end, and nothing new is known of both. */
function isEndWithheld(session: LiveSession, now: number): boolean {
  const ends = session.players.flatMap(({ toldEnd }) => toldEnd?.at ?? []);
  return ends.length > 0 && now - Math.max(quietSince(session), ...ends) >= DEADLINES.endWithheldMs;
}

/**
 * The server's way is open, so nobody needs the other's good will to go on: who does not come to it loses, and then who keeps
 * back inputs. Whose column is longer has what it takes to go on, since the server passes on all that the other tells.
 */
function findRelayDue(session: LiveSession, now: number): End | undefined {
  const backAt = Math.max(...session.players.map((player) => player.backAt ?? 0));
  const openedAt = session.relay?.openedAt ?? 0;
  const came = SIDES.filter((side) => playerAt(session, side).cameToRelay);
  const quietMs = came.length === 2 ? DEADLINES.relayQuietMs : DEADLINES.relayMs;
  const isQuiet = now - Math.max(openedAt, quietSince(session), backAt) >= quietMs;
  // A frame now and then is no fight either.
  const isSlow =
    came.length === 2 && now - Math.max(openedAt, pacedSince(session), backAt) >= DEADLINES.relayPaceMs;
  if (!isQuiet && !isSlow) return undefined;
  const [only] = came;
  if (came.length === 1 && only !== undefined) return loses(otherSide(only), 'no_answer');
  if (came.length === 0) {
    const reporters = SIDES.filter((side) => playerAt(session, side).peerLostAt !== null);
    const [reporter] = reporters;
    return reporters.length === 1 && reporter !== undefined
      ? loses(reporter, 'no_answer')
      : spoiled('no_path', 'peer_failed');
  }
  const [one, two] = session.players.map(({ ownFrames }) => ownFrames);
  if (!bothVouch(session) || one === undefined || two === undefined || one === two)
    return spoiled('stalled', 'stalled');
  return loses(one < two ? 1 : 2, 'withheld');
}

function judgedFrames({ judged, players }: LiveSession): number {
  return Math.max(judged.frames, Math.min(...players.map(toldFrames)));
}

/** Since when fewer frames are judged than any fight has (Unix ms). */
function pacedSince({ pace, watchedSince }: LiveSession): number {
  return Math.max(pace.at, watchedSince);
}

/** Since when nothing new is known of both (Unix ms). */
function quietSince(session: LiveSession): number {
  return Math.max(session.judged.at ?? 0, agreedAt(session) ?? 0, session.watchedSince);
}

/** When the two last told a frame that both have told (Unix ms): the one who has told less decides. */
function agreedAt({ players: [one, two] }: LiveSession): number | null {
  const [first, second] = [toldFrames(one), toldFrames(two)];
  if (first !== second) return first < second ? one.advancedAt : two.advancedAt;
  return Math.max(one.advancedAt ?? 0, two.advancedAt ?? 0);
}
