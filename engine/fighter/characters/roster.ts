import { bawi } from './bawi';
import { garam } from './garam';
import type { Character, Move } from './types';

/** Everyone who can fight, in the order of their ids. Adding a fighter is adding a file and a line here. */
export const CHARACTERS: readonly Character[] = [garam, bawi];

/** @throws RangeError if nobody has this id. */
export function characterById(id: number): Character {
  const character = CHARACTERS[id - 1];
  if (character === undefined)
    throw new RangeError(`character ${id} does not exist; ids are 1 to ${CHARACTERS.length}`);
  return character;
}

/**
 * A character's move in a `MoveSlot`.
 * @throws RangeError for a slot that is not one.
 */
export function moveOf(character: Character, slot: number): Move {
  const move = character.moves[slot - 1];
  if (move === undefined) throw new RangeError(`move slot ${slot} does not exist`);
  return move;
}
