import { resolveContacts } from './combat';
import { control, isThreatened } from './control';
import { recordInput } from './input-buffer';
import { cleanInput } from './inputs';
import { moveBody, separateBodies } from './motion';
import { isMatchOver } from './outcome';
import { moveShot, resolveClash } from './projectiles';
import { tickPhase } from './rounds';
import { add, at, Match, Phase, PLAYER_1, PLAYER_2 } from './state';
import { holdThrow } from './throws';

/**
 * Simulates one frame in place; does nothing once the match is over. Allocates nothing and depends on nothing but
 * its arguments. Each stage treats both players before the next begins, so neither side has an advantage.
 * @param input1 player 1's mask, see `Input`
 * @param input2 player 2's mask
 */
export function step(state: Int32Array, input1: number, input2: number): void {
  if (isMatchOver(state)) return;
  add(state, Match.FRAME, 1);
  const fighting = at(state, Match.PHASE) === Phase.FIGHT;
  const frozen = at(state, Match.HITSTOP) > 0;
  recordInput(state, PLAYER_1, cleanInput(input1), fighting, frozen);
  recordInput(state, PLAYER_2, cleanInput(input2), fighting, frozen);
  if (fighting && at(state, Match.TIMER) > 0) add(state, Match.TIMER, -1);
  if (frozen) {
    add(state, Match.HITSTOP, -1);
    return;
  }
  const threat1 = isThreatened(state, PLAYER_1, PLAYER_2);
  const threat2 = isThreatened(state, PLAYER_2, PLAYER_1);
  control(state, PLAYER_1, PLAYER_2, threat1);
  control(state, PLAYER_2, PLAYER_1, threat2);
  holdThrow(state, PLAYER_1, PLAYER_2);
  holdThrow(state, PLAYER_2, PLAYER_1);
  moveBody(state, PLAYER_1);
  moveBody(state, PLAYER_2);
  separateBodies(state);
  moveShot(state, PLAYER_1);
  moveShot(state, PLAYER_2);
  resolveClash(state);
  if (fighting) resolveContacts(state);
  tickPhase(state);
}
