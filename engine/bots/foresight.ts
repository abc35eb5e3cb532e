import { Action } from '../fighter/actions';
import { sideOf } from '../fighter/bodies';
import { Input } from '../fighter/inputs';
import { MAX_GAUGE, SUB } from '../fighter/rules';
import { at, Fighter, PLAYER_1, PLAYER_2, STATE_WORDS } from '../fighter/state';
import { step } from '../fighter/step';
import type { Choose } from './mind';
import { isFree } from './perception';
import { randomBelow } from './rng';
import { Script, toScreen } from './script';
import { type Tactic, write } from './tactics';

/** What is worth trying out; blows and throws only where they can reach. */
const ALWAYS: readonly Tactic[] = ['approach', 'dash in', 'back off', 'jump in', 'guard'];
const NEAR: readonly Tactic[] = ['light', 'low light', 'heavy', 'low heavy', 'throw'];
const REACH_UNITS = 190;

/** For how many frames a tactic is followed. */
const HORIZON_FRAMES = 28;

/** The other's answers that a tactic is tried against: hands as they are, a high guard, blows. */
const ANSWERS = 3;

/** The distance that is kept when nothing else speaks for a tactic, stage units. */
const IDEAL_UNITS = 115;

/**
 * Chooses by playing each tactic out on a copy of the state, against each of the other's likely answers, and taking
 * the one that does best on the whole.
 * Allocates nothing once it is made.
 * @param caprice how far luck may turn two tactics of nearly the same worth around, in points of health
 */
export function foresee(caprice: number): Choose {
  const copy = new Int32Array(STATE_WORDS);
  const script = new Script();

  function follow(state: Int32Array, side: 1 | 2, tactic: Tactic, vary: number, answer: number): number {
    copy.set(state);
    script.clear();
    write(tactic, script, vary);
    const me = side === 1 ? PLAYER_1 : PLAYER_2;
    const other = side === 1 ? PLAYER_2 : PLAYER_1;
    const held = at(state, other + Fighter.INPUT);
    for (let i = 0; i < HORIZON_FRAMES; i += 1) {
      const mask = toScreen(script.next(), sideOf(copy, me, other));
      const reply = answerOf(copy, other, me, answer, held, i);
      step(copy, side === 1 ? mask : reply, side === 1 ? reply : mask);
    }
    return worth(state, copy, me, other);
  }

  let best: Tactic = 'wait';
  let bestWorth = 0;

  function consider(state: Int32Array, side: 1 | 2, tactic: Tactic, vary: number, rng: Int32Array): void {
    let sum = randomBelow(rng, 0, caprice * ANSWERS);
    for (let answer = 0; answer < ANSWERS; answer += 1) sum += follow(state, side, tactic, vary, answer);
    if (sum <= bestWorth) return;
    bestWorth = sum;
    best = tactic;
  }

  return (state, side, body, rng) => {
    bestWorth = Number.NEGATIVE_INFINITY;
    const vary = randomBelow(rng, 0, 8);
    for (const tactic of ALWAYS) consider(state, side, tactic, vary, rng);
    if (apart(state) < REACH_UNITS) for (const tactic of NEAR) consider(state, side, tactic, vary, rng);
    if (body.shotReady) consider(state, side, 'special', vary, rng);
    if (body.gauge >= MAX_GAUGE) consider(state, side, 'super', vary, rng);
    return best;
  };
}

/** Distance between the middles, stage units. */
function apart(state: Int32Array): number {
  return (Math.abs(at(state, PLAYER_1 + Fighter.X) - at(state, PLAYER_2 + Fighter.X)) / SUB) | 0;
}

/** The other's mask in frame `frame` of an answer. */
function answerOf(
  state: Int32Array,
  player: number,
  opponent: number,
  answer: number,
  held: number,
  frame: number,
): number {
  if (answer === 0) return held;
  const away = sideOf(state, player, opponent) > 0 ? Input.Left : Input.Right;
  if (answer === 1) return away;
  // A button counts when it goes down.
  return frame % 14 === 0 ? Input.Light : frame % 14 === 7 ? Input.Heavy : 0;
}

/** How much better off `me` is in `after` than in `before`, in points of health. */
function worth(before: Int32Array, after: Int32Array, me: number, other: number): number {
  const dealt = at(before, other + Fighter.HEALTH) - at(after, other + Fighter.HEALTH);
  const taken = at(before, me + Fighter.HEALTH) - at(after, me + Fighter.HEALTH);
  const gauge = at(after, me + Fighter.GAUGE) - at(before, me + Fighter.GAUGE);
  const off = Math.abs(apart(after) - IDEAL_UNITS) >> 3;
  return dealt - taken + Math.min(0, gauge >> 4) - off + (freedom(after, me) - freedom(after, other)) * 12;
}

/** Who can act again is better off. */
function freedom(state: Int32Array, player: number): number {
  const action = at(state, player + Fighter.ACTION);
  if (isFree(action)) return 2;
  return action === Action.KNOCKDOWN || action === Action.FALLING ? 0 : 1;
}
