import { Action, MoveSlot } from './actions';
import { at, Fighter } from './state';

/** Questions about one player's body that several parts of a frame ask. */

/** Whether the feet are off the floor. */
export function isAirborne(state: Int32Array, player: number): boolean {
  return at(state, player + Fighter.Y) > 0 || at(state, player + Fighter.VY) > 0;
}

/** Whether the body is low: the crouching hurtbox counts. */
export function isCrouching(state: Int32Array, player: number): boolean {
  const action = at(state, player + Fighter.ACTION);
  if (action === Action.ATTACK) {
    const slot = at(state, player + Fighter.MOVE);
    return slot === MoveSlot.CROUCH_LIGHT || slot === MoveSlot.CROUCH_HEAVY;
  }
  return (
    action === Action.CROUCH ||
    action === Action.CROUCH_GUARD ||
    action === Action.CROUCH_BLOCKSTUN ||
    action === Action.CROUCH_HITSTUN
  );
}

/** Begins an action; the frame in which it begins is its frame 1. */
export function begin(state: Int32Array, player: number, action: number): void {
  state[player + Fighter.ACTION] = action;
  state[player + Fighter.ACTION_FRAME] = 1;
  state[player + Fighter.MOVE] = 0;
  state[player + Fighter.MOVE_HIT] = 0;
  state[player + Fighter.CANCEL] = 0;
}

/** Keeps doing `action`, or begins it if it is new. */
export function hold(state: Int32Array, player: number, action: number): void {
  if (at(state, player + Fighter.ACTION) !== action) begin(state, player, action);
}

/** Begins a hit or guard reaction that lasts `frames` after this one. */
export function beginStun(state: Int32Array, player: number, action: number, frames: number): void {
  begin(state, player, action);
  state[player + Fighter.STUN] = frames;
  state[player + Fighter.VX] = 0;
}

/** 1 if `other` is to the right, -1 if to the left; in the very same place the player's own facing decides. */
export function sideOf(state: Int32Array, player: number, other: number): number {
  const distance = at(state, other + Fighter.X) - at(state, player + Fighter.X);
  return distance > 0 ? 1 : distance < 0 ? -1 : at(state, player + Fighter.FACING);
}
