import { DOT_UNITS } from '../_stage/halftone';
import type { Pen } from '../_stage/pen';
import type { ItemLook } from '../_stage/worn/looks';
import type { Frame } from './frame';
import type { Language } from './ids';
import type { Tones } from './tones';

export type Trace = (ctx: CanvasRenderingContext2D) => void;

/** Who climbs the ladder. */
export interface Player {
  readonly character: 1 | 2;
  readonly looks: readonly ItemLook[];
}

/**
 * One sheet while it is printed. Scene units: x to the right from the middle, y up from the strip's line, 300 units to
 * the upper edge.
 */
export interface Sheet {
  readonly ctx: CanvasRenderingContext2D;
  readonly pen: Pen;
  readonly tones: Tones;
  readonly frame: Frame;
  readonly language: Language;
  readonly player: Player;
  readonly seed: number;
  /** How far the ink has settled: 0 just printed, 1 at rest. */
  readonly settled: number;
}

/** Width of the key plate's line, and how far the colour plate lies beside it, scene units. */
const LINE_UNITS = 3.6;
const SLIP_UNITS = 2;
/** How much farther it lies before the ink has settled. */
const UNSETTLED_UNITS = 9;

/** How far the colour plate lies beside the key plate now. */
export function slipOf(sheet: Sheet): number {
  return SLIP_UNITS + UNSETTLED_UNITS * (1 - sheet.settled) ** 2;
}

/** The place between an anchor on a narrow picture and one on a wide picture. */
export function at(sheet: Sheet, narrow: number, wide: number): number {
  return narrow + (wide - narrow) * sheet.frame.wide;
}

/** A flat shape of the colour plate, without a line. */
export function flat({ ctx }: Sheet, fill: string | CanvasPattern, trace: Trace): void {
  ctx.fillStyle = fill;
  ctx.beginPath();
  trace(ctx);
  ctx.fill();
}

/** Lines of the key plate. */
export function line(sheet: Sheet, colour: string, width: number, trace: Trace): void {
  const { ctx } = sheet;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.beginPath();
  trace(ctx);
  ctx.stroke();
}

/**
 * A shape as the poster prints it: flat colour a little beside its outline, and dots in `shade` on its lower right side.
 */
export function block(sheet: Sheet, fill: string, trace: Trace, shade?: string, width = LINE_UNITS): void {
  const { ctx } = sheet;
  const slip = slipOf(sheet);
  ctx.save();
  ctx.translate(slip, -slip * 0.6);
  ctx.beginPath();
  trace(ctx);
  ctx.fillStyle = fill;
  ctx.fill();
  if (shade !== undefined) {
    ctx.clip();
    ctx.fillStyle = sheet.pen.halftone.dots(shade, 0.3);
    ctx.fill();
    ctx.translate(-7, 8);
    ctx.beginPath();
    trace(ctx);
    ctx.fillStyle = fill;
    ctx.fill();
  }
  ctx.restore();
  line(sheet, sheet.tones.line, width, trace);
}

/** The whole sheet in one colour. */
export function flood(sheet: Sheet, colour: string): void {
  const { half } = sheet.frame;
  sheet.ctx.fillStyle = colour;
  sheet.ctx.fillRect(-half - 12, -190, half * 2 + 24, 520);
}

const RAMP_STEPS = [0.1, 0.17, 0.23, 0.29, 0.35, 0.41, 0.47, 0.54] as const;

/**
 * Dots that grow from `from` to `to` (heights in scene units, either may be the higher), across the whole sheet or
 * between `left` and `right`.
 * @param coarse how many times larger than a figure's dots they are
 */
export function ramp(
  sheet: Sheet,
  colour: string,
  from: number,
  to: number,
  coarse = 1.6,
  left = -sheet.frame.half,
  right = sheet.frame.half,
): void {
  const { ctx } = sheet;
  const row = DOT_UNITS / 2;
  ctx.save();
  ctx.scale(coarse, coarse);
  for (let i = 0; i < RAMP_STEPS.length; i += 1) {
    const share = RAMP_STEPS[i] ?? 0;
    // Bands begin and end between two rows of dots, so that none is cut.
    const a = snap((from + ((to - from) * i) / RAMP_STEPS.length) / coarse, row);
    const b = snap((from + ((to - from) * (i + 1)) / RAMP_STEPS.length) / coarse, row);
    ctx.fillStyle = sheet.pen.halftone.dots(colour, share);
    ctx.fillRect(left / coarse, Math.min(a, b), (right - left) / coarse, Math.abs(b - a));
  }
  ctx.restore();
}

function snap(value: number, row: number): number {
  return (Math.round(value / row) + 0.5) * row;
}
