import { Action, MoveSlot } from '../fighter/actions';
import { characterById, moveOf } from '../fighter/characters/roster';
import { MAX_GAUGE, ROUND_FRAMES, SUB, WALL_X } from '../fighter/rules';
import { at, Fighter, fullHealth, Match, PLAYER_1, PLAYER_2 } from '../fighter/state';

const PER_FIGHTER = 12;
const SHARED = 4;
/** Numbers in one observation. */
export const OBSERVATION_SIZE = 2 * PER_FIGHTER + SHARED;

const FREE: ReadonlySet<number> = new Set([
  Action.IDLE,
  Action.WALK_FORWARD,
  Action.WALK_BACK,
  Action.CROUCH,
  Action.GUARD,
  Action.CROUCH_GUARD,
]);
const STUNNED: ReadonlySet<number> = new Set([
  Action.HITSTUN,
  Action.CROUCH_HITSTUN,
  Action.BLOCKSTUN,
  Action.CROUCH_BLOCKSTUN,
  Action.THROWN,
]);
const DOWN: ReadonlySet<number> = new Set([Action.FALLING, Action.KNOCKDOWN, Action.WAKEUP]);
const LOW: ReadonlySet<number> = new Set([Action.CROUCH, Action.CROUCH_GUARD, Action.CROUCH_BLOCKSTUN]);

/**
 * What a player sees, as numbers of about -1 to 1. Both sides of the stage look alike: places are
 * told along the line from the player to the opponent. Allocates nothing.
 * @param into at least `OBSERVATION_SIZE` long.
 */
export function observe(state: Int32Array, side: 1 | 2, into: Float32Array): void {
  const own = side === 1 ? PLAYER_1 : PLAYER_2;
  const other = side === 1 ? PLAYER_2 : PLAYER_1;
  const towards = forwardOf(state, side);
  const distance = Math.abs(at(state, other + Fighter.X) - at(state, own + Fighter.X)) / SUB;

  observeFighter(state, own, towards, into, 0);
  observeFighter(state, other, -towards, into, PER_FIGHTER);
  into[2 * PER_FIGHTER] = distance / WALL_X - 1;
  // Inside the reach of most moves small differences decide, so they are told once more, enlarged.
  into[2 * PER_FIGHTER + 1] = Math.min(1, distance / 150) * 2 - 1;
  into[2 * PER_FIGHTER + 2] = shotNearness(state, other, own);
  into[2 * PER_FIGHTER + 3] = at(state, Match.TIMER) / ROUND_FRAMES;
}

/** The screen direction from a player to the opponent: 1 right, -1 left. */
export function forwardOf(state: Int32Array, side: 1 | 2): 1 | -1 {
  const own = side === 1 ? PLAYER_1 : PLAYER_2;
  const other = side === 1 ? PLAYER_2 : PLAYER_1;
  const gap = at(state, other + Fighter.X) - at(state, own + Fighter.X);
  return gap === 0 ? (at(state, own + Fighter.FACING) < 0 ? -1 : 1) : gap < 0 ? -1 : 1;
}

function observeFighter(
  state: Int32Array,
  player: number,
  towards: number,
  into: Float32Array,
  offset: number,
): void {
  const character = characterById(at(state, player + Fighter.CHARACTER));
  const action = at(state, player + Fighter.ACTION);
  into[offset] = (at(state, player + Fighter.HEALTH) / fullHealth(state, player)) * 2 - 1;
  into[offset + 1] = at(state, player + Fighter.GAUGE) / MAX_GAUGE;
  into[offset + 2] = (at(state, player + Fighter.X) * towards) / (WALL_X * SUB);
  into[offset + 3] = Math.min(1, at(state, player + Fighter.Y) / (150 * SUB));
  into[offset + 4] = at(state, player + Fighter.VY) / character.stats.jumpVy;
  into[offset + 5] = FREE.has(action) ? 1 : 0;
  into[offset + 6] = LOW.has(action) ? 1 : 0;
  into[offset + 7] = STUNNED.has(action) ? Math.min(1, at(state, player + Fighter.STUN) / 30) : 0;
  into[offset + 8] = DOWN.has(action) ? 1 : 0;
  into[offset + 9] = at(state, player + Fighter.SHOT_SLOT) === MoveSlot.NONE ? 0 : 1;

  // An attack is a threat until its active frames are over, then an opening.
  into[offset + 10] = 0;
  into[offset + 11] = 0;
  const slot = at(state, player + Fighter.MOVE);
  if (action !== Action.ATTACK || slot === MoveSlot.NONE) return;
  const move = moveOf(character, slot);
  const frame = at(state, player + Fighter.ACTION_FRAME);
  const harmless = move.startup + move.active;
  if (frame <= harmless) into[offset + 10] = 1 - frame / (2 * harmless);
  else into[offset + 11] = Math.max(0, 1 - (frame - harmless) / (move.recovery + 1));
}

/** 1 when the thrower's projectile is at the target, towards 0 with distance, 0 when there is none. */
function shotNearness(state: Int32Array, thrower: number, target: number): number {
  if (at(state, thrower + Fighter.SHOT_SLOT) === MoveSlot.NONE) return 0;
  const gap = Math.abs(at(state, thrower + Fighter.SHOT_X) - at(state, target + Fighter.X)) / SUB;
  return Math.max(0, 1 - gap / WALL_X);
}
