import type { Pen } from '../pen';
import type { Build, Joints } from '../skeleton';
import type { ItemLook } from '../worn/looks';
import type { PoseBook } from './pose-book';

/** Motion that follows the body: hair, cloth and tails. Stage units and radians, facing right. */
export interface Sway {
  /** How far loose ends trail behind, -1 (ahead) to 1 (behind). */
  trail: number;
  /** How far they are lifted, -1 (pressed up by a fall) to 1 (pulled down by a rise). */
  lift: number;
  /** Frame of the match, for flutter. */
  clock: number;
}

/** Everything that makes one character look like itself. */
export interface Look {
  readonly build: Build;
  readonly poses: PoseBook;
  /** Length of what the near hand holds, from the hand to its end; 0 for nothing. */
  readonly propLength: number;
  /** Draws the figure and what it wears, facing right, feet at the origin, y upwards, with the pen's inks. */
  draw(pen: Pen, joints: Joints, sway: Sway, worn: readonly ItemLook[]): void;
}
