import { Action } from '../../engine/fighter/actions';
import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { MAX_GAUGE, ROUND_FRAMES } from '../../engine/fighter/rules';
import { at, Fighter, fullHealth, Match, Phase, PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';

/** How long nobody may have been hurt before both are whole again. */
const REST_FRAMES = 45;

/** Nobody falls below this, so that no blow ends the round: more than any move takes. */
const LEAST_HEALTH = 1 + Math.max(...CHARACTERS.flatMap(({ moves }) => moves.map(strongest)));

function strongest(move: { damage: number; projectile?: { hits: number } }): number {
  return move.damage * (move.projectile?.hits ?? 1);
}

/**
 * The rules of practice, applied to the state before each frame: the time stands still, nobody is knocked out, and once
 * a combo is over both have full health and a full super gauge again.
 */
export function refill(state: Int32Array): void {
  if (at(state, Match.PHASE) !== Phase.FIGHT) return;
  state[Match.TIMER] = ROUND_FRAMES;
  const isResting = rests(state, PLAYER_1) && rests(state, PLAYER_2);
  heal(state, PLAYER_1, isResting);
  heal(state, PLAYER_2, isResting);
}

/**
 * The same where practice begins from a situation: once a combo is over both have the health and the gauge of that, and
 * its time stands still. A blow may end the round there, as it would have ended it then; practice begins again after it.
 * @param from the state that practice began from; it is not changed
 */
export function refillTo(from: Int32Array, state: Int32Array): void {
  if (at(state, Match.PHASE) !== Phase.FIGHT) return;
  state[Match.TIMER] = at(from, Match.TIMER);
  if (!rests(state, PLAYER_1) || !rests(state, PLAYER_2)) return;
  for (const player of [PLAYER_1, PLAYER_2])
    for (const field of [Fighter.HEALTH, Fighter.GAUGE]) state[player + field] = at(from, player + field);
}

/** Whether a situation's round is over, its end has been shown, and another one would begin. */
export function hasEnded(state: Int32Array): boolean {
  const phase = at(state, Match.PHASE);
  return phase === Phase.READY || phase === Phase.MATCH_OVER;
}

function heal(state: Int32Array, player: number, isResting: boolean): void {
  const full = fullHealth(state, player);
  const health = at(state, player + Fighter.HEALTH);
  state[player + Fighter.HEALTH] = isResting ? full : Math.max(health, LEAST_HEALTH);
  if (isResting) state[player + Fighter.GAUGE] = MAX_GAUGE;
}

/** Whether a player's last hurt is over and done with. */
function rests(state: Int32Array, player: number): boolean {
  const hurt = at(state, player + Fighter.HURT_FRAME);
  const isOld = hurt === 0 || at(state, Match.FRAME) - hurt >= REST_FRAMES;
  return isOld && at(state, player + Fighter.COMBO) === 0 && !isDown(at(state, player + Fighter.ACTION));
}

function isDown(action: number): boolean {
  return action === Action.THROWN || action === Action.FALLING || action === Action.KNOCKDOWN;
}
