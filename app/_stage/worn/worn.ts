import type { Sway } from '../fighters/look';
import type { Pen } from '../pen';
import type { Build, Joints } from '../skeleton';
import { drawCharm, drawSash } from './cloth';
import { drawBrushOnBack, drawClogs, drawRing, drawStrawHat } from './gear';
import type { ItemLook, Layer } from './looks';
import { drawRibbonBand, drawRibbonTails } from './ribbon';

type Draw = (pen: Pen, joints: Joints, sway: Sway, build: Build) => void;

const PARTS: Readonly<Record<ItemLook, Partial<Record<Layer, Draw>>>> = {
  sash: { body: drawSash },
  'straw-hat': { over: drawStrawHat },
  'ink-brush': { behind: drawBrushOnBack },
  'stone-ring': { over: drawRing },
  'paper-charm': { body: drawCharm },
  'iron-clogs': { body: drawClogs },
  'gold-ribbon': { behind: drawRibbonTails, over: drawRibbonBand },
  none: {},
};

/**
 * Draws one layer of what a figure wears, in the figure's own space: facing right, feet at the origin, y upwards.
 * Nothing is allocated: the pieces trace from points that they keep.
 */
export function drawWorn(
  pen: Pen,
  joints: Joints,
  sway: Sway,
  build: Build,
  worn: readonly ItemLook[],
  layer: Layer,
): void {
  for (let i = 0; i < worn.length; i += 1) {
    const look = worn[i];
    if (look !== undefined) PARTS[look][layer]?.(pen, joints, sway, build);
  }
}
