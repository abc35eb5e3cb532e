import type { Tactic } from './tactics';

/** Tactics with their weights; a weight is a share of the sum. */
export type Weights = readonly (readonly [tactic: Tactic, weight: number])[];

/** The sum of all weights. */
export function sumOf(weights: Weights): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += weights[i]?.[1] ?? 0;
  return sum;
}

/** What a bot likes and how good its hands are, as data. Chances are percent. */
export interface Manner {
  /** Beyond this distance (stage units) the opponent is far, within `nearUnits` near, else at mid range. */
  readonly farUnits: number;
  readonly nearUnits: number;
  readonly far: Weights;
  readonly mid: Weights;
  readonly near: Weights;
  /** On seeing an attack begin: guard it. */
  readonly guardChance: number;
  /** On seeing somebody come through the air: strike upwards. */
  readonly antiAirChance: number;
  /** On being caught: break the throw. */
  readonly techChance: number;
  /** After a blow that hit: go on with the combo. */
  readonly comboChance: number;
}

/** A bot as data. */
export interface Temperament extends Manner {
  /** Frames before a bot knows what it sees; people need 12 to 18. */
  readonly delayFrames: number;
}

const rushdown: Temperament = {
  delayFrames: 14,
  farUnits: 210,
  nearUnits: 92,
  far: [
    ['approach', 40],
    ['dash in', 30],
    ['jump in', 14],
    ['special', 6],
    ['wait', 4],
  ],
  mid: [
    ['approach', 30],
    ['dash in', 12],
    ['jump in', 15],
    ['heavy', 12],
    ['low heavy', 10],
    ['special', 10],
    ['guard', 12],
    ['super', 6],
  ],
  near: [
    ['light', 28],
    ['low light', 20],
    ['heavy', 10],
    ['low heavy', 8],
    ['throw', 18],
    ['guard', 18],
    ['jump up', 3],
    ['back off', 3],
    ['super', 14],
  ],
  guardChance: 52,
  antiAirChance: 45,
  techChance: 35,
  comboChance: 80,
};

const zoner: Temperament = {
  delayFrames: 14,
  farUnits: 200,
  nearUnits: 100,
  far: [
    ['special', 46],
    ['wait', 16],
    ['back off', 10],
    ['approach', 10],
    ['jump up', 6],
    ['super', 12],
  ],
  mid: [
    ['back off', 22],
    ['heavy', 22],
    ['low heavy', 14],
    ['special', 14],
    ['dash away', 10],
    ['jump away', 6],
    ['guard', 16],
    ['super', 8],
  ],
  near: [
    ['light', 18],
    ['low light', 16],
    ['low heavy', 12],
    ['throw', 12],
    ['dash away', 16],
    ['jump away', 8],
    ['guard', 26],
    ['super', 8],
  ],
  guardChance: 62,
  antiAirChance: 62,
  techChance: 35,
  comboChance: 65,
};

const balanced: Temperament = {
  delayFrames: 14,
  farUnits: 220,
  nearUnits: 92,
  far: [
    ['approach', 42],
    ['special', 22],
    ['dash in', 14],
    ['jump in', 8],
    ['wait', 8],
    ['super', 4],
  ],
  mid: [
    ['approach', 20],
    ['back off', 14],
    ['heavy', 18],
    ['low heavy', 14],
    ['jump in', 10],
    ['special', 10],
    ['guard', 14],
    ['dash in', 6],
    ['super', 6],
  ],
  near: [
    ['light', 24],
    ['low light', 18],
    ['heavy', 10],
    ['throw', 16],
    ['guard', 24],
    ['back off', 8],
    ['low heavy', 6],
    ['super', 12],
  ],
  guardChance: 58,
  antiAirChance: 52,
  techChance: 40,
  comboChance: 72,
};

/** Every bot by name. */
export const TEMPERAMENTS = { rushdown, zoner, balanced } as const;

export type BotName = keyof typeof TEMPERAMENTS;

export const BOT_NAMES: readonly BotName[] = ['rushdown', 'zoner', 'balanced'];
