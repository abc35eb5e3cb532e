import { type ActionName, actionName } from './actions';
import { isMatchOver, matchWinner, type Winner } from './outcome';
import { FRAMES_PER_SECOND, MAX_GAUGE, SUB } from './rules';
import { at, Fighter, fullHealth, Match, PLAYER_1, PLAYER_2 } from './state';

/** One player as `game.proto` shows it. */
export interface PlayerReadout {
  /** 0 to 100; 0 only when knocked out. */
  health: number;
  /** 0 to 100; 100 only when full. */
  super_gauge: number;
  /** Stage units to the right of the middle. */
  position_x: number;
  /** Stage units above the floor. */
  position_y: number;
  current_action: ActionName;
}

/** A match as `game.proto` shows it; `winner` is there only once it is over. */
export interface Readout {
  /** Whole seconds left in the round, 99 to 0. */
  timer: number;
  player1: PlayerReadout;
  player2: PlayerReadout;
  winner?: Winner;
}

/** What a spectator's HUD needs, in the units of the wire. */
export function readState(state: Int32Array): Readout {
  const readout: Readout = {
    timer: Math.ceil(at(state, Match.TIMER) / FRAMES_PER_SECOND),
    player1: readPlayer(state, PLAYER_1),
    player2: readPlayer(state, PLAYER_2),
  };
  if (isMatchOver(state)) readout.winner = matchWinner(state);
  return readout;
}

function readPlayer(state: Int32Array, player: number): PlayerReadout {
  return {
    health: Math.ceil((at(state, player + Fighter.HEALTH) * 100) / fullHealth(state, player)),
    super_gauge: Math.floor((at(state, player + Fighter.GAUGE) * 100) / MAX_GAUGE),
    // Never the negative zero, which is another number to whoever compares.
    position_x: Math.trunc(at(state, player + Fighter.X) / SUB) + 0,
    position_y: Math.trunc(at(state, player + Fighter.Y) / SUB),
    current_action: actionName(at(state, player + Fighter.ACTION), at(state, player + Fighter.MOVE)),
  };
}
