import { Action } from './actions';
import type { Winner } from './outcome';
import type { PlayerReadout } from './readout';
import { FRAMES_PER_SECOND, MAX_GAUGE, MAX_ROUNDS, SUB, WALL_X } from './rules';
import {
  at,
  createState,
  Fighter,
  fullHealth,
  Match,
  type MatchConfig,
  Phase,
  PLAYER_1,
  PLAYER_2,
} from './state';

/** Frames into a fight after which nobody shouts its beginning any more. */
const UNDER_WAY_FRAMES = 60;

/** A match whose players may act at once, from their marks, with nothing shouted. */
export function startFighting(config: MatchConfig): Int32Array {
  const state = createState(config);
  state[Match.PHASE] = Phase.FIGHT;
  state[Match.PHASE_FRAME] = UNDER_WAY_FRAMES;
  return state;
}

/** The part of a `Readout` that a fight can be made of; what the players do is not. */
export interface Snapshot {
  readonly timer: number;
  readonly player1: Place;
  readonly player2: Place;
  readonly winner?: Winner;
}
type Place = Readonly<Omit<PlayerReadout, 'current_action'>>;

/** What a readout leaves out and its reader may know: rounds won, player 1 first. */
export interface Standing {
  readonly wins: readonly [number, number];
}

/**
 * The fight that a readout shows, to be played on: places, heights, healths, gauges and the timer are its own; both
 * stand ready, or fall if they are in the air, whatever they were doing. Read again it shows the same.
 * @returns undefined for a fight that is over, between two rounds or at its last second: nothing is left to play on.
 */
export function fromReadout(
  config: MatchConfig,
  readout: Snapshot,
  standing: Standing = { wins: [0, 0] },
): Int32Array | undefined {
  const { timer, player1, player2, winner } = readout;
  if (winner !== undefined || timer <= 0 || player1.health <= 0 || player2.health <= 0) return undefined;
  const state = startFighting(config);
  state[Match.TIMER] = timer * FRAMES_PER_SECOND;
  state[Match.ROUND] = Math.min(MAX_ROUNDS, 1 + standing.wins[0] + standing.wins[1]);
  state[PLAYER_1 + Fighter.WINS] = standing.wins[0];
  state[PLAYER_2 + Fighter.WINS] = standing.wins[1];
  place(state, PLAYER_1, player1);
  place(state, PLAYER_2, player2);
  const isLeft = at(state, PLAYER_1 + Fighter.X) <= at(state, PLAYER_2 + Fighter.X);
  state[PLAYER_1 + Fighter.FACING] = isLeft ? 1 : -1;
  state[PLAYER_2 + Fighter.FACING] = isLeft ? -1 : 1;
  return state;
}

function place(state: Int32Array, player: number, readout: Place): void {
  const full = fullHealth(state, player);
  const x = Math.max(-WALL_X, Math.min(WALL_X, Math.trunc(readout.position_x)));
  const y = Math.max(0, Math.trunc(readout.position_y));
  state[player + Fighter.X] = x * SUB;
  state[player + Fighter.Y] = y * SUB;
  state[player + Fighter.ACTION] = y > 0 ? Action.AIR : Action.IDLE;
  state[player + Fighter.ACTION_FRAME] = 1;
  // The shares were rounded: health up, the gauge down. Rounded the other way they give the same shares again.
  state[player + Fighter.HEALTH] = Math.max(1, Math.floor((Math.min(100, readout.health) * full) / 100));
  state[player + Fighter.GAUGE] = Math.ceil(
    (Math.min(100, Math.max(0, readout.super_gauge)) * MAX_GAUGE) / 100,
  );
}
