import type { Sway } from '../fighters/look';
import type { Pen } from '../pen';
import { limb } from '../shapes';
import type { Build, Joints } from '../skeleton';
import { CHARM, PINE, PINE_SHADE, SEAL, tint } from './tint';

/** Height of the waist above the hips. */
const WAIST_UNITS = 15;

const a = { x: 0, y: 0 };
const b = { x: 0, y: 0 };
const knot = { x: 0, y: 0 };
const mid = { x: 0, y: 0 };
const end = { x: 0, y: 0 };

function traceBand(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 6.5, b, 6.5);
}

function traceTail(ctx: CanvasRenderingContext2D): void {
  limb(ctx, knot, 3.6, mid, 5);
  limb(ctx, mid, 5, end, 6.2);
}

function traceKnot(ctx: CanvasRenderingContext2D): void {
  limb(ctx, knot, 7, a, 5);
}

/** A wide sash: knotted at the back, its two ends trail as far as the knees. */
export function drawSash(pen: Pen, j: Joints, sway: Sway, build: Build): void {
  const sin = Math.sin(j.trunk);
  const cos = Math.cos(j.trunk);
  const x = j.hips.x + sin * WAIST_UNITS;
  const y = j.hips.y + cos * WAIST_UNITS;
  const reach = build.hipRadius - 1;
  a.x = x - cos * reach;
  a.y = y + sin * reach;
  b.x = x + cos * reach;
  b.y = y - sin * reach;
  const cloth = tint(pen.inks, PINE);
  const shade = tint(pen.inks, PINE_SHADE);
  knot.x = a.x - cos * 4;
  knot.y = a.y + sin * 4;
  for (let i = 0; i < 2; i += 1) {
    const flutter = Math.sin(sway.clock / 8 + i * 1.7) * 3;
    mid.x = knot.x - 13 - i * 9 - sway.trail * 16;
    mid.y = Math.max(9, knot.y - 22 + i * 5 - sway.lift * 12 + sway.trail * 8);
    end.x = mid.x - 7 - i * 5 - sway.trail * 18 + flutter;
    end.y = Math.max(8, mid.y - 26 + i * 6 - sway.lift * 18 + sway.trail * 14);
    pen.part(cloth, shade, traceTail);
  }
  pen.flat(cloth, traceBand);
  pen.flat(shade, traceKnot);
}

let charmX = 0;
let charmY = 0;
let swing = 0;

/** A strip of paper from its upper edge, swung by `swing`. */
function traceCharm(ctx: CanvasRenderingContext2D): void {
  ctx.moveTo(charmX - 8, charmY + 2);
  ctx.lineTo(charmX + 8, charmY + 2);
  ctx.lineTo(charmX + 8 - swing, charmY - 36);
  ctx.lineTo(charmX - 8 - swing, charmY - 33);
  ctx.closePath();
}

/** What is written on it: a seal and three strokes. */
function traceWriting(ctx: CanvasRenderingContext2D): void {
  for (let i = 0; i < 3; i += 1) {
    const y = charmY - 13 - i * 6;
    const shift = (swing * (charmY - y)) / 36;
    ctx.moveTo(charmX - 4 - shift, y);
    ctx.lineTo(charmX + 4 - shift, y - (i % 2) * 3);
  }
  ctx.moveTo(charmX - swing * 0.15, charmY - 4);
  ctx.lineTo(charmX - swing * 0.85, charmY - 30);
}

/** A paper charm that hangs from the belt. */
export function drawCharm(pen: Pen, j: Joints, sway: Sway, build: Build): void {
  const along = WAIST_UNITS - 3;
  charmX = j.hips.x + Math.sin(j.trunk) * along + Math.cos(j.trunk) * build.hipRadius * 0.55;
  charmY = j.hips.y + Math.cos(j.trunk) * along - Math.sin(j.trunk) * build.hipRadius * 0.55;
  swing = sway.trail * 16 + Math.sin(sway.clock / 10) * 2.5;
  pen.flat(tint(pen.inks, CHARM), traceCharm);
  pen.line(tint(pen.inks, SEAL), 2.6, traceWriting);
}
