import { Action } from './actions';
import { beginStun, isAirborne, isCrouching, sideOf } from './bodies';
import { characterById, moveOf } from './characters/roster';
import type { Move } from './characters/types';
import { currentMove, findStrike, isUntouchable, NONE } from './collision';
import { hurt, markTouch, scaleDamage } from './damage';
import { gainGauge } from './gauge';
import { isGuarding } from './guard';
import { findShotHit, spendShot } from './projectiles';
import { CANCEL_FRAMES, GAUGE_GUARD, MAX_JUGGLE, PUSH_GROWTH, SUB, WALL_X } from './rules';
import { at, Fighter, Hurt, Match, PLAYER_1, PLAYER_2 } from './state';
import { catchBoth, catchOther, findCatch } from './throws';

/**
 * Finds everything that touches in this frame, then lets it happen. All questions are asked before the first answer
 * changes the state, and attackers are served before victims: a trade is the same for both sides.
 */
export function resolveContacts(state: Int32Array): void {
  const open1 = isOpen(state, PLAYER_1);
  const open2 = isOpen(state, PLAYER_2);
  const strike1 = open2 ? findStrike(state, PLAYER_1, PLAYER_2) : NONE;
  const strike2 = open1 ? findStrike(state, PLAYER_2, PLAYER_1) : NONE;
  const shot1 = open2 ? findShotHit(state, PLAYER_1, PLAYER_2) : NONE;
  const shot2 = open1 ? findShotHit(state, PLAYER_2, PLAYER_1) : NONE;
  const catch1 = strike2 === NONE && shot2 === NONE && findCatch(state, PLAYER_1, PLAYER_2);
  const catch2 = strike1 === NONE && shot1 === NONE && findCatch(state, PLAYER_2, PLAYER_1);
  const move1 = currentMove(state, PLAYER_1);
  const move2 = currentMove(state, PLAYER_2);
  const side = sideOf(state, PLAYER_1, PLAYER_2);
  const side2 = sideOf(state, PLAYER_2, PLAYER_1);
  const trade = strike1 !== NONE && strike2 !== NONE;
  const guard1 = move2 !== undefined && isGuarding(state, PLAYER_1, side, move2.guard);
  const guard2 = move1 !== undefined && isGuarding(state, PLAYER_2, side2, move1.guard);
  const shotGuard1 = shot2 !== NONE && guardsShot(state, PLAYER_1, PLAYER_2);
  const shotGuard2 = shot1 !== NONE && guardsShot(state, PLAYER_2, PLAYER_1);

  if (strike1 !== NONE && move1) creditStrike(state, PLAYER_1, PLAYER_2, move1, guard2, side, trade);
  if (strike2 !== NONE && move2) creditStrike(state, PLAYER_2, PLAYER_1, move2, guard1, side2, trade);
  if (strike1 !== NONE && move1) suffer(state, PLAYER_2, move1, strike1, guard2, side);
  if (strike2 !== NONE && move2) suffer(state, PLAYER_1, move2, strike2, guard1, side2);
  if (shot1 !== NONE) sufferShot(state, PLAYER_2, PLAYER_1, shot1, shotGuard2);
  if (shot2 !== NONE) sufferShot(state, PLAYER_1, PLAYER_2, shot2, shotGuard1);

  if (catch1 && catch2) catchBoth(state);
  else if (catch1) catchOther(state, PLAYER_1, PLAYER_2);
  else if (catch2) catchOther(state, PLAYER_2, PLAYER_1);
}

/** Whether blows can touch a player: not while rising, held or safe, nor after too many hits in the air. */
function isOpen(state: Int32Array, player: number): boolean {
  return !isUntouchable(state, player) && at(state, player + Fighter.JUGGLE) < MAX_JUGGLE;
}

function shotMove(state: Int32Array, owner: number): Move {
  return moveOf(characterById(at(state, owner + Fighter.CHARACTER)), at(state, owner + Fighter.SHOT_SLOT));
}

/** A projectile is guarded by holding the way it flies, wherever its owner is by then. */
function guardsShot(state: Int32Array, player: number, owner: number): boolean {
  const from = at(state, owner + Fighter.SHOT_VX) > 0 ? -1 : 1;
  return isGuarding(state, player, from, shotMove(state, owner).guard);
}

/** What the attacker gets: gauge, the right to cancel, and the push that a wall takes off the victim. */
function creditStrike(
  state: Int32Array,
  player: number,
  victim: number,
  move: Move,
  guarded: boolean,
  side: number,
  trade: boolean,
): void {
  state[player + Fighter.MOVE_HIT] = guarded ? 2 : 1;
  state[player + Fighter.CANCEL] = CANCEL_FRAMES;
  gainGauge(state, player, guarded ? (move.gauge / 3) | 0 : move.gauge);
  const toWall = WALL_X * SUB - Math.imul(side, at(state, victim + Fighter.X));
  if (trade || toWall > CORNER_SUB || isAirborne(state, player) || isAirborne(state, victim)) return;
  state[player + Fighter.SLIDE] = Math.imul(-side, pushOf(state, victim, move, guarded));
}

/** A victim this near to the wall is in the corner (sub-units). */
const CORNER_SUB = 6 * SUB;

function pushOf(state: Int32Array, victim: number, move: Move, guarded: boolean): number {
  if (guarded) return move.pushBlock;
  return move.pushHit + Math.imul(at(state, victim + Fighter.COMBO), PUSH_GROWTH);
}

/** What the victim gets. `side` is the way the blow goes. */
function suffer(
  state: Int32Array,
  player: number,
  move: Move,
  contact: number,
  guarded: boolean,
  side: number,
): void {
  state[Match.HITSTOP] = Math.max(at(state, Match.HITSTOP), move.hitstop);
  markTouch(state, player, guarded ? Hurt.BLOCK : Hurt.HIT, move.strength, contact);
  const push = Math.imul(side, pushOf(state, player, move, guarded));
  if (!guarded) {
    hurt(state, player, move, side, push);
    return;
  }
  const health = at(state, player + Fighter.HEALTH);
  state[player + Fighter.HEALTH] = Math.max(1, health - scaleDamage(state, player, move.chip));
  gainGauge(state, player, GAUGE_GUARD);
  beginStun(
    state,
    player,
    isCrouching(state, player) ? Action.CROUCH_BLOCKSTUN : Action.BLOCKSTUN,
    move.blockstun,
  );
  state[player + Fighter.SLIDE] = push;
}

function sufferShot(
  state: Int32Array,
  player: number,
  owner: number,
  contact: number,
  guarded: boolean,
): void {
  const move = shotMove(state, owner);
  const side = at(state, owner + Fighter.SHOT_VX) > 0 ? 1 : -1;
  gainGauge(state, owner, guarded ? (move.gauge / 3) | 0 : move.gauge);
  spendShot(state, owner, 1);
  suffer(state, player, move, contact, guarded, side);
}
