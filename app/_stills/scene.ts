import type { Sheet } from './sheet';
import type { Spot } from './tones';

/** One still: its colour, the way its diagonal falls, and what is on it above the strip. */
export interface Scene {
  readonly spot: Spot;
  /** The strip's edge falls to the right. */
  readonly falls: boolean;
  readonly draw: (sheet: Sheet) => void;
}
