import { PLAYER_INKS } from '../_stage/palette';
import { Pen } from '../_stage/pen';

/** Patterns of dots belong to a context, so each keeps one pen. */
const pens = new WeakMap<CanvasRenderingContext2D, Pen>();

/** The pen of a context. */
export function penOf(ctx: CanvasRenderingContext2D): Pen {
  let pen = pens.get(ctx);
  if (pen === undefined) {
    pen = new Pen(ctx, PLAYER_INKS[0]);
    pens.set(ctx, pen);
  }
  return pen;
}
