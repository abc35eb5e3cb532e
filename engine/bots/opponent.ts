import { at, Fighter, PLAYER_1, PLAYER_2, STATE_WORDS } from '../fighter/state';
import { step } from '../fighter/step';
import { foresee } from './foresight';
import { SIGHT_FRAMES } from './hindsight';
import { LEVEL_OF, type Level, strengthAt } from './levels';
import { Mind } from './mind';
import { look, SIGHT_WORDS } from './perception';
import { STRENGTHS, type Strength, type StrengthName } from './strengths';
import type { BotName } from './temperaments';

/** Somebody to fight against alone. Its choices depend on its seed and on the states it was shown, in order. */
export interface Opponent {
  /**
   * The mask for this frame. Call once a frame, before `step`. Allocates nothing.
   * @param late the state of `SIGHT_FRAMES` frames ago (`Hindsight.late`), or the first while there is no older one
   */
  decide(late: Int32Array, side: 1 | 2): number;
}

/** An opponent who may be another from one frame to the next. */
export interface ChangingOpponent extends Opponent {
  /** How good it is from now on. */
  setStrength(strength: Strength): void;
}

/**
 * An opponent of that strength or level; equal seeds and equal matches give equal inputs.
 * @param leaning the temperament that it leans to, if any
 * @throws RangeError for a level that there isn't
 */
export function createOpponent(strength: StrengthName | Level, seed: number, leaning?: BotName): Opponent {
  if (typeof strength === 'number') return createChangingOpponent(strengthAt(strength, leaning), seed);
  const plain = STRENGTHS[strength];
  return createChangingOpponent(leaning ? strengthAt(LEVEL_OF[strength], leaning) : plain, seed);
}

/**
 * An opponent whose strength its owner changes. Nothing about the present reaches it: where it stands now it reckons from
 * what it saw and from what it has pressed since, as people do.
 */
export function createChangingOpponent(strength: Strength, seed: number): ChangingOpponent {
  const mind = new Mind(strength, seed, foresee());
  const sight = new Int32Array(SIGHT_WORDS);
  const present = new Int32Array(STATE_WORDS);
  /** What it pressed in the last frames, which it has not seen the effect of. */
  const pressed = new Int32Array(SIGHT_FRAMES);
  let calls = 0;

  /** The state seen last time, played one frame on: what is expected to be seen now. */
  const expected = new Int32Array(STATE_WORDS);

  /** Plays the frames that it has not seen: its own presses, and the other's hands as they were last. */
  function reckon(late: Int32Array, side: 1 | 2): void {
    const held = at(late, (side === 1 ? PLAYER_2 : PLAYER_1) + Fighter.INPUT);
    const unseen = Math.min(calls, SIGHT_FRAMES);
    // As long as the other goes on as it was reckoned, only one more frame has to be played.
    const asReckoned = calls > SIGHT_FRAMES && isEqual(expected, late);
    if (!asReckoned) present.set(late);
    for (let i = asReckoned ? calls - 1 : calls - unseen; i < calls; i += 1) play(present, side, i, held);
    expected.set(late);
    play(expected, side, calls - unseen, held);
  }

  function play(state: Int32Array, side: 1 | 2, call: number, held: number): void {
    const own = pressed[call % SIGHT_FRAMES] ?? 0;
    step(state, side === 1 ? own : held, side === 1 ? held : own);
  }

  return {
    setStrength(next) {
      mind.strength = next;
    },
    decide(late, side) {
      reckon(late, side);
      look(late, side, sight, 0);
      const mask = mind.decide(present, side, sight, 0);
      pressed[calls % SIGHT_FRAMES] = mask;
      calls += 1;
      return mask;
    },
  };
}

function isEqual(one: Int32Array, two: Int32Array): boolean {
  for (let i = 0; i < one.length; i += 1) if (one[i] !== two[i]) return false;
  return true;
}
