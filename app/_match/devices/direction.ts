import { Input } from '../../../engine/fighter/inputs';

/** Left and right count within 67.5° of the horizontal, which makes eight even sectors … */
const SIDE_SHARE = Math.sin(Math.PI / 8);
/** … up and down only from 30° on: a jump by accident costs a round. */
const STEEP_SHARE = 0.5;

/**
 * The eight directions of a stick or a thumb.
 * @param x and `y` from the middle, 1 at the edge, y downwards; what is no number counts as the middle
 * @param dead how near to the middle nothing counts
 * @param deadVertical how far up or down it takes at least
 */
export function directionOf(x: number, y: number, dead: number, deadVertical = 0): number {
  const length = Math.hypot(x, y);
  if (!(length > dead)) return 0;
  let mask = 0;
  if (Math.abs(x) >= SIDE_SHARE * length) mask |= x < 0 ? Input.Left : Input.Right;
  if (Math.abs(y) >= STEEP_SHARE * length && Math.abs(y) > deadVertical)
    mask |= y < 0 ? Input.Up : Input.Down;
  return mask;
}

/** A hat tells its eight directions as steps of 2/7 from -1, clockwise from up; at rest it is beyond 1. */
const HAT = [
  Input.Up,
  Input.Up | Input.Right,
  Input.Right,
  Input.Right | Input.Down,
  Input.Down,
  Input.Down | Input.Left,
  Input.Left,
  Input.Left | Input.Up,
] as const;

/** How far off a step a hat may be; halfway between two steps, where an axis never touched lies (0), is none. */
const HAT_TOLERANCE = 0.25;

/** The direction of a d-pad that comes as one axis, as sticks of the DirectInput kind have it. */
export function hatDirection(value: number): number {
  const step = ((value + 1) * 7) / 2;
  const nearest = Math.round(step);
  return Math.abs(step - nearest) <= HAT_TOLERANCE ? (HAT[nearest] ?? 0) : 0;
}
