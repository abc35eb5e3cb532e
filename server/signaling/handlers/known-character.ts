import { CHARACTERS } from '../../../engine/fighter/characters/roster';
import { AppError } from '../../errors';

/** @throws {AppError} BAD_REQUEST for a fighter that does not exist. */
export function knownCharacter(characterId: number | undefined): number {
  const id = characterId ?? 1;
  if (id > CHARACTERS.length)
    throw new AppError(
      'BAD_REQUEST',
      `characterId ${id} does not exist; there are 1 to ${CHARACTERS.length}.`,
    );
  return id;
}
