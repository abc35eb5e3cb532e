import { Action, MoveSlot } from './actions';
import { begin } from './bodies';
import { characterById, moveOf } from './characters/roster';
import type { Move } from './characters/types';
import { Input } from './inputs';
import { CANCEL_STEP, HELD_HITS, MAX_GAUGE, SUPER_FREEZE_FRAMES, SUPER_GRACE_FRAMES } from './rules';
import { at, Fighter, Match } from './state';

/** Starts the move that the buffered buttons ask of a player on the ground. */
export function startGroundMove(state: Int32Array, player: number): boolean {
  const slot = groundSlot(state, player);
  if (slot === MoveSlot.NONE || !isReady(state, player, slot)) return false;
  startMove(state, player, slot);
  return true;
}

/** Starts an air attack if one is asked for. */
export function startAirMove(state: Int32Array, player: number): void {
  if (at(state, player + Fighter.BUFFER_HEAVY) > 0) startMove(state, player, MoveSlot.AIR_HEAVY);
  else if (at(state, player + Fighter.BUFFER_LIGHT) > 0) startMove(state, player, MoveSlot.AIR_LIGHT);
}

/** Interrupts a move that connected with one it may be cancelled into, or turns a fresh one into a super. */
export function cancelMove(
  state: Int32Array,
  player: number,
  other: number,
  move: Move,
  frame: number,
): void {
  const slot = at(state, player + Fighter.MOVE);
  const grace = frame <= SUPER_GRACE_FRAMES && (slot === MoveSlot.HEAVY || slot === MoveSlot.SPECIAL);
  const both = Input.Heavy | Input.Special;
  if (
    grace &&
    (at(state, player + Fighter.INPUT) & both) === both &&
    isReady(state, player, MoveSlot.SUPER)
  ) {
    startMove(state, player, MoveSlot.SUPER);
    return;
  }
  if (at(state, player + Fighter.CANCEL) === 0) return;
  const next = groundSlot(state, player);
  if (next === MoveSlot.NONE || !move.cancels.includes(next) || !isReady(state, player, next)) return;
  if (at(state, player + Fighter.MOVE_HIT) === HIT) keepInReach(state, player, other, next);
  startMove(state, player, next);
}

/** The value of MOVE_HIT for a blow that nobody guarded. */
const HIT = 1;

/** The push of a blow is for who stops there: who cancels early in a combo steps after, and the other stays. */
function keepInReach(state: Int32Array, player: number, other: number, next: number): void {
  // Light blows that follow each other drift apart sooner, so that mashing ends by itself.
  const isLight = next === MoveSlot.LIGHT || next === MoveSlot.CROUCH_LIGHT;
  if (at(state, other + Fighter.COMBO) > (isLight ? 1 : HELD_HITS)) return;
  state[player + Fighter.SLIDE] = Math.imul(at(state, player + Fighter.FACING), CANCEL_STEP);
  state[other + Fighter.SLIDE] = 0;
}

function groundSlot(state: Int32Array, player: number): number {
  const heavy = at(state, player + Fighter.BUFFER_HEAVY) > 0;
  const special = at(state, player + Fighter.BUFFER_SPECIAL) > 0;
  if (heavy && special && isReady(state, player, MoveSlot.SUPER)) return MoveSlot.SUPER;
  if (at(state, player + Fighter.BUFFER_THROW) > 0) return MoveSlot.THROW;
  if (special && isReady(state, player, MoveSlot.SPECIAL)) return MoveSlot.SPECIAL;
  const low = (at(state, player + Fighter.INPUT) & Input.Down) !== 0;
  if (heavy) return low ? MoveSlot.CROUCH_HEAVY : MoveSlot.HEAVY;
  if (at(state, player + Fighter.BUFFER_LIGHT) > 0) return low ? MoveSlot.CROUCH_LIGHT : MoveSlot.LIGHT;
  return MoveSlot.NONE;
}

/** A super needs the full gauge; a projectile needs the last one gone. */
function isReady(state: Int32Array, player: number, slot: number): boolean {
  if (slot === MoveSlot.SUPER && at(state, player + Fighter.GAUGE) < MAX_GAUGE) return false;
  const move = moveOf(characterById(at(state, player + Fighter.CHARACTER)), slot);
  return move.projectile === undefined || at(state, player + Fighter.SHOT_SLOT) === 0;
}

function startMove(state: Int32Array, player: number, slot: number): void {
  begin(state, player, Action.ATTACK);
  state[player + Fighter.MOVE] = slot;
  state[player + Fighter.BUFFER_LIGHT] = 0;
  state[player + Fighter.BUFFER_HEAVY] = 0;
  state[player + Fighter.BUFFER_SPECIAL] = 0;
  state[player + Fighter.BUFFER_THROW] = 0;
  if (slot !== MoveSlot.SUPER) return;
  state[player + Fighter.GAUGE] = 0;
  state[player + Fighter.SUPER_FRAME] = at(state, Match.FRAME);
  state[Match.HITSTOP] = SUPER_FREEZE_FRAMES;
}
