import { Action } from './actions';
import type { Guard } from './characters/types';
import { horizontal, Input } from './inputs';
import { at, Fighter } from './state';

/** Whether a player guards a blow that comes from side `from` (-1 left, 1 right): holds away from it, at the right height. */
export function isGuarding(state: Int32Array, player: number, from: number, guard: Guard): boolean {
  if (guard === 'throw' || !canGuard(at(state, player + Fighter.ACTION))) return false;
  const input = at(state, player + Fighter.INPUT);
  if (horizontal(input) !== -from) return false;
  const low = (input & Input.Down) !== 0;
  return guard === 'mid' || (guard === 'low' ? low : !low);
}

/** Guarding is for feet on the floor and hands that are free. */
function canGuard(action: number): boolean {
  switch (action) {
    case Action.IDLE:
    case Action.WALK_BACK:
    case Action.CROUCH:
    case Action.GUARD:
    case Action.CROUCH_GUARD:
    case Action.BLOCKSTUN:
    case Action.CROUCH_BLOCKSTUN:
      return true;
    default:
      return false;
  }
}
