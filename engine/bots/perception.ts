import { Action, MoveSlot } from '../fighter/actions';
import { sideOf } from '../fighter/bodies';
import { SUB, WALL_X } from '../fighter/rules';
import { at, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from '../fighter/state';

/** What a bot sees of the opponent in one frame. Lengths are stage units. */
export const Sight = {
  DISTANCE: 0, // between the middles
  HEIGHT: 1, // of the opponent's feet
  ACTION: 2, // the opponent's `Action`
  SLOT: 3, // the opponent's `MoveSlot`
  ACTION_FRAME: 4, // of the opponent
  SHOT_DISTANCE: 5, // of the opponent's projectile while it comes nearer, else NO_SHOT
} as const;

export const SIGHT_WORDS = 6;
export const NO_SHOT = 9999;

/** Writes what side `side` sees now to `out` at `offset`. */
export function look(state: Int32Array, side: 1 | 2, out: Int32Array, offset: number): void {
  const me = side === 1 ? PLAYER_1 : PLAYER_2;
  const other = side === 1 ? PLAYER_2 : PLAYER_1;
  const x = at(state, me + Fighter.X);
  out[offset + Sight.DISTANCE] = (Math.abs(at(state, other + Fighter.X) - x) / SUB) | 0;
  out[offset + Sight.HEIGHT] = (at(state, other + Fighter.Y) / SUB) | 0;
  out[offset + Sight.ACTION] = at(state, other + Fighter.ACTION);
  out[offset + Sight.SLOT] = at(state, other + Fighter.MOVE);
  out[offset + Sight.ACTION_FRAME] = at(state, other + Fighter.ACTION_FRAME);
  const way = x - at(state, other + Fighter.SHOT_X);
  const comes =
    at(state, other + Fighter.SHOT_SLOT) !== 0 && way > 0 === at(state, other + Fighter.SHOT_VX) > 0;
  out[offset + Sight.SHOT_DISTANCE] = comes ? (Math.abs(way) / SUB) | 0 : NO_SHOT;
}

/** What a bot knows of itself, without delay. Filled anew each frame. */
export interface Body {
  /** 1 when the opponent is to the right. */
  side: number;
  action: number;
  slot: number;
  /** 0 not connected, 1 hit, 2 guarded. */
  connected: number;
  gauge: number;
  shotReady: boolean;
  /** Stage units of room behind. */
  roomBehind: number;
  fighting: boolean;
}

export function createBody(): Body {
  return {
    side: 1,
    action: 0,
    slot: 0,
    connected: 0,
    gauge: 0,
    shotReady: true,
    roomBehind: 0,
    fighting: false,
  };
}

/** Reads side `side` of the state into `body`. */
export function feel(state: Int32Array, side: 1 | 2, body: Body): void {
  const me = side === 1 ? PLAYER_1 : PLAYER_2;
  const other = side === 1 ? PLAYER_2 : PLAYER_1;
  body.side = sideOf(state, me, other);
  body.action = at(state, me + Fighter.ACTION);
  body.slot = at(state, me + Fighter.MOVE);
  body.connected = at(state, me + Fighter.MOVE_HIT);
  body.gauge = at(state, me + Fighter.GAUGE);
  body.shotReady = at(state, me + Fighter.SHOT_SLOT) === MoveSlot.NONE;
  body.roomBehind = WALL_X + ((Math.imul(body.side, at(state, me + Fighter.X)) / SUB) | 0);
  body.fighting = at(state, Match.PHASE) === Phase.FIGHT;
}

/** Whether a body is free to do something new. */
export function isFree(action: number): boolean {
  return action <= Action.CROUCH || action === Action.GUARD || action === Action.CROUCH_GUARD;
}
