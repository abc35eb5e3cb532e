import { Action } from './actions';
import { begin, hold, isAirborne, sideOf } from './bodies';
import { characterById, moveOf } from './characters/roster';
import type { Stats } from './characters/types';
import { dashWanted } from './input-buffer';
import { horizontal, Input } from './inputs';
import { cancelMove, startAirMove, startGroundMove } from './moves';
import {
  DASH_SAFE_FRAMES,
  KNOCKDOWN_FRAMES,
  SUB,
  THREAT_DISTANCE,
  THROW_TOTAL_FRAMES,
  WAKEUP_FRAMES,
  WAKEUP_THROW_SAFE_FRAMES,
} from './rules';
import { add, at, Fighter, Match, Phase, percentOf } from './state';

/** Whether an attack of `other` is close enough that holding back should raise the guard. */
export function isThreatened(state: Int32Array, player: number, other: number): boolean {
  const x = at(state, player + Fighter.X);
  const reach = THREAT_DISTANCE * SUB;
  if (at(state, other + Fighter.SHOT_SLOT) !== 0 && Math.abs(at(state, other + Fighter.SHOT_X) - x) < reach)
    return true;
  if (at(state, other + Fighter.ACTION) !== Action.ATTACK) return false;
  const slot = at(state, other + Fighter.MOVE);
  const move = moveOf(characterById(at(state, other + Fighter.CHARACTER)), slot);
  if (move.guard === 'throw' || at(state, other + Fighter.ACTION_FRAME) > move.startup + move.active)
    return false;
  return Math.abs(at(state, other + Fighter.X) - x) < reach;
}

/** Decides what a player does in this frame: goes on, or acts on the input when free to. */
export function control(state: Int32Array, player: number, other: number, threatened: boolean): void {
  if (at(state, Match.PHASE) === Phase.READY) {
    add(state, player + Fighter.ACTION_FRAME, 1);
    return;
  }
  tickDown(state, player + Fighter.SAFE);
  tickDown(state, player + Fighter.THROW_SAFE);
  add(state, player + Fighter.ACTION_FRAME, 1);
  const stats = characterById(at(state, player + Fighter.CHARACTER)).stats;
  if (!isBusy(state, player, other, stats)) actFreely(state, player, other, threatened, stats);
}

function tickDown(state: Int32Array, index: number): void {
  if (at(state, index) > 0) add(state, index, -1);
}

/** Goes on with an action that isn't over; false when the player is free on the ground. */
function isBusy(state: Int32Array, player: number, other: number, stats: Stats): boolean {
  const frame = at(state, player + Fighter.ACTION_FRAME);
  switch (at(state, player + Fighter.ACTION)) {
    case Action.ATTACK:
      return goOnAttacking(state, player, other, frame);
    case Action.PREJUMP:
      if (frame > stats.prejumpFrames) takeOff(state, player, stats);
      return true;
    case Action.AIR:
      if (at(state, player + Fighter.MOVE) === 0) startAirMove(state, player);
      return true;
    case Action.LAND:
      return frame <= stats.landFrames;
    case Action.DASH_FORWARD:
      return frame <= stats.dashForwardFrames;
    case Action.DASH_BACK:
      return frame <= stats.dashBackFrames;
    case Action.HITSTUN:
    case Action.CROUCH_HITSTUN:
    case Action.BLOCKSTUN:
    case Action.CROUCH_BLOCKSTUN:
    case Action.TECH:
      if (at(state, player + Fighter.STUN) === 0) return false;
      add(state, player + Fighter.STUN, -1);
      return true;
    case Action.KNOCKDOWN:
      if (frame > KNOCKDOWN_FRAMES) begin(state, player, Action.WAKEUP);
      return true;
    case Action.WAKEUP:
      if (frame <= WAKEUP_FRAMES) return true;
      state[player + Fighter.THROW_SAFE] = WAKEUP_THROW_SAFE_FRAMES;
      return false;
    case Action.THROWING:
      return frame <= THROW_TOTAL_FRAMES;
    case Action.THROWN:
    case Action.FALLING:
    case Action.WIN:
    case Action.KO:
      return true;
    default:
      return false;
  }
}

function goOnAttacking(state: Int32Array, player: number, other: number, frame: number): boolean {
  const slot = at(state, player + Fighter.MOVE);
  const move = moveOf(characterById(at(state, player + Fighter.CHARACTER)), slot);
  if (frame <= move.startup + move.active + move.recovery) {
    cancelMove(state, player, other, move, frame);
    tickDown(state, player + Fighter.CANCEL);
    return true;
  }
  if (!isAirborne(state, player)) return false;
  begin(state, player, Action.AIR);
  state[player + Fighter.MOVE] = slot;
  return true;
}

function takeOff(state: Int32Array, player: number, stats: Stats): void {
  const side = horizontal(at(state, player + Fighter.INPUT));
  const forward = side === at(state, player + Fighter.FACING);
  begin(state, player, Action.AIR);
  state[player + Fighter.VX] = Math.imul(side, forward ? stats.jumpForward : stats.jumpBack);
  state[player + Fighter.VY] = stats.jumpVy;
  state[player + Fighter.SLIDE] = 0;
}

/** A player in control on the ground: turns to the opponent, then the first of these that the input asks for. */
function actFreely(
  state: Int32Array,
  player: number,
  other: number,
  threatened: boolean,
  stats: Stats,
): void {
  const facing = sideOf(state, player, other);
  state[player + Fighter.FACING] = facing;
  state[player + Fighter.VX] = 0;
  state[player + Fighter.COMBO] = 0;
  state[player + Fighter.JUGGLE] = 0;
  if (startGroundMove(state, player)) return;
  const input = at(state, player + Fighter.INPUT);
  const side = horizontal(input);
  if (input & Input.Up) {
    begin(state, player, Action.PREJUMP);
    return;
  }
  const dash = dashWanted(state, player);
  if (dash !== 0 && (input & Input.Down) === 0) {
    startDash(state, player, dash, facing, stats);
    return;
  }
  const guarding = side === -facing && threatened;
  if (input & Input.Down) hold(state, player, guarding ? Action.CROUCH_GUARD : Action.CROUCH);
  else if (guarding) hold(state, player, Action.GUARD);
  else if (side === 0) hold(state, player, Action.IDLE);
  else {
    hold(state, player, side === facing ? Action.WALK_FORWARD : Action.WALK_BACK);
    const speed = side === facing ? stats.walkForward : stats.walkBack;
    state[player + Fighter.VX] = Math.imul(side, percentOf(speed, at(state, player + Fighter.SPEED_CHANGE)));
  }
}

function startDash(state: Int32Array, player: number, side: number, facing: number, stats: Stats): void {
  state[player + Fighter.TAP] = 0;
  state[player + Fighter.TAP_AGE] = 0;
  begin(state, player, side === facing ? Action.DASH_FORWARD : Action.DASH_BACK);
  state[player + Fighter.VX] = Math.imul(side, side === facing ? stats.dashForward : stats.dashBack);
  if (side !== facing) state[player + Fighter.SAFE] = DASH_SAFE_FRAMES;
}
