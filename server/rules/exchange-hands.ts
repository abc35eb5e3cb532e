import { Action, MoveSlot } from '../../engine/fighter/actions';
import { Input } from '../../engine/fighter/inputs';
import type { ListedMove } from '../../engine/fighter/move-list';
import { at, Fighter, PLAYER_1, type PLAYER_2 } from '../../engine/fighter/state';
import { isAirMove, maskOf } from './moves';

/** Somebody's hands in an exchange: a state in, a mask out. */
export type Hands = (state: Int32Array) => number;

type Side = typeof PLAYER_1 | typeof PLAYER_2;

/** Player 1 stands at the left. */
const towardOf = (player: Side) => (player === PLAYER_1 ? 'right' : 'left');

/** Holds away from the other, at the height that a move asks for. */
export function guardMask(player: Side, { guard }: ListedMove): number {
  return maskOf({ directions: guard === 'low' ? ['down', 'away'] : ['away'], buttons: [] }, towardOf(player));
}

/**
 * Makes a move, once, as soon as the player is free to.
 * @param wait of a move in the air: frames from the take-off to the press
 */
export function makeMove(player: Side, { command, slot }: ListedMove, wait = 0): Hands {
  const press = command.at(-1) ?? { directions: [], buttons: [] };
  const held = maskOf({ ...press, buttons: [] }, towardOf(player));
  const mask = maskOf(press, towardOf(player));
  let isMade = false;
  let calls = 0;
  let airFrames = 0;
  return (state) => {
    const action = at(state, player + Fighter.ACTION);
    isMade ||= at(state, player + Fighter.MOVE) === MoveSlot[slot];
    if (isMade) return 0;
    calls += 1;
    // A press counts for a few frames, one that is held does not count again.
    const isPress = calls % 2 === 1;
    if (!isAirMove(slot)) return isPress ? mask : held;
    if (action !== Action.AIR) return Input.Up;
    airFrames += 1;
    return airFrames > wait && isPress ? mask : 0;
  };
}
