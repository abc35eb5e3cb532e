import { Action } from '../../engine/fighter/actions';
import { characterById } from '../../engine/fighter/characters/roster';
import { Input } from '../../engine/fighter/inputs';
import type { ListedMove } from '../../engine/fighter/move-list';
import { MAX_GAUGE, SUB } from '../../engine/fighter/rules';
import { startFighting } from '../../engine/fighter/scenario';
import { at, Fighter, Hurt, PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { guardMask, type Hands, makeMove } from './exchange-hands';
import { isAirMove } from './moves';

/** Two fighters at arm's length, the attacker at the left; the blow is made at once. */
export interface Exchange {
  readonly attacker: number;
  readonly move: ListedMove;
  readonly defender: number;
  readonly on: 'hit' | 'block';
}

/** What came of it. */
export interface ExchangeCourse {
  readonly outcome: 'hit' | 'blocked' | 'missed';
  /** Points of health by touch. */
  readonly touches: readonly number[];
  /** Frames of the attack before the one that touched; freezes do not count. */
  readonly framesBefore: number;
  /** Frames from the attacker's first free frame to the defender's. */
  readonly advantage: number;
}

/** Longer than the longest move, its projectile and the fall that it makes. */
const LIMIT_FRAMES = 400;
/** Frames after the take-off in which a jump is still in the air. */
const JUMP_FRAMES = 60;

/** Who does one of these may act, or guard. */
const FREE: ReadonlySet<number> = new Set([
  Action.IDLE,
  Action.WALK_FORWARD,
  Action.WALK_BACK,
  Action.CROUCH,
  Action.GUARD,
  Action.CROUCH_GUARD,
]);
const STRUCK: ReadonlySet<number> = new Set([
  Action.HITSTUN,
  Action.CROUCH_HITSTUN,
  Action.FALLING,
  Action.THROWN,
]);

const isFree = (state: Int32Array, player: number) => FREE.has(at(state, player + Fighter.ACTION));

const hasShot = (state: Int32Array) => at(state, PLAYER_1 + Fighter.SHOT_SLOT) !== 0;

const isSettled = (state: Int32Array) =>
  isFree(state, PLAYER_1) && isFree(state, PLAYER_2) && !hasShot(state);

/**
 * Plays an exchange out. A move of the air is made in a jump straight up, as late as it still touches.
 * @throws {RangeError} if nobody has these ids
 */
export function playExchange(exchange: Exchange): ExchangeCourse {
  return play(exchange, lastWait(exchange));
}

/** Frames of the jump that pass before the button is pressed: the most with which the move touches. */
function lastWait(exchange: Exchange): number {
  if (!isAirMove(exchange.move.slot)) return 0;
  for (let wait = JUMP_FRAMES; wait > 0; wait -= 1)
    if (play(exchange, wait).outcome !== 'missed') return wait;
  return 0;
}

function beginExchange({ attacker, defender }: Exchange): Int32Array {
  const state = startFighting({ seed: 0, characters: [attacker, defender] });
  const apart = (characterById(attacker).stats.halfWidth + characterById(defender).stats.halfWidth) * SUB;
  state[PLAYER_1 + Fighter.X] = -(apart >> 1);
  state[PLAYER_2 + Fighter.X] = apart >> 1;
  state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
  state[PLAYER_2 + Fighter.GAUGE] = MAX_GAUGE;
  return state;
}

/** Sees what a frame did to the defender. */
function watchTouches(state: Int32Array) {
  const touches: number[] = [];
  let outcome: ExchangeCourse['outcome'] = 'missed';
  let health = at(state, PLAYER_2 + Fighter.HEALTH);
  let hurtFrame = at(state, PLAYER_2 + Fighter.HURT_FRAME);
  return {
    touches,
    outcome: () => outcome,
    look() {
      const left = at(state, PLAYER_2 + Fighter.HEALTH);
      const frame = at(state, PLAYER_2 + Fighter.HURT_FRAME);
      const isTouched = frame !== hurtFrame;
      const isBlocked = isTouched && at(state, PLAYER_2 + Fighter.HURT_KIND) === Hurt.BLOCK;
      if (outcome === 'missed' && (isTouched || at(state, PLAYER_2 + Fighter.ACTION) === Action.THROWN))
        outcome = isBlocked ? 'blocked' : 'hit';
      if (isTouched) touches.push(health - left);
      health = left;
      hurtFrame = frame;
    },
  };
}

function play(exchange: Exchange, wait: number): ExchangeCourse {
  const state = beginExchange(exchange);
  const attack = makeMove(PLAYER_1, exchange.move, wait);
  const guard = exchange.on === 'block' ? guardMask(PLAYER_2, exchange.move) : 0;
  const seen = watchTouches(state);
  let attackFrame = 0;
  let framesBefore = 0;
  let attackerFree = 0;
  let defenderFree = 0;
  for (let frame = 1; frame < LIMIT_FRAMES && !(attackFrame > 0 && isSettled(state)); frame += 1) {
    if (at(state, PLAYER_1 + Fighter.ACTION) === Action.ATTACK)
      attackFrame = at(state, PLAYER_1 + Fighter.ACTION_FRAME);
    // Who holds away from nobody's blow walks.
    step(state, attack(state), attackFrame > 0 ? guard : 0);
    const wasMissed = seen.outcome() === 'missed';
    seen.look();
    if (wasMissed && seen.outcome() !== 'missed') framesBefore = attackFrame;
    if (!isFree(state, PLAYER_1)) attackerFree = frame + 1;
    if (!isFree(state, PLAYER_2)) defenderFree = frame + 1;
  }
  return {
    outcome: seen.outcome(),
    touches: seen.touches,
    framesBefore,
    advantage: defenderFree - attackerFree,
  };
}

/**
 * Whether an answer, made by the defender as soon as he can after the first touch, touches the attacker before he may act
 * or guard. From the moment in which he may, the attacker guards against it.
 * @throws {RangeError} if nobody has these ids
 */
export function isPunished(exchange: Exchange, answer: ListedMove): boolean {
  const { move, on } = exchange;
  const state = beginExchange(exchange);
  const attack = makeMove(PLAYER_1, move, lastWait(exchange));
  const reply = makeMove(PLAYER_2, answer);
  const guard = on === 'block' ? guardMask(PLAYER_2, move) : 0;
  const ownGuard = guardMask(PLAYER_1, answer);
  // Between the touches of one projectile a guard has to stay up.
  const between = move.traits.some(({ trait }) => trait === 'projectile') ? guard & ~Input.Down : 0;
  const seen = watchTouches(state);
  const attacker: Hands = (now) =>
    seen.outcome() === 'missed' || at(now, PLAYER_1 + Fighter.ACTION) === Action.THROWING
      ? attack(now)
      : ownGuard;
  const defender: Hands = (now) => {
    if (seen.outcome() !== 'missed') return reply(now) | between;
    return at(now, PLAYER_1 + Fighter.ACTION) === Action.ATTACK || hasShot(now) ? guard : 0;
  };
  for (let frame = 1; frame < LIMIT_FRAMES; frame += 1) {
    step(state, attacker(state), defender(state));
    seen.look();
    if (STRUCK.has(at(state, PLAYER_1 + Fighter.ACTION))) return true;
    if (seen.outcome() !== 'missed' && isFree(state, PLAYER_1)) return false;
  }
  return false;
}
