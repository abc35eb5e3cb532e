import { Action } from './actions';
import { begin, beginStun, isAirborne, isCrouching } from './bodies';
import type { Move } from './characters/types';
import { contactX, contactY } from './collision';
import { gainGauge } from './gauge';
import { GAUGE_HURT, POP_VY, SCALING_FLOOR, SCALING_STEP, STUN_DECAY } from './rules';
import { add, at, Fighter, Match, PLAYER_1, PLAYER_2, percentOf } from './state';

/** Shortest hitstun, however long the combo. */
const MIN_STUN = 4;

/** Notes for drawing and sound how and where a player was touched. */
export function markTouch(
  state: Int32Array,
  player: number,
  kind: number,
  strength: number,
  contact: number,
): void {
  state[player + Fighter.HURT_FRAME] = at(state, Match.FRAME);
  state[player + Fighter.HURT_KIND] = kind;
  state[player + Fighter.HURT_STRENGTH] = strength;
  state[player + Fighter.HURT_X] = contactX(contact);
  state[player + Fighter.HURT_Y] = contactY(contact);
}

/**
 * An unguarded hit: scaled damage, then stun on the feet or a fall.
 * @param side the way the blow goes
 * @param push signed speed of the slide it gives, sub-units a frame
 */
export function hurt(state: Int32Array, player: number, move: Move, side: number, push: number): void {
  const combo = at(state, player + Fighter.COMBO);
  const juggled = isAirborne(state, player);
  const dead = takeDamage(state, player, move.damage);
  if (juggled || dead || move.launch > 0) {
    const juggle = at(state, player + Fighter.JUGGLE);
    fall(
      state,
      player,
      move.launch > 0 ? move.launch : POP_VY,
      Math.imul(side, AIR_DRIFT) + ((push / 4) | 0),
    );
    state[player + Fighter.JUGGLE] = juggled ? juggle + 1 : juggle;
    return;
  }
  const stun = Math.max(MIN_STUN, move.hitstun - Math.imul(combo, STUN_DECAY));
  beginStun(state, player, isCrouching(state, player) ? Action.CROUCH_HITSTUN : Action.HITSTUN, stun);
  state[player + Fighter.SLIDE] = push;
}

/** Sideways speed of a body knocked off its feet, beside its share of the push. */
const AIR_DRIFT = 260;

/** What damage comes to with the other's power and the player's own armour. */
export function scaleDamage(state: Int32Array, player: number, damage: number): number {
  const other = PLAYER_1 + PLAYER_2 - player;
  const dealt = percentOf(damage, at(state, other + Fighter.POWER_CHANGE));
  return percentOf(dealt, at(state, player + Fighter.ARMOUR_CHANGE));
}

/** Takes scaled damage, counts the hit, and says whether it was the last. */
export function takeDamage(state: Int32Array, player: number, damage: number): boolean {
  const combo = at(state, player + Fighter.COMBO);
  const percent = Math.max(SCALING_FLOOR, 100 - Math.imul(combo, SCALING_STEP));
  const taken = scaleDamage(state, player, (Math.imul(damage, percent) / 100) | 0);
  const health = Math.max(0, at(state, player + Fighter.HEALTH) - taken);
  state[player + Fighter.HEALTH] = health;
  add(state, player + Fighter.COMBO, 1);
  gainGauge(state, player, GAUGE_HURT);
  return health === 0;
}

/** Knocks a body off its feet. */
export function fall(state: Int32Array, player: number, vy: number, vx: number): void {
  begin(state, player, Action.FALLING);
  state[player + Fighter.VY] = vy;
  state[player + Fighter.VX] = vx;
  state[player + Fighter.SLIDE] = 0;
  state[player + Fighter.STUN] = 0;
}
