import { characterById, moveOf } from './characters/roster';
import type { Projectile } from './characters/types';
import {
  contactX,
  contactY,
  currentMove,
  ignoresProjectiles,
  NONE,
  packContact,
  touchBody,
} from './collision';
import { SUB, WALL_X } from './rules';
import { add, at, Fighter, Match, PLAYER_1, PLAYER_2 } from './state';

/** A projectile is gone when its middle is this far outside the walls (stage units). */
const BEYOND_WALL = 80;

/** Launches, moves and ends one player's projectile. */
export function moveShot(state: Int32Array, player: number): void {
  if (at(state, player + Fighter.SHOT_SLOT) !== 0) fly(state, player);
  else launch(state, player);
}

function launch(state: Int32Array, player: number): void {
  const move = currentMove(state, player);
  const shot = move?.projectile;
  if (move === undefined || shot === undefined) return;
  if (at(state, player + Fighter.ACTION_FRAME) !== move.startup + 1) return;
  const facing = at(state, player + Fighter.FACING);
  state[player + Fighter.SHOT_SLOT] = at(state, player + Fighter.MOVE);
  state[player + Fighter.SHOT_X] = at(state, player + Fighter.X) + Math.imul(facing, shot.x * SUB);
  state[player + Fighter.SHOT_Y] = at(state, player + Fighter.Y) + shot.y * SUB;
  state[player + Fighter.SHOT_VX] = Math.imul(facing, shot.vx);
  state[player + Fighter.SHOT_FRAME] = 1;
  state[player + Fighter.SHOT_HITS] = shot.hits;
}

function fly(state: Int32Array, player: number): void {
  add(state, player + Fighter.SHOT_X, at(state, player + Fighter.SHOT_VX));
  add(state, player + Fighter.SHOT_FRAME, 1);
  const gone = Math.abs(at(state, player + Fighter.SHOT_X)) > (WALL_X + BEYOND_WALL) * SUB;
  if (gone || at(state, player + Fighter.SHOT_FRAME) > shotData(state, player).lifeFrames)
    endShot(state, player);
}

function shotData(state: Int32Array, player: number): Projectile {
  const slot = at(state, player + Fighter.SHOT_SLOT);
  const shot = moveOf(characterById(at(state, player + Fighter.CHARACTER)), slot).projectile;
  if (shot === undefined) throw new RangeError(`move slot ${slot} throws nothing`);
  return shot;
}

function endShot(state: Int32Array, player: number): void {
  for (let field = Fighter.SHOT_SLOT; field <= Fighter.SHOT_HITS; field += 1) state[player + field] = 0;
}

/** Takes `hits` from a projectile; with none left it is gone. */
export function spendShot(state: Int32Array, player: number, hits: number): void {
  const left = at(state, player + Fighter.SHOT_HITS) - hits;
  if (left > 0) state[player + Fighter.SHOT_HITS] = left;
  else endShot(state, player);
}

/** Two projectiles that meet wear each other down. */
export function resolveClash(state: Int32Array): void {
  if (at(state, PLAYER_1 + Fighter.SHOT_SLOT) === 0 || at(state, PLAYER_2 + Fighter.SHOT_SLOT) === 0) return;
  const one = shotData(state, PLAYER_1);
  const two = shotData(state, PLAYER_2);
  const x1 = at(state, PLAYER_1 + Fighter.SHOT_X);
  const x2 = at(state, PLAYER_2 + Fighter.SHOT_X);
  const y1 = at(state, PLAYER_1 + Fighter.SHOT_Y);
  const y2 = at(state, PLAYER_2 + Fighter.SHOT_Y);
  if (Math.abs(x1 - x2) >= (one.halfWidth + two.halfWidth) * SUB) return;
  if (Math.abs(y1 - y2) >= (one.halfHeight + two.halfHeight) * SUB) return;
  const contact = packContact(x1 + x2, y1 + y2);
  state[Match.CLASH_FRAME] = at(state, Match.FRAME);
  state[Match.CLASH_X] = contactX(contact);
  state[Match.CLASH_Y] = contactY(contact);
  const hits = Math.min(at(state, PLAYER_1 + Fighter.SHOT_HITS), at(state, PLAYER_2 + Fighter.SHOT_HITS));
  spendShot(state, PLAYER_1, hits);
  spendShot(state, PLAYER_2, hits);
}

/** Where a player's projectile touches the other in this frame, or `NONE`. */
export function findShotHit(state: Int32Array, player: number, other: number): number {
  if (at(state, player + Fighter.SHOT_SLOT) === 0 || ignoresProjectiles(state, other)) return NONE;
  const shot = shotData(state, player);
  const x = at(state, player + Fighter.SHOT_X);
  const y = at(state, player + Fighter.SHOT_Y);
  const width = shot.halfWidth * SUB;
  const height = shot.halfHeight * SUB;
  return touchBody(state, other, x - width, y - height, x + width, y + height);
}
