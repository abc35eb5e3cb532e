import type { ConductReason } from '../../proto/sessions';
import type { SessionStatus } from '../db/generated/enums';
import type { ErrorCode } from '../errors';
import { counter, gauge } from '../metrics';
import type { MatchJudge } from './judge-client';

/** What match sessions count. */

const transitions = counter(
  'arcade_sessions_transitions_total',
  'Sessions by the statuses they moved between and why; from `none` for a new one',
  ['from', 'to', 'reason'],
);

/** @param reason of a closed set; empty where a move needs none. Verdicts are `ended`, expired requests `declined`. */
export function countTransition(from: SessionStatus | 'none', to: SessionStatus, reason: string): void {
  transitions.inc({ from, to, reason });
}

const judgeCalls = counter('arcade_sessions_judge_calls_total', 'Calls of the judge, by call and outcome', [
  'call',
  'outcome',
]);

export function countJudgeCall(call: keyof MatchJudge, outcome: 'ok' | ErrorCode): void {
  judgeCalls.inc({ call, outcome });
}

/** @param read how many sessions of this process may still change */
export function showOpenSessions(read: () => number): void {
  gauge('arcade_sessions_open', 'Sessions that may still change, requests included', read);
}

const conduct = counter(
  'arcade_sessions_spoiled_total',
  'Fights that a player spoiled, by how and by whether it is known who',
  ['reason', 'known'],
);

export function countConduct(reason: ConductReason, isKnown: boolean): void {
  conduct.inc({ reason, known: String(isKnown) });
}

const challengesRefused = counter(
  'arcade_sessions_challenges_refused_total',
  'Requests and acceptances refused for what a player did in earlier fights',
);

export function countChallengeRefused(): void {
  challengesRefused.inc();
}

const takenOver = counter(
  'arcade_sessions_taken_over_total',
  'Sessions that this node took over from one that was gone',
);

export function countTakenOver(): void {
  takenOver.inc();
}
