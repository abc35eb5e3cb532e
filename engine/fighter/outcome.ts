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

function side(value: number): Winner {
  return value === 1 || value === 2 ? value : 0;
}
