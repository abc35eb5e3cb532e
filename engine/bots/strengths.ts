import { type Manner, TEMPERAMENTS } from './temperaments';

/** How good an opponent is, as data. */
export interface Strength {
  readonly manner: Manner;
  /** 0 goes by the temperament alone; else it plays tactics out in its head, and this is its caprice in points of health. */
  readonly foresight: number;
}

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
  foresight: 0,
};

/** For who knows the buttons: guards half of what comes, throws, and follows some hits up. */
const normal: Strength = {
  manner: { ...TEMPERAMENTS.balanced, guardChance: 45, antiAirChance: 30, techChance: 20, comboChance: 45 },
  foresight: 0,
};

/** For who has beaten that: weighs each choice, guards nearly all it can see, and leaves no hit alone. */
const hard: Strength = {
  manner: { ...TEMPERAMENTS.balanced, guardChance: 90, antiAirChance: 80, techChance: 75, comboChance: 100 },
  foresight: 24,
};

/** Weakest first. */
export const STRENGTHS = { easy, normal, hard } as const;

export type StrengthName = keyof typeof STRENGTHS;

export const STRENGTH_NAMES: readonly StrengthName[] = ['easy', 'normal', 'hard'];
