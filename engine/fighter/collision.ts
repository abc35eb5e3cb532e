import { Action } from './actions';
import { isAirborne, isCrouching } from './bodies';
import { characterById, moveOf } from './characters/roster';
import type { Box, Move, TimedBox } from './characters/types';
import { SUB } from './rules';
import { at, Fighter } from './state';

/** No contact. */
export const NONE = -1;

/** A contact is the place where boxes meet, packed into one number so that finding it allocates nothing. */
const OFFSET = 2048;
const BITS = 12;

/** Stage x of a contact. */
export function contactX(contact: number): number {
  return (contact >> BITS) - OFFSET;
}

/** Stage y of a contact. */
export function contactY(contact: number): number {
  return (contact & ((1 << BITS) - 1)) - OFFSET;
}

/** Whether nothing can hit a player now. */
export function isUntouchable(state: Int32Array, player: number): boolean {
  switch (at(state, player + Fighter.ACTION)) {
    case Action.THROWING:
    case Action.THROWN:
    case Action.KNOCKDOWN:
    case Action.WAKEUP:
    case Action.TECH:
    case Action.WIN:
    case Action.KO:
      return true;
    default:
      return (
        at(state, player + Fighter.SAFE) > 0 || isWithin(currentMove(state, player)?.safe, state, player)
      );
  }
}

/** Whether projectiles pass through a player now. */
export function ignoresProjectiles(state: Int32Array, player: number): boolean {
  return isWithin(currentMove(state, player)?.ignoresProjectiles, state, player);
}

/** The move a player is in, or undefined. */
export function currentMove(state: Int32Array, player: number): Move | undefined {
  if (at(state, player + Fighter.ACTION) !== Action.ATTACK) return undefined;
  return moveOf(characterById(at(state, player + Fighter.CHARACTER)), at(state, player + Fighter.MOVE));
}

function isWithin(window: readonly [number, number] | undefined, state: Int32Array, player: number): boolean {
  if (window === undefined) return false;
  const frame = at(state, player + Fighter.ACTION_FRAME);
  return frame >= window[0] && frame <= window[1];
}

/** Where a player's attack touches the other in this frame, or `NONE`. */
export function findStrike(state: Int32Array, player: number, other: number): number {
  const move = currentMove(state, player);
  if (move === undefined || at(state, player + Fighter.MOVE_HIT) !== 0) return NONE;
  const { hitboxes } = move;
  for (let i = 0; i < hitboxes.length; i += 1) {
    const box = hitboxes[i];
    if (box === undefined || !isOut(state, player, box)) continue;
    const x = at(state, player + Fighter.X);
    const facing = at(state, player + Fighter.FACING);
    const left = facing > 0 ? box.x1 : -box.x2;
    const right = facing > 0 ? box.x2 : -box.x1;
    const y = at(state, player + Fighter.Y);
    const contact = touchBody(
      state,
      other,
      x + left * SUB,
      y + box.y1 * SUB,
      x + right * SUB,
      y + box.y2 * SUB,
    );
    if (contact !== NONE) return contact;
  }
  return NONE;
}

/** Where a rectangle (sub-units) touches a player's hurtboxes, or `NONE`. */
export function touchBody(
  state: Int32Array,
  player: number,
  left: number,
  bottom: number,
  right: number,
  top: number,
): number {
  const body = touchBox(state, player, bodyBox(state, player), left, bottom, right, top);
  if (body !== NONE) return body;
  const limbs = currentMove(state, player)?.limbs;
  if (limbs === undefined) return NONE;
  for (let i = 0; i < limbs.length; i += 1) {
    const limb = limbs[i];
    if (limb === undefined || !isOut(state, player, limb)) continue;
    const contact = touchBox(state, player, limb, left, bottom, right, top);
    if (contact !== NONE) return contact;
  }
  return NONE;
}

function isOut(state: Int32Array, player: number, box: TimedBox): boolean {
  const frame = at(state, player + Fighter.ACTION_FRAME);
  return frame >= box.from && frame <= box.to;
}

/** The hurtbox of the trunk. */
export function bodyBox(state: Int32Array, player: number): Box {
  const { stats } = characterById(at(state, player + Fighter.CHARACTER));
  if (isAirborne(state, player)) return stats.airborne;
  return isCrouching(state, player) ? stats.crouching : stats.standing;
}

function touchBox(
  state: Int32Array,
  player: number,
  box: Box,
  left: number,
  bottom: number,
  right: number,
  top: number,
): number {
  const x = at(state, player + Fighter.X);
  const y = at(state, player + Fighter.Y);
  const facing = at(state, player + Fighter.FACING);
  const l = Math.max(left, x + (facing > 0 ? box.x1 : -box.x2) * SUB);
  const r = Math.min(right, x + (facing > 0 ? box.x2 : -box.x1) * SUB);
  const b = Math.max(bottom, y + box.y1 * SUB);
  const t = Math.min(top, y + box.y2 * SUB);
  if (l >= r || b >= t) return NONE;
  return packContact(l + r, b + t);
}

/** Packs the middle of two edges' sums. Truncates towards the stage's middle, so mirrored contacts stay mirrored. */
export function packContact(sumX: number, sumY: number): number {
  const x = ((sumX / (2 * SUB)) | 0) + OFFSET;
  const y = ((sumY / (2 * SUB)) | 0) + OFFSET;
  return (x << BITS) | y;
}
