import { Action, MoveSlot } from './actions';
import { begin, beginStun, isAirborne, sideOf } from './bodies';
import { characterById, moveOf } from './characters/roster';
import { currentMove, isUntouchable, packContact } from './collision';
import { fall, markTouch, takeDamage } from './damage';
import { gainGauge } from './gauge';
import { horizontal } from './inputs';
import { SUB, TECH_FRAMES, TECH_PUSH, TECH_STUN, THROW_LIFT_Y, THROW_RELEASE_FRAME } from './rules';
import { add, at, Fighter, Hurt, Match, Phase, PLAYER_1, PLAYER_2 } from './state';

/** Whether a player's throw catches the other in this frame. */
export function findCatch(state: Int32Array, player: number, other: number): boolean {
  const move = currentMove(state, player);
  if (move === undefined || move.guard !== 'throw' || at(state, player + Fighter.MOVE_HIT) !== 0)
    return false;
  const frame = at(state, player + Fighter.ACTION_FRAME);
  if (frame <= move.startup || frame > move.startup + move.active) return false;
  if (isAirborne(state, other) || at(state, other + Fighter.THROW_SAFE) > 0 || isUntouchable(state, other))
    return false;
  if (!canBeCaught(at(state, other + Fighter.ACTION))) return false;
  const { throwRange } = characterById(at(state, player + Fighter.CHARACTER)).stats;
  return Math.abs(at(state, other + Fighter.X) - at(state, player + Fighter.X)) <= throwRange * SUB;
}

/** Throws catch who stands, walks or attacks: not who is stunned, about to jump or getting up. */
function canBeCaught(action: number): boolean {
  switch (action) {
    case Action.IDLE:
    case Action.WALK_FORWARD:
    case Action.WALK_BACK:
    case Action.CROUCH:
    case Action.LAND:
    case Action.DASH_FORWARD:
    case Action.DASH_BACK:
    case Action.GUARD:
    case Action.CROUCH_GUARD:
    case Action.ATTACK:
      return true;
    default:
      return false;
  }
}

/** Both caught each other. */
export function catchBoth(state: Int32Array): void {
  breakFree(state, PLAYER_1, PLAYER_2);
}

/** The hold begins. Who was reaching for a throw too breaks free at once. */
export function catchOther(state: Int32Array, player: number, other: number): void {
  const slot = at(state, player + Fighter.MOVE);
  const mutual =
    at(state, other + Fighter.ACTION) === Action.ATTACK && at(state, other + Fighter.MOVE) === MoveSlot.THROW;
  if (mutual && slot === MoveSlot.THROW) {
    breakFree(state, player, other);
    return;
  }
  const facing = sideOf(state, player, other);
  stop(state, player, Action.THROWING);
  state[player + Fighter.MOVE] = slot;
  state[player + Fighter.FACING] = facing;
  stop(state, other, Action.THROWN);
  state[other + Fighter.FACING] = -facing;
}

function stop(state: Int32Array, player: number, action: number): void {
  begin(state, player, action);
  state[player + Fighter.VX] = 0;
  state[player + Fighter.SLIDE] = 0;
  state[player + Fighter.STUN] = 0;
}

/** Goes on with a hold: the victim may break it early, else it ends in the throw. Back held throws backwards. */
export function holdThrow(state: Int32Array, player: number, other: number): void {
  if (at(state, player + Fighter.ACTION) !== Action.THROWING) return;
  if (at(state, other + Fighter.ACTION) !== Action.THROWN) return;
  const frame = at(state, player + Fighter.ACTION_FRAME);
  const slot = at(state, player + Fighter.MOVE);
  if (slot === MoveSlot.THROW && frame <= TECH_FRAMES && at(state, other + Fighter.BUFFER_THROW) > 0) {
    breakFree(state, player, other);
    return;
  }
  carry(state, player, other, frame);
  if (frame !== THROW_RELEASE_FRAME) return;
  const move = moveOf(characterById(at(state, player + Fighter.CHARACTER)), slot);
  const facing = at(state, player + Fighter.FACING);
  const way = horizontal(at(state, player + Fighter.INPUT)) === -facing ? -facing : facing;
  state[Match.HITSTOP] = Math.max(at(state, Match.HITSTOP), move.hitstop);
  touchBetween(state, player, other, other, Hurt.THROW, move.strength);
  gainGauge(state, player, move.gauge);
  if (at(state, Match.PHASE) === Phase.FIGHT) takeDamage(state, other, move.damage);
  fall(state, other, move.launch, Math.imul(way, move.pushHit));
}

/** Draws who is held close, then lifts them: where they are let go is where they are, so nothing jumps. */
function carry(state: Int32Array, player: number, other: number, frame: number): void {
  const lifted = Math.max(0, Math.min(frame - TECH_FRAMES, LIFT_FRAMES));
  const near = lifted > 0 ? LIFTED_X : HELD_X;
  const place = at(state, player + Fighter.X) + Math.imul(at(state, player + Fighter.FACING), near * SUB);
  add(state, other + Fighter.X, ((place - at(state, other + Fighter.X)) / 4) | 0);
  // A smooth step from 0 to 1 in whole numbers, times the height.
  const smooth = Math.imul(Math.imul(lifted, lifted), LIFT_FRAMES * 3 - lifted * 2);
  state[other + Fighter.Y] = (Math.imul(smooth, THROW_LIFT_Y * SUB) / LIFT_FRAMES ** 3) | 0;
}

function breakFree(state: Int32Array, player: number, other: number): void {
  const side = sideOf(state, player, other);
  touchBetween(state, player, other, player, Hurt.TECH, 1);
  touchBetween(state, player, other, other, Hurt.TECH, 1);
  beginStun(state, player, Action.TECH, TECH_STUN);
  beginStun(state, other, Action.TECH, TECH_STUN);
  state[player + Fighter.SLIDE] = Math.imul(-side, TECH_PUSH);
  state[other + Fighter.SLIDE] = Math.imul(side, TECH_PUSH);
}

/** Distance of who is held: at arm's length, then above the thrower (stage units). */
const HELD_X = 46;
const LIFTED_X = 24;
const LIFT_FRAMES = THROW_RELEASE_FRAME - TECH_FRAMES;

/** Height of the hands in a hold, sub-units. */
const HOLD_Y = 110 * SUB;

function touchBetween(
  state: Int32Array,
  player: number,
  other: number,
  touched: number,
  kind: number,
  strength: number,
): void {
  const sum = at(state, player + Fighter.X) + at(state, other + Fighter.X);
  markTouch(state, touched, kind, strength, packContact(sum, HOLD_Y * 2));
}
