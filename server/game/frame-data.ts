import { CHARACTERS } from '../../engine/fighter/characters/roster';
import type { Character, Guard } from '../../engine/fighter/characters/types';
import { type ListedMove, moveListOf } from '../../engine/fighter/move-list';
import { AppError } from '../errors';
import { CHARACTER_WORDS, type CharacterWords, MOVE_NAMES } from './character-words';

/** A move as frame data is usually told: frames at 60 a second, damage in points of health. */
export interface MoveView {
  /** Which button makes it: LIGHT, HEAVY, CROUCH_LIGHT, … */
  readonly slot: string;
  readonly name: string;
  readonly guard: Guard;
  /** Frames before the first active one. */
  readonly startup: number;
  readonly active: number;
  readonly recovery: number;
  readonly total: number;
  readonly damage: number;
  readonly chipDamage: number;
  /** Frames by which the attacker can act first when the first active frame hits; null when it knocks down. */
  readonly advantageOnHit: number | null;
  /** The same when it is blocked; null when it can't be. Both are null in the air, where they depend on the height. */
  readonly advantageOnBlock: number | null;
  readonly isProjectile: boolean;
}

/** A character in a list. */
export interface CharacterSummary extends CharacterWords {
  readonly id: number;
  readonly slug: string;
  readonly archetype: Character['archetype'];
  readonly health: number;
}

/** Everything about a character that a player may want to look up. */
export interface CharacterView extends CharacterSummary {
  readonly stats: Character['stats'];
  readonly moves: readonly MoveView[];
}

function moveView(move: ListedMove): MoveView {
  const { id, slot, guard, startup, active, recovery, damage, chip, onHit, onBlock, traits } = move;
  return {
    slot,
    name: MOVE_NAMES[id],
    ...{ guard, startup, active, recovery, damage },
    total: startup + active + recovery,
    chipDamage: chip,
    advantageOnHit: typeof onHit === 'number' ? onHit : null,
    advantageOnBlock: typeof onBlock === 'number' ? onBlock : null,
    isProjectile: traits.some(({ trait }) => trait === 'projectile'),
  };
}

/** Every move of a character, in the order of the slots. */
export function movesOf(character: Character): MoveView[] {
  return moveListOf(character.id).moves.map(moveView);
}

/** The character of this id, as it came in an address. @throws {AppError} BAD_REQUEST, NOT_FOUND. */
export function requireCharacter(id: string | null, field: string): Character {
  if (id === null || !/^\d{1,9}$/.test(id))
    throw new AppError('BAD_REQUEST', `${field} must be the number of a character, not "${id ?? ''}".`, {
      detail: { field },
    });
  const character = CHARACTERS.find((known) => known.id === Number(id));
  if (!character)
    throw new AppError('NOT_FOUND', `There is no character ${id}; ids are 1 to ${CHARACTERS.length}.`, {
      detail: { field },
    });
  return character;
}

/** A character as lists show it. */
export function characterSummary(character: Character): CharacterSummary {
  const { id, slug, archetype, stats } = character;
  return { id, slug, ...CHARACTER_WORDS[slug], archetype, health: stats.health };
}

/** A character with its frame data. */
export function characterView(character: Character): CharacterView {
  return { ...characterSummary(character), stats: character.stats, moves: movesOf(character) };
}
