import { MoveSlot, type MoveSlotName } from './actions';
import { characterById, moveOf } from './characters/roster';
import type { Character, Guard, Move, MoveId } from './characters/types';
import { ACTION_COMMANDS, type ActionId, type Command, MOVE_COMMANDS } from './commands';
import {
  BUFFER_FRAMES,
  CANCEL_FRAMES,
  DASH_SAFE_FRAMES,
  KNOCKDOWN_FRAMES,
  STUN_DECAY,
  SUPER_GRACE_FRAMES,
  TAP_FRAMES,
  TECH_FRAMES,
  WAKEUP_FRAMES,
  WAKEUP_THROW_SAFE_FRAMES,
} from './rules';

/**
 * Frames by which the attacker can act before the other when the first active frame touches, or why there is no such
 * number: the other falls, it depends on the height of the blow, or nothing guards against it.
 */
export type Advantage = number | 'knocksDown' | 'byHeight' | 'unblockable';

/** What a move has beside its figures. Frames count from the move's first, both included. */
export type Trait =
  | { readonly trait: 'projectile'; readonly hits: number }
  | { readonly trait: 'safe' | 'passesProjectiles'; readonly from: number; readonly to: number }
  | { readonly trait: 'fullGauge' | 'unbreakable' };

/** A move as a player reads it: times in frames, damage in points of health. */
export interface ListedMove {
  readonly id: MoveId;
  readonly slot: MoveSlotName;
  readonly command: Command;
  readonly guard: Guard;
  readonly startup: number;
  readonly active: number;
  readonly recovery: number;
  readonly damage: number;
  /** Damage through a guard. */
  readonly chip: number;
  readonly onHit: Advantage;
  readonly onBlock: Advantage;
  readonly cancelsInto: readonly MoveId[];
  readonly traits: readonly Trait[];
}

/** Something that every fighter can do, with this fighter's numbers, by name, for the words about it. */
export interface ListedAction {
  readonly id: ActionId;
  readonly commands: readonly Command[];
  readonly numbers: Readonly<Record<string, number>>;
}

/** Everything that can be played with a character. */
export interface MoveList {
  readonly actions: readonly ListedAction[];
  readonly moves: readonly ListedMove[];
}

/** All that a player of this character can do. @throws RangeError if nobody has this id. */
export function moveListOf(characterId: number): MoveList {
  const character = characterById(characterId);
  const numbers = numbersOf(character);
  return {
    actions: keysOf(ACTION_COMMANDS).map((id) => ({
      id,
      commands: ACTION_COMMANDS[id],
      numbers: numbers[id],
    })),
    moves: keysOf(MOVE_COMMANDS).map((slot) => listedMove(character, slot)),
  };
}

/** One move of a character's. */
function listedMove(character: Character, slot: MoveSlotName): ListedMove {
  const move = moveOf(character, MoveSlot[slot]);
  const { id, guard, startup, active, recovery, damage, chip } = move;
  const isAir = slot === 'AIR_LIGHT' || slot === 'AIR_HEAVY';
  return {
    ...{ id, slot, command: MOVE_COMMANDS[slot] },
    ...{ guard, startup, active, recovery, damage, chip },
    onHit: advantageOnHit(move, isAir),
    onBlock: advantageOnBlock(move, isAir),
    cancelsInto: move.cancels.map((next) => moveOf(character, next).id),
    traits: traitsOf(move, slot),
  };
}

/** Frames between the first active frame and the attacker's next action. */
function exposed(move: Move): number {
  return move.active - 1 + move.recovery;
}

/** Frames after its first touch in which a projectile of several hits touches again, once in each. */
function later(move: Move): number {
  return (move.projectile?.hits ?? 1) - 1;
}

function advantageOnHit(move: Move, isAir: boolean): Advantage {
  if (move.launch > 0 || move.guard === 'throw') return 'knocksDown';
  if (isAir) return 'byHeight';
  return move.hitstun - exposed(move) + later(move) * (1 - STUN_DECAY);
}

function advantageOnBlock(move: Move, isAir: boolean): Advantage {
  if (move.guard === 'throw') return 'unblockable';
  return isAir ? 'byHeight' : move.blockstun - exposed(move) + later(move);
}

function traitsOf({ projectile, ignoresProjectiles, safe, guard }: Move, slot: MoveSlotName): Trait[] {
  const traits: Trait[] = [];
  if (slot === 'SUPER') traits.push({ trait: 'fullGauge' });
  if (slot === 'SUPER' && guard === 'throw') traits.push({ trait: 'unbreakable' });
  if (projectile) traits.push({ trait: 'projectile', hits: projectile.hits });
  if (safe) traits.push({ trait: 'safe', from: safe[0], to: safe[1] });
  if (ignoresProjectiles)
    traits.push({ trait: 'passesProjectiles', from: ignoresProjectiles[0], to: ignoresProjectiles[1] });
  return traits;
}

function numbersOf({ stats }: Character): Readonly<Record<ActionId, Readonly<Record<string, number>>>> {
  return {
    walk: {},
    jump: { frames: stats.prejumpFrames },
    crouch: {},
    dash: { taps: TAP_FRAMES, frames: stats.dashForwardFrames },
    backDash: { taps: TAP_FRAMES, frames: stats.dashBackFrames, safe: DASH_SAFE_FRAMES },
    guardHigh: {},
    guardLow: {},
    throw: {},
    throwBack: {},
    throwBreak: { frames: TECH_FRAMES },
    super: { frames: SUPER_GRACE_FRAMES },
    cancel: { early: BUFFER_FRAMES, late: CANCEL_FRAMES },
    wakeUp: {
      frames: KNOCKDOWN_FRAMES + WAKEUP_FRAMES,
      early: BUFFER_FRAMES,
      safe: WAKEUP_THROW_SAFE_FRAMES,
    },
  };
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
