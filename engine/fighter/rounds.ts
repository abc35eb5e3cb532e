import { Action } from './actions';
import { begin } from './bodies';
import {
  KO_FREEZE_FRAMES,
  MAX_ROUNDS,
  READY_FRAMES,
  ROUND_OVER_FRAMES,
  SLOW_MOTION_FRAMES,
  WIN_POSE_FRAME,
} from './rules';
import {
  add,
  at,
  Fighter,
  fullHealth,
  Match,
  Phase,
  PLAYER_1,
  PLAYER_2,
  placeForRound,
  winsNeeded,
} from './state';

/** Moves the match from part to part: ready, fight, round over, and on to the next round or the end. */
export function tickPhase(state: Int32Array): void {
  add(state, Match.PHASE_FRAME, 1);
  const frame = at(state, Match.PHASE_FRAME);
  switch (at(state, Match.PHASE)) {
    case Phase.READY:
      if (frame >= READY_FRAMES) enter(state, Phase.FIGHT);
      return;
    case Phase.FIGHT:
      judgeRound(state);
      return;
    case Phase.ROUND_OVER:
      if (at(state, Match.KO_FRAME) > 0 && frame <= SLOW_MOTION_FRAMES) state[Match.HITSTOP] = 1;
      if (frame >= WIN_POSE_FRAME) cheer(state);
      if (frame >= ROUND_OVER_FRAMES) leaveRound(state);
      return;
  }
}

function enter(state: Int32Array, phase: number): void {
  state[Match.PHASE] = phase;
  state[Match.PHASE_FRAME] = 0;
}

function judgeRound(state: Int32Array): void {
  const health1 = at(state, PLAYER_1 + Fighter.HEALTH);
  const health2 = at(state, PLAYER_2 + Fighter.HEALTH);
  const knockedOut = health1 === 0 || health2 === 0;
  if (!knockedOut && at(state, Match.TIMER) > 0) return;
  // At time-out the larger share of one's own full health wins; compared as cross products, without division.
  const share1 = Math.imul(health1, fullHealth(state, PLAYER_2));
  const share2 = Math.imul(health2, fullHealth(state, PLAYER_1));
  const result = share1 > share2 ? 1 : share2 > share1 ? 2 : 3;
  state[Match.ROUND_RESULT] = result;
  if (result & 1) add(state, PLAYER_1 + Fighter.WINS, 1);
  if (result & 2) add(state, PLAYER_2 + Fighter.WINS, 1);
  if (knockedOut) {
    state[Match.KO_FRAME] = at(state, Match.FRAME);
    state[Match.HITSTOP] = KO_FREEZE_FRAMES;
  }
  enter(state, Phase.ROUND_OVER);
}

/** A sole winner who has come to rest raises the fist. */
function cheer(state: Int32Array): void {
  const result = at(state, Match.ROUND_RESULT);
  if (result === 3) return;
  const winner = result === 1 ? PLAYER_1 : PLAYER_2;
  const action = at(state, winner + Fighter.ACTION);
  if (action === Action.IDLE || action === Action.CROUCH) begin(state, winner, Action.WIN);
}

function leaveRound(state: Int32Array): void {
  const wins1 = at(state, PLAYER_1 + Fighter.WINS);
  const wins2 = at(state, PLAYER_2 + Fighter.WINS);
  const needed = winsNeeded(state);
  const over = wins1 >= needed || wins2 >= needed || at(state, Match.ROUND) >= MAX_ROUNDS;
  if (over) {
    state[Match.WINNER] = wins1 === wins2 ? 0 : wins1 > wins2 ? 1 : 2;
    enter(state, Phase.MATCH_OVER);
    return;
  }
  add(state, Match.ROUND, 1);
  placeForRound(state);
}
