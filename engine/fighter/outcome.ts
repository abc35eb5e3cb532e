import { WINS_NEEDED } from './rules';
import { at, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from './state';

/** A side of the match, or nobody. */
export type Winner = 0 | 1 | 2;

/** Whether the match has ended. From then on `step` changes nothing. */
export function isMatchOver(state: Int32Array): boolean {
  return at(state, Match.PHASE) === Phase.MATCH_OVER;
}

/** The side that won; 0 for a draw, and while the match goes on. */
export function matchWinner(state: Int32Array): Winner {
  return side(at(state, Match.WINNER));
}

/** Rounds won by a side so far. */
export function roundsWon(state: Int32Array, player: 1 | 2): number {
  return at(state, (player === 1 ? PLAYER_1 : PLAYER_2) + Fighter.WINS);
}

/** Part of the match and how many frames it has lasted. `decisive`: the present or last round can end the match. */
export interface PhaseView {
  phase: 'ready' | 'fight' | 'round over' | 'match over';
  frame: number;
  round: number;
  decisive: boolean;
  /** Who took the round; only when it is over. Both took it: 'both'. */
  roundWinner?: 1 | 2 | 'both';
}

const PHASES = ['ready', 'fight', 'round over', 'match over'] as const;

/** Describes the part of the match for announcements and HUD. Allocates: not for use inside `step`. */
export function readPhase(state: Int32Array): PhaseView {
  const phase = PHASES[at(state, Match.PHASE)] ?? 'ready';
  const view: PhaseView = {
    phase,
    frame: at(state, Match.PHASE_FRAME),
    round: at(state, Match.ROUND),
    decisive: roundsWon(state, 1) >= WINS_NEEDED - 1 && roundsWon(state, 2) >= WINS_NEEDED - 1,
  };
  const result = at(state, Match.ROUND_RESULT);
  if ((phase === 'round over' || phase === 'match over') && result > 0)
    view.roundWinner = result === 3 ? 'both' : result === 2 ? 2 : 1;
  return view;
}

function side(value: number): Winner {
  return value === 1 || value === 2 ? value : 0;
}
