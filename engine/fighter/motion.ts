import { Action } from './actions';
import { begin, isAirborne } from './bodies';
import { characterById, moveOf } from './characters/roster';
import { FALL_GRAVITY, FRICTION, SUB, WALL_X } from './rules';
import { add, at, Fighter, Match, PLAYER_1, PLAYER_2 } from './state';

/** A jumper whose feet are this high (stage units) passes over the other's head. */
const PASS_OVER_Y = 72;
/** Bodies are pushed apart by at most this a frame (sub-units), so that nobody jumps aside. */
const MAX_PUSH = 1800;

/** Moves one player by own speed, slide and gravity, and lands who reaches the floor. */
export function moveBody(state: Int32Array, player: number): void {
  // Who is held is moved by the thrower.
  const held = at(state, player + Fighter.ACTION) === Action.THROWN;
  if (!held && isAirborne(state, player)) fly(state, player);
  else if (!held) walk(state, player);
  clampToWalls(state, player);
}

function walk(state: Int32Array, player: number): void {
  if (at(state, player + Fighter.ACTION) === Action.ATTACK) state[player + Fighter.VX] = drive(state, player);
  const slide = at(state, player + Fighter.SLIDE);
  add(state, player + Fighter.X, at(state, player + Fighter.VX) + slide);
  const less = Math.abs(slide) - FRICTION;
  state[player + Fighter.SLIDE] = less <= 0 ? 0 : slide > 0 ? less : -less;
}

function drive(state: Int32Array, player: number): number {
  const character = characterById(at(state, player + Fighter.CHARACTER));
  const { drives } = moveOf(character, at(state, player + Fighter.MOVE));
  const frame = at(state, player + Fighter.ACTION_FRAME);
  for (let i = 0; i < drives.length; i += 1) {
    const part = drives[i];
    if (part !== undefined && frame >= part.from && frame <= part.to)
      return Math.imul(part.vx, at(state, player + Fighter.FACING));
  }
  return 0;
}

function fly(state: Int32Array, player: number): void {
  add(state, player + Fighter.X, at(state, player + Fighter.VX));
  add(state, player + Fighter.Y, at(state, player + Fighter.VY));
  const falling = at(state, player + Fighter.ACTION) === Action.FALLING;
  const gravity = falling ? FALL_GRAVITY : characterById(at(state, player + Fighter.CHARACTER)).stats.gravity;
  add(state, player + Fighter.VY, -gravity);
  if (at(state, player + Fighter.Y) <= 0 && at(state, player + Fighter.VY) < 0) land(state, player, falling);
}

function land(state: Int32Array, player: number, falling: boolean): void {
  state[player + Fighter.Y] = 0;
  state[player + Fighter.VX] = 0;
  state[player + Fighter.VY] = 0;
  state[player + Fighter.LAND_FRAME] = at(state, Match.FRAME);
  const down = at(state, player + Fighter.HEALTH) > 0 ? Action.KNOCKDOWN : Action.KO;
  begin(state, player, falling ? down : Action.LAND);
}

/** Pushes overlapping bodies apart by equal shares; what a wall takes from one, the other gives. */
export function separateBodies(state: Int32Array): void {
  pushApart(state);
  // Where the wall stops both, the one who was pressed further into it keeps the place.
  const deeper = Math.abs(at(state, PLAYER_1 + Fighter.X)) - Math.abs(at(state, PLAYER_2 + Fighter.X));
  clampToWalls(state, PLAYER_1);
  clampToWalls(state, PLAYER_2);
  if (overlap(state) <= 0) return;
  const isHeld1 = isAtWall(state, PLAYER_1);
  const isHeld2 = isAtWall(state, PLAYER_2);
  if (isHeld1 && (!isHeld2 || deeper > 0)) giveWay(state, PLAYER_2, PLAYER_1);
  else if (isHeld2 && (!isHeld1 || deeper < 0)) giveWay(state, PLAYER_1, PLAYER_2);
}

function pushApart(state: Int32Array): void {
  const depth = overlap(state);
  if (depth <= 0) return;
  const share = Math.min((depth + 1) >> 1, MAX_PUSH);
  const side = order(state);
  add(state, PLAYER_1 + Fighter.X, -Math.imul(side, share));
  add(state, PLAYER_2 + Fighter.X, Math.imul(side, share));
}

function giveWay(state: Int32Array, player: number, wall: number): void {
  const inward = at(state, wall + Fighter.X) > 0 ? -1 : 1;
  add(state, player + Fighter.X, Math.imul(inward, Math.min(overlap(state), MAX_PUSH * 2)));
  clampToWalls(state, player);
}

/** How deep the push boxes are inside each other, in sub-units; not above 0 means they are apart. */
function overlap(state: Int32Array): number {
  if (!pushes(state, PLAYER_1) || !pushes(state, PLAYER_2)) return 0;
  const heights = at(state, PLAYER_1 + Fighter.Y) - at(state, PLAYER_2 + Fighter.Y);
  if (Math.abs(heights) > PASS_OVER_Y * SUB) return 0;
  const widths = halfWidth(state, PLAYER_1) + halfWidth(state, PLAYER_2);
  return widths - Math.abs(at(state, PLAYER_2 + Fighter.X) - at(state, PLAYER_1 + Fighter.X));
}

/** The knocked out don't push; who is held is the thrower's affair. */
function pushes(state: Int32Array, player: number): boolean {
  const action = at(state, player + Fighter.ACTION);
  return action !== Action.KO && action !== Action.THROWN && action !== Action.THROWING;
}

/** 1 if player 1 is the left one, -1 if the right one, 0 if the state has no answer that is fair to both. */
function order(state: Int32Array): number {
  const distance = at(state, PLAYER_2 + Fighter.X) - at(state, PLAYER_1 + Fighter.X);
  if (distance !== 0) return distance > 0 ? 1 : -1;
  const facing = at(state, PLAYER_1 + Fighter.FACING);
  return facing === at(state, PLAYER_2 + Fighter.FACING) ? 0 : facing;
}

function halfWidth(state: Int32Array, player: number): number {
  return characterById(at(state, player + Fighter.CHARACTER)).stats.halfWidth * SUB;
}

function isAtWall(state: Int32Array, player: number): boolean {
  return Math.abs(at(state, player + Fighter.X)) >= WALL_X * SUB;
}

function clampToWalls(state: Int32Array, player: number): void {
  const x = at(state, player + Fighter.X);
  const wall = WALL_X * SUB;
  if (x > wall) state[player + Fighter.X] = wall;
  else if (x < -wall) state[player + Fighter.X] = -wall;
}
