import { at, Fighter, fullHealth, PLAYER_1, PLAYER_2 } from '../fighter/state';
import { createIntensityMeter, MAX_INTENSITY } from './intensity';
import { type Level, strengthAt } from './levels';
import { createChangingOpponent, type Opponent } from './opponent';
import { randomBelow, seedRng } from './rng';
import type { Strength } from './strengths';
import type { BotName } from './temperaments';

/**
 * Pacing inside a fight, after the director of Left 4 Dead (Booth, The AI Systems of Left 4 Dead, AIIDE 2009): build up
 * until the player is hard pressed, keep that up for some seconds, let go, leave the player in peace for a while, again.
 */
export type PacePhase = 'build' | 'peak' | 'fade' | 'relax';

/** In the order in which they follow each other; after the last comes the first. */
export const PACE_PHASES: readonly PacePhase[] = ['build', 'peak', 'fade', 'relax'];

/** How much an opponent minds how the player fares: 0 not at all, 1 gently, 2 fully. */
export type Pace = 0 | 1 | 2;

/** Least and most frames that a peak and a relaxation last; luck says how many. */
export const PEAK_FRAMES: readonly [number, number] = [180, 300];
export const RELAX_FRAMES: readonly [number, number] = [1800, 2700];

/** Letting go ends once the intensity is below this. */
export const CALM_INTENSITY = (MAX_INTENSITY / 3) | 0;

interface PaceRules {
  /** The intensity from which on it is a peak; above `MAX_INTENSITY` there is none. */
  readonly peakIntensity: number;
  /** Levels that it plays lower while the player is left in peace. */
  readonly levelDrop: number;
  /** Frames that it leaves open after each thing it does meanwhile. */
  readonly openingFrames: number;
  /** Thousandths of its full health that the player has to take for the peace to end early. */
  readonly initiative: number;
}

const PACES: Readonly<Record<Pace, PaceRules>> = {
  0: { peakIntensity: MAX_INTENSITY + 1, levelDrop: 0, openingFrames: 0, initiative: 0 },
  1: { peakIntensity: 850, levelDrop: 12, openingFrames: 8, initiative: 150 },
  2: { peakIntensity: 650, levelDrop: 25, openingFrames: 18, initiative: 250 },
};

/** An opponent as data. */
export interface PacedOpponentOptions {
  readonly level: Level;
  /** The temperament that it leans to. */
  readonly manner?: BotName | undefined;
  /** uint32 */
  readonly seed: number;
  readonly pace: Pace;
}

/** An opponent that minds how the player fares. Phase and intensity are functions of the states it was shown, in order. */
export interface PacedOpponent extends Opponent {
  readonly phase: PacePhase;
  /** How hard the player has been pressed lately, 0 to `MAX_INTENSITY`. */
  readonly intensity: number;
}

/**
 * An opponent of a level that paces the fight. Allocates nothing per frame; equal seeds and equal matches give equal inputs.
 * @throws RangeError for a level that there isn't
 */
export function createPacedOpponent({ level, manner, seed, pace }: PacedOpponentOptions): PacedOpponent {
  const rules = PACES[pace];
  const full = strengthAt(level, manner);
  const low = strengthAt(Math.max(0, level - rules.levelDrop), manner);
  const hesitationFrames = low.hesitationFrames + rules.openingFrames;
  const strengths: Readonly<Record<PacePhase, Strength>> = {
    build: full,
    peak: full,
    fade: letGo(low),
    relax: { ...low, hesitationFrames },
  };
  const opponent = createChangingOpponent(full, seed);
  const meter = createIntensityMeter();
  const dice = new Int32Array(1);
  seedRng(dice, 0, seed ^ 0x70616365);
  let phase: PacePhase = 'build';
  let framesLeft = 0;
  let ownHealth = 0;
  let taken = 0;

  function enter(next: PacePhase, [least, most]: readonly [number, number] = NO_FRAMES): void {
    phase = next;
    framesLeft = least + randomBelow(dice, 0, most - least + 1);
    taken = 0;
    opponent.setStrength(strengths[next]);
  }

  /** Goes on to the next phase when its time has come. */
  function follow(state: Int32Array, own: number): void {
    framesLeft -= 1;
    switch (phase) {
      case 'build':
        if (meter.value >= rules.peakIntensity) enter('peak', PEAK_FRAMES);
        return;
      case 'peak':
        if (framesLeft <= 0) enter('fade');
        return;
      case 'fade':
        if (meter.value < CALM_INTENSITY) enter('relax', RELAX_FRAMES);
        return;
      case 'relax':
        if (framesLeft <= 0 || taken * 1000 >= rules.initiative * fullHealth(state, own)) enter('build');
        return;
    }
  }

  return {
    get phase() {
      return phase;
    },
    get intensity() {
      return meter.value;
    },
    decide(late, side) {
      const own = side === 1 ? PLAYER_1 : PLAYER_2;
      const health = at(late, own + Fighter.HEALTH);
      taken += Math.max(0, ownHealth - health);
      ownHealth = health;
      meter.see(late, side === 1 ? 2 : 1);
      follow(late, own);
      return opponent.decide(late, side);
    },
  };
}

const NO_FRAMES: readonly [number, number] = [0, 0];

/** Somebody who steps back and waits to be attacked. */
function letGo(strength: Strength): Strength {
  const back = [
    ['wait', 50],
    ['back off', 30],
    ['guard', 20],
  ] as const;
  const manner = { ...strength.manner, far: back, mid: back, near: back, comboChance: 0 };
  return { ...strength, manner, thoughtPercent: 0 };
}
