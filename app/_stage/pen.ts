import { Halftone } from './halftone';
import type { Inks } from './palette';

/** Width of an outline in stage units; half of it lies under the fill. */
const OUTLINE_UNITS = 5.4;
/** How far the lit part of a shape is shifted from its shade, stage units. */
const SHADE_X = 3.5;
const SHADE_Y = 6;

/** Draws parts as the poster prints them: outline, flat colour, and dots of shade on the lower side. */
export class Pen {
  readonly ctx: CanvasRenderingContext2D;
  readonly halftone: Halftone;
  inks: Inks;

  constructor(ctx: CanvasRenderingContext2D, inks: Inks) {
    this.ctx = ctx;
    this.halftone = new Halftone(ctx);
    this.inks = inks;
  }

  /** Draws what `trace` adds to the path: outline and flat colour. */
  flat(fill: string, trace: (ctx: CanvasRenderingContext2D) => void): void {
    const { ctx } = this;
    ctx.lineJoin = 'round';
    ctx.lineWidth = OUTLINE_UNITS;
    ctx.strokeStyle = this.inks.line;
    ctx.fillStyle = fill;
    ctx.beginPath();
    trace(ctx);
    ctx.stroke();
    ctx.fill();
  }

  /** The same with dots of shade. They cost as much as all the rest, so they are for the large parts in the light. */
  part(fill: string, shade: string, trace: (ctx: CanvasRenderingContext2D) => void): void {
    const { ctx } = this;
    this.flat(fill, trace);
    if (shade === fill) return;
    ctx.save();
    ctx.clip();
    ctx.fillStyle = this.halftone.dots(shade);
    ctx.fill();
    ctx.translate(SHADE_X, SHADE_Y);
    ctx.beginPath();
    trace(ctx);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.restore();
  }

  /** A mark inside a part: no outline, no shade. */
  mark(fill: string, trace: (ctx: CanvasRenderingContext2D) => void): void {
    const { ctx } = this;
    ctx.fillStyle = fill;
    ctx.beginPath();
    trace(ctx);
    ctx.fill();
  }

  /** An open line inside a part. */
  line(colour: string, width: number, trace: (ctx: CanvasRenderingContext2D) => void): void {
    const { ctx } = this;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.lineCap = 'round';
    ctx.beginPath();
    trace(ctx);
    ctx.stroke();
  }
}
