/**
 * The closed sets of words that the life of a match session is told in, free of any library so that a page may import
 * them. Where each word must be handled stands a table with `satisfies Record<…>`: a new word does not compile before
 * every place has one for it.
 */

/** How a fight ends: `fought` by its own last frame, `outside` by who asks the judge to end it, `dispute` by the judge. */
const VERDICTS = {
  knockout: 'fought',
  timeout: 'fought',
  draw: 'fought',
  forfeit: 'outside',
  no_contest: 'outside',
  disputed: 'dispute',
} as const;

export type VerdictReason = keyof typeof VERDICTS;

type VerdictOf<K> = { [R in VerdictReason]: (typeof VERDICTS)[R] extends K ? R : never }[VerdictReason];
/** Reasons that the fight itself gives. */
export type FoughtReason = VerdictOf<'fought'>;
/** Reasons by which a fight may be ended from outside. */
export type OutsideReason = VerdictOf<'outside'>;

export function isVerdictReason(reason: string): reason is VerdictReason {
  return Object.hasOwn(VERDICTS, reason);
}

/** True when the last frame decided the fight: nothing else was needed, and every browser that has all inputs saw it. */
export function isFoughtOut(reason: string): reason is FoughtReason {
  return isVerdictReason(reason) && VERDICTS[reason] === 'fought';
}

export function isOutsideReason(reason: string): reason is OutsideReason {
  return isVerdictReason(reason) && VERDICTS[reason] === 'outside';
}

export const VERDICT_REASONS: readonly VerdictReason[] = Object.keys(VERDICTS).filter(isVerdictReason);
export const FOUGHT_REASONS: readonly FoughtReason[] = VERDICT_REASONS.filter(isFoughtOut);
export const OUTSIDE_REASONS: readonly OutsideReason[] = VERDICT_REASONS.filter(isOutsideReason);

/** What brought about a verdict that the fight itself did not (`match_ended.cause`). */
export const END_CAUSES = [
  /** forfeit: `leave_match`. */
  'gave_up',
  /** forfeit: banned, or the account deleted. */
  'removed',
  /** forfeit: the line was gone for too long. */
  'gone',
  /** forfeit: the other told the end, this one nothing more. */
  'silent_at_end',
  /** forfeit: did not come to the relay of last resort. */
  'no_answer',
  /** forfeit: kept back its own inputs although the relay was open. */
  'withheld',
  /** forfeit: told the server other inputs than its own signature or its own word before says. */
  'two_stories',
  /** disputed: the two tell different inputs, and no signature says whose word is wrong. */
  'word_against_word',
  /** no_contest: both lines were gone. */
  'both_gone',
  /** no_contest: before anything was fought. */
  'nothing_fought',
  /** no_contest: both were there, and nobody's doing can be told. */
  'stalled',
  /** no_contest: the connection failed, and nobody came to the relay. */
  'no_path',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

export function isEndCause(text: string | null): text is EndCause {
  return END_CAUSES.some((cause) => cause === text);
}

/** How two browsers reach each other: by themselves, through a TURN server, or through ours. */
export const ROUTES = ['direct', 'turn', 'server'] as const;
export type Route = (typeof ROUTES)[number];

/**
 * The way that two browsers share, each of which tells how it sees it. Who uses a relay of his own knows; the other may
 * take the relay's address for the browser's, so the longer way is the true one.
 */
export function longestRoute(told: readonly (Route | undefined)[]): Route | undefined {
  return ROUTES.findLast((route) => told.includes(route));
}

/** Why the relay of last resort was opened. */
export const RELAY_CAUSES = ['peer_failed', 'end_withheld', 'stalled', 'from_start'] as const;
export type RelayCause = (typeof RELAY_CAUSES)[number];

/** Why a session failed: no fight came about, or it was never judged. */
export const FAILURE_REASONS = ['peer_failed', 'connect_timeout', 'disconnected', 'restart'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why a request ended without a match. */
export const DECLINE_REASONS = [
  'declined',
  'cancelled',
  'expired',
  'disconnected',
  'in_match',
  'left_lobby',
  'restart',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** What `match_ended` may say. */
export type EndReason = VerdictReason | FailureReason;

/** Why a session is over, whichever way. */
export const SESSION_REASONS: readonly SessionReason[] = [
  ...new Set([...VERDICT_REASONS, ...FAILURE_REASONS, ...DECLINE_REASONS]),
];
export type SessionReason = EndReason | DeclineReason;

/** Where a session may stand. */
export const SESSION_STATUSES = [
  'requested',
  'accepted',
  'declined',
  'connecting',
  'connected',
  'paused',
  'ended',
  'failed',
] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What a line of TRACE may tell of: each status that a session comes to, and what happens between. */
export const TRACE_TYPES = [
  ...SESSION_STATUSES,
  /** The server brought the two together: it begins as accepted. */
  'arranged',
  /** A further offer or answer was relayed. */
  'offer',
  'answer',
  /** This player's data channel is open. */
  'peer_connected',
  /** This player's browser has lost the other one in a running fight. */
  'peer_lost',
  /** This player's line to the server is gone, is back, or was taken over by another page. */
  'player_gone',
  'player_back',
  'taken_over',
  /** This player's page signs its inputs with a key of its own. */
  'input_key',
  /** The fight goes through the server from here on, or needs it no more. */
  'relay_opened',
  'relay_closed',
  /** This player gave the fight up. */
  'given_up',
  /** This player was banned, or the account deleted. */
  'removed',
  /** What a browser believes the result to be, and where it is not the judge's. */
  'client_result',
  'result_mismatch',
  /** A rule engine, asked afterwards, came to something else than the judge. */
  'ruling_differs',
] as const;
export type TraceType = (typeof TRACE_TYPES)[number];

/** Who arranged a match, where it was not agreed in the lobby. */
export const MATCH_SOURCES = ['tournament', 'room', 'quick_match', 'invite'] as const;
export type MatchSource = (typeof MATCH_SOURCES)[number];

export function isMatchSource(text: string | null): text is MatchSource {
  return MATCH_SOURCES.some((source) => source === text);
}

/** Why an invite link leads to no fight now. */
export const INVITE_REFUSALS = [
  /** It has expired, was used or taken back, or never was. */
  'expired',
  'own_link',
  'host_away',
  'host_in_match',
  'you_in_match',
] as const;
export type InviteRefusal = (typeof INVITE_REFUSALS)[number];

export function isInviteRefusal(word: unknown): word is InviteRefusal {
  return INVITE_REFUSALS.some((refusal) => refusal === word);
}

/** What spoils a fight, as it is counted for the players of it. */
export const CONDUCT_REASONS = [
  /** The other told the end, this one nothing more. */
  'silent_at_end',
  /** The two told different inputs. */
  'disputed',
  /** One said that the connection failed, and stayed. */
  'peer_failed',
  /** Both were there, and no frame was told by both any more. */
  'stalled',
  /** Told the server other inputs than the opponent. */
  'two_stories',
  /** Kept back its inputs although the server's way was open. */
  'withheld',
  /** Did not come to the server's way. */
  'no_answer',
  /** Gave a fight up, or left it and did not come back. */
  'abandoned',
] as const;
export type ConductReason = (typeof CONDUCT_REASONS)[number];
