import { type Manner, TEMPERAMENTS } from './temperaments';

/** How good an opponent is, as data. */
export interface Strength {
  readonly manner: Manner;
  /** Percent of its choices for which it plays tactics out in its head; the others go by the manner alone. */
  readonly thoughtPercent: number;
  /** How far luck turns two tactics of nearly the same worth around, in points of health; from 1. */
  readonly caprice: number;
  /** How many of the other's answers it tries each tactic against, 1 to 5: hands as they are, a guard, blows, the special, a jump. */
  readonly answers: number;
  /** Frames for which it does nothing after each thing that it does. */
  readonly hesitationFrames: number;
  /** The distance that it keeps when nothing else speaks for a tactic, stage units. */
  readonly idealUnits: number;
  /** Points of health that it gives up, thinking ahead, for the tactic that its manner likes best. */
  readonly leanHealth: number;
}

/** Hands without a thought: they do what their manner likes. */
export const THOUGHTLESS = {
  thoughtPercent: 0,
  caprice: 48,
  answers: 3,
  hesitationFrames: 0,
  idealUnits: 115,
  leanHealth: 0,
} as const;

/** For who has never played: stands about, guards one blow in ten, never answers a jump, never goes on after a hit. */
const easy: Strength = {
  manner: {
    farUnits: 210,
    nearUnits: 92,
    far: [
      ['approach', 34],
      ['wait', 40],
      ['jump in', 6],
      ['special', 5],
      ['back off', 8],
    ],
    mid: [
      ['approach', 24],
      ['wait', 46],
      ['heavy', 8],
      ['low heavy', 4],
      ['back off', 10],
      ['jump in', 4],
    ],
    near: [
      ['wait', 50],
      ['light', 14],
      ['low light', 6],
      ['heavy', 6],
      ['throw', 3],
      ['back off', 12],
      ['guard', 5],
    ],
    guardChance: 10,
    antiAirChance: 0,
    techChance: 0,
    comboChance: 0,
  },
  ...THOUGHTLESS,
};

/** For who knows the buttons: guards half of what comes, throws, and follows some hits up. */
const normal: Strength = {
  manner: { ...TEMPERAMENTS.balanced, guardChance: 45, antiAirChance: 30, techChance: 20, comboChance: 45 },
  ...THOUGHTLESS,
};

/** For who has beaten that: weighs each choice, guards nearly all it can see, and leaves no hit alone. */
const hard: Strength = {
  manner: { ...TEMPERAMENTS.balanced, guardChance: 90, antiAirChance: 80, techChance: 75, comboChance: 100 },
  ...THOUGHTLESS,
  thoughtPercent: 100,
  caprice: 24,
};

/** Weakest first. */
export const STRENGTHS = { easy, normal, hard } as const;

export type StrengthName = keyof typeof STRENGTHS;

export const STRENGTH_NAMES: readonly StrengthName[] = ['easy', 'normal', 'hard'];
