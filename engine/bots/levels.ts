import { STRENGTHS, type Strength, type StrengthName } from './strengths';
import type { Tactic } from './tactics';
import { type BotName, type Manner, sumOf, TEMPERAMENTS, type Weights } from './temperaments';

/** How good an opponent is, from 0 (stands about) to 100 (the best there is); whole numbers. */
export type Level = number;

export const MAX_LEVEL = 100;

/** Never been in a fight: mostly stands, walks into everything, and thinks half a second after each thing it does. */
const beginner: Strength = {
  ...STRENGTHS.easy,
  manner: {
    ...STRENGTHS.easy.manner,
    far: [
      ['approach', 22],
      ['wait', 66],
      ['back off', 8],
    ],
    mid: [
      ['approach', 14],
      ['wait', 68],
      ['heavy', 4],
      ['back off', 12],
    ],
    near: [
      ['wait', 72],
      ['light', 8],
      ['heavy', 3],
      ['back off', 14],
    ],
    guardChance: 0,
  },
  hesitationFrames: 28,
};

/** Overlooks next to nothing, and reckons with whatever the other may do. */
const master: Strength = {
  ...STRENGTHS.hard,
  manner: { ...STRENGTHS.hard.manner, guardChance: 98, antiAirChance: 96, techChance: 96 },
  answers: 5,
};

/** Where the road from level to level is fixed; between them everything changes evenly. */
const ROAD: readonly (readonly [level: Level, strength: Strength])[] = [
  [0, beginner],
  [25, STRENGTHS.easy],
  [55, STRENGTHS.normal],
  [85, STRENGTHS.hard],
  [MAX_LEVEL, master],
];

/** The level of a strength that has a name. */
export const LEVEL_OF: Readonly<Record<StrengthName, Level>> = { easy: 25, normal: 55, hard: 85 };

/** Percent of a leaning opponent's choices that are its temperament's: none for a beginner, who else would stand about less and be better for it. */
const LEANING: readonly [least: number, most: number] = [0, 75];

/** Points of health that a leaning opponent gives up for its favourite tactic when it thinks ahead. */
const LEAN_HEALTH = 24;

/** The distance that each temperament keeps when nothing else speaks for a tactic, stage units. */
const IDEAL_UNITS: Readonly<Record<BotName, number>> = { rushdown: 70, zoner: 210, balanced: 115 };

/**
 * The strength of a level, and of a temperament blended in if one is given. How much an opponent sees and answers is the
 * level's alone.
 * @throws RangeError for a level that is no whole number from 0 to 100.
 */
export function strengthAt(level: Level, leaning?: BotName): Strength {
  if (!Number.isInteger(level) || level < 0 || level > MAX_LEVEL)
    throw new RangeError(`level ${level} is not a whole number from 0 to ${MAX_LEVEL}`);
  const strength = onTheRoad(level);
  return leaning === undefined ? strength : lean(strength, level, leaning);
}

function onTheRoad(level: Level): Strength {
  let [from, lower] = [0, beginner];
  for (const [to, upper] of ROAD) {
    if (level === to) return upper;
    if (level < to) return between(lower, upper, level - from, to - from);
    [from, lower] = [to, upper];
  }
  return lower;
}

/** The strength `part` of `whole` steps from one to another. */
function between(one: Strength, two: Strength, part: number, whole: number): Strength {
  const mix = (a: number, b: number): number => a + Math.round(((b - a) * part) / whole);
  const [from, to] = [one.manner, two.manner];
  return {
    manner: {
      ...blend(from, to, part, whole),
      guardChance: mix(from.guardChance, to.guardChance),
      antiAirChance: mix(from.antiAirChance, to.antiAirChance),
      techChance: mix(from.techChance, to.techChance),
      comboChance: mix(from.comboChance, to.comboChance),
    },
    thoughtPercent: mix(one.thoughtPercent, two.thoughtPercent),
    caprice: mix(one.caprice, two.caprice),
    answers: mix(one.answers, two.answers),
    hesitationFrames: mix(one.hesitationFrames, two.hesitationFrames),
    idealUnits: mix(one.idealUnits, two.idealUnits),
    leanHealth: mix(one.leanHealth, two.leanHealth),
  };
}

function lean(strength: Strength, level: Level, leaning: BotName): Strength {
  const [least, most] = LEANING;
  const percent = least + Math.round(((most - least) * level) / MAX_LEVEL);
  const { manner } = strength;
  return {
    ...strength,
    manner: { ...manner, ...blend(manner, TEMPERAMENTS[leaning], percent, 100) },
    idealUnits: IDEAL_UNITS[leaning],
    leanHealth: LEAN_HEALTH,
  };
}

type Likes = Pick<Manner, 'farUnits' | 'nearUnits' | 'far' | 'mid' | 'near'>;

/** What somebody likes who is `part` of `whole` steps from one manner to another. */
function blend(one: Manner, two: Manner, part: number, whole: number): Likes {
  const mix = (a: number, b: number): number => a + Math.round(((b - a) * part) / whole);
  return {
    farUnits: mix(one.farUnits, two.farUnits),
    nearUnits: mix(one.nearUnits, two.nearUnits),
    far: mixWeights(one.far, two.far, part, whole),
    mid: mixWeights(one.mid, two.mid, part, whole),
    near: mixWeights(one.near, two.near, part, whole),
  };
}

/** In thousandths of the sum, so that lists of any sum mix evenly. */
function mixWeights(one: Weights, two: Weights, part: number, whole: number): Weights {
  const tactics = new Map<Tactic, number>();
  const [sum1, sum2] = [sumOf(one), sumOf(two)];
  for (const [tactic, weight] of one)
    tactics.set(tactic, Math.round((weight * 1000 * (whole - part)) / (sum1 * whole)));
  for (const [tactic, weight] of two) {
    const more = Math.round((weight * 1000 * part) / (sum2 * whole));
    tactics.set(tactic, (tactics.get(tactic) ?? 0) + more);
  }
  return [...tactics].filter(([, weight]) => weight > 0);
}
