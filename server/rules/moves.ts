import type { MoveSlotName } from '../../engine/fighter/actions';
import { characterById } from '../../engine/fighter/characters/roster';
import type { Direction, Press } from '../../engine/fighter/commands';
import { Input } from '../../engine/fighter/inputs';
import { type ListedMove, moveListOf } from '../../engine/fighter/move-list';
import { movesOf } from '../game/frame-data';

/** Names of a character's moves as `GET /api/characters/:id` has them: what they are called. */
export function namesOf(characterId: number): string[] {
  return movesOf(characterById(characterId)).map(({ name }) => name);
}

/**
 * A character's move, by what `GET /api/characters/:id` calls it or the slot that it gives, or by the engine's id.
 * @throws {RangeError} if nobody has this id
 */
export function findMove(characterId: number, name: string): ListedMove | undefined {
  const wanted = name.trim().toLowerCase();
  const slot = movesOf(characterById(characterId)).find((move) => move.name.toLowerCase() === wanted)?.slot;
  return moveListOf(characterId).moves.find(
    (move) => move.slot === slot || move.slot.toLowerCase() === wanted || move.id.toLowerCase() === wanted,
  );
}

/** Moves that are made in the air. */
export const isAirMove = (slot: MoveSlotName): boolean => slot === 'AIR_LIGHT' || slot === 'AIR_HEAVY';

const BUTTONS = { light: Input.Light, heavy: Input.Heavy, special: Input.Special, throw: Input.Throw };

/** The mask of a press. @param toward the screen's direction in which the opponent stands */
export function maskOf({ directions, buttons }: Press, toward: 'left' | 'right'): number {
  const [near, far] = toward === 'right' ? [Input.Right, Input.Left] : [Input.Left, Input.Right];
  const bits: Readonly<Record<Direction, number>> = {
    up: Input.Up,
    down: Input.Down,
    toward: near,
    away: far,
  };
  let mask = 0;
  for (const direction of directions) mask |= bits[direction];
  for (const button of buttons) mask |= BUTTONS[button];
  return mask;
}
