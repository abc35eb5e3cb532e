import { type Inks, PLAYER_INKS } from '../_stage/palette';
import { polygon } from '../_stage/shapes';
import type { Mood, PersonLook } from './ids';
import { penOf } from './pens';
import { drawBust } from './people/bust';
import { PEOPLE } from './people/people';
import { mix } from './tones';

export interface PortraitOptions {
  /** Width and height, in the context's own pixels. */
  readonly size: number;
  readonly mood?: Mood;
  /** Printed in the ink of player 1 or 2 instead of their own. */
  readonly side?: 1 | 2;
  /** 1, the default, looks to the right. */
  readonly facing?: 1 | -1;
}

/** Units of the box that a portrait shows. */
const BOX_UNITS = 124;

/** Draws somebody's portrait over (0, 0, size, size). Pixels with y downwards. */
export function drawPortrait(
  ctx: CanvasRenderingContext2D,
  look: PersonLook,
  options: PortraitOptions,
): void {
  const { size, mood = 'calm', facing = 1 } = options;
  const pen = penOf(ctx);
  const field = fieldOf(look, options.side);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, size, size);
  ctx.clip();
  ctx.fillStyle = field;
  ctx.fillRect(0, 0, size, size);
  ctx.translate(size / 2, size);
  ctx.scale(size / BOX_UNITS, -size / BOX_UNITS);
  // A diagonal of shade, as every print here has one.
  ctx.fillStyle = pen.halftone.dots(mix(field, '#14121a', 0.34), 0.3);
  ctx.beginPath();
  polygon(ctx, -62, -4, 62, -4, 62, 96, -62, 28);
  ctx.fill();
  drawBust({ pen }, look, { x: 0, y: 0, zoom: 1, facing, mood, ...inksFor(look, options.side) });
  ctx.restore();
}

function inksFor(look: PersonLook, side: 1 | 2 | undefined): { inks?: Inks } {
  if (side === undefined || (look !== 'garam' && look !== 'bawi')) return {};
  return { inks: PLAYER_INKS[side === 1 ? 0 : 1] };
}

/** Who is printed in the other player's ink stands before the other field, too. */
function fieldOf(look: PersonLook, side: 1 | 2 | undefined): string {
  if (side === undefined || (look !== 'garam' && look !== 'bawi')) return PEOPLE[look].field;
  return PEOPLE[side === 1 ? 'garam' : 'bawi'].field;
}
