import type { Rectangle } from '../frame';
import { NODE_UNITS } from './node';
import type { MapNode } from './types';

export interface HitArea extends Rectangle {
  readonly id: string;
}

/** Fingers need this much, pixels. */
export const LEAST_HIT_PIXELS = 44;

/** Where to press for each open node, pixels: around the node, at least a finger wide, and inside the picture. */
export function hitAreas(nodes: readonly MapNode[], width: number, height: number, unit: number): HitArea[] {
  const size = Math.max(LEAST_HIT_PIXELS, NODE_UNITS * 2.6 * unit);
  return nodes
    .filter(({ state }) => state === 'open')
    .map(({ id, x, y }) => ({
      id,
      x: Math.max(0, Math.min(width - size, x * width - size / 2)),
      y: Math.max(0, Math.min(height - size, y * height - size / 2)),
      width: size,
      height: size,
    }));
}
