import type { Inks } from '../../_stage/palette';
import type { Pen } from '../../_stage/pen';
import type { Mood } from '../ids';

/**
 * How somebody looks from the chest up. Drawn in a box of 120 units about the middle of the head, looking to the right,
 * y upwards: shoulders end at -60, hats at 58.
 */
export interface Person {
  readonly inks: Inks;
  /** Flat colour behind them on their portrait. */
  readonly field: string;
  /** What lies behind head and shoulders, then both. */
  readonly body: (pen: Pen) => void;
  readonly head: (pen: Pen, mood: Mood) => void;
}

/** Somebody's own inks, from cloth and hair; the rest is as everybody's. */
export function inksOf(cloth: string, clothShade: string, change: Partial<Inks> = {}): Inks {
  return {
    cloth,
    clothShade,
    skin: '#f2cfa4',
    skinShade: '#c98f63',
    light: '#f4ecdc',
    lightShade: '#b9ab94',
    dark: '#2a2633',
    wood: '#b97a3e',
    line: '#14121a',
    ...change,
  };
}
