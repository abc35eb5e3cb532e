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
import type { Strength } from './strengths';
import { type Tactic, write } from './tactics';

/** What is worth trying out; blows and throws only where they can reach. */
const ALWAYS: readonly Tactic[] = ['approach', 'dash in', 'back off', 'jump in', 'guard'];
const NEAR: readonly Tactic[] = ['light', 'low light', 'heavy', 'low heavy', 'throw'];
const REACH_UNITS = 190;

/** For how many frames a tactic is followed. */
const HORIZON_FRAMES = 28;

/**
 * Chooses by playing each tactic out on a copy of the state, against each of the other's likely answers, and taking
 * the one that does best on the whole.
 * Allocates nothing once it is made.
 */
export function foresee(): Choose {
  const copy = new Int32Array(STATE_WORDS);
  const script = new Script();

  function follow(
    strength: Strength,
    state: Int32Array,
    side: 1 | 2,
    tactic: Tactic,
    vary: number,
    answer: number,
  ): number {
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
    return worth(state, copy, me, other, strength.idealUnits);
  }

  let best: Tactic = 'wait';
  let bestWorth = 0;

  function consider(
    strength: Strength,
    state: Int32Array,
    side: 1 | 2,
    tactic: Tactic,
    vary: number,
    rng: Int32Array,
  ): void {
    let sum = randomBelow(rng, 0, strength.caprice * strength.answers);
    if (strength.leanHealth > 0) sum += liking(strength, apart(state), tactic) * strength.answers;
    for (let answer = 0; answer < strength.answers; answer += 1)
      sum += follow(strength, state, side, tactic, vary, answer);
    if (sum <= bestWorth) return;
    bestWorth = sum;
    best = tactic;
  }

  return (strength, state, side, body, rng) => {
    bestWorth = Number.NEGATIVE_INFINITY;
    const vary = randomBelow(rng, 0, 8);
    for (const tactic of ALWAYS) consider(strength, state, side, tactic, vary, rng);
    if (apart(state) < REACH_UNITS)
      for (const tactic of NEAR) consider(strength, state, side, tactic, vary, rng);
    if (body.shotReady) consider(strength, state, side, 'special', vary, rng);
    if (body.gauge >= MAX_GAUGE) consider(strength, state, side, 'super', vary, rng);
    return best;
  };
}

/** Distance between the middles, stage units. */
function apart(state: Int32Array): number {
  return (Math.abs(at(state, PLAYER_1 + Fighter.X) - at(state, PLAYER_2 + Fighter.X)) / SUB) | 0;
}

/** Points of health that a tactic is worth for being liked: all of `leanHealth` for the manner's favourite at this distance. */
function liking({ manner, leanHealth }: Strength, distance: number, tactic: Tactic): number {
  const { farUnits, nearUnits, far, mid, near } = manner;
  const weights = distance > farUnits ? far : distance > nearUnits ? mid : near;
  let own = 0;
  let most = 1;
  for (let i = 0; i < weights.length; i += 1) {
    const entry = weights[i];
    if (entry === undefined) continue;
    if (entry[0] === tactic) own = entry[1];
    most = Math.max(most, entry[1]);
  }
  return (Math.imul(own, leanHealth) / most) | 0;
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
  if (answer === 3) return frame % 14 === 0 ? Input.Special : 0;
  const toward = away === Input.Left ? Input.Right : Input.Left;
  if (answer === 4) return frame < 6 ? Input.Up | toward : frame === 24 ? Input.Heavy : 0;
  return frame % 14 === 0 ? Input.Light : frame % 14 === 7 ? Input.Heavy : 0;
}

/** How much better off `me` is in `after` than in `before`, in points of health. */
function worth(before: Int32Array, after: Int32Array, me: number, other: number, idealUnits: number): number {
  const dealt = at(before, other + Fighter.HEALTH) - at(after, other + Fighter.HEALTH);
  const taken = at(before, me + Fighter.HEALTH) - at(after, me + Fighter.HEALTH);
  const gauge = at(after, me + Fighter.GAUGE) - at(before, me + Fighter.GAUGE);
  const off = Math.abs(apart(after) - idealUnits) >> 3;
  return dealt - taken + Math.min(0, gauge >> 4) - off + (freedom(after, me) - freedom(after, other)) * 12;
}

/** Who can act again is better off. */
function freedom(state: Int32Array, player: number): number {
  const action = at(state, player + Fighter.ACTION);
  if (isFree(action)) return 2;
  return action === Action.KNOCKDOWN || action === Action.FALLING ? 0 : 1;
}
