import type { Sway } from '../fighters/look';
import { GOLD } from '../palette';
import type { Pen } from '../pen';
import { limb } from '../shapes';
import type { Build, Joints, Point } from '../skeleton';
import { IRON, IRON_SHADE, STONE, STONE_SHADE, STRAW, STRAW_SHADE, tint } from './tint';

const TURN = Math.PI * 2;

function traceCone(ctx: CanvasRenderingContext2D): void {
  ctx.moveTo(40, 9);
  ctx.quadraticCurveTo(16, 26, 2, 44);
  ctx.lineTo(-2, 44);
  ctx.quadraticCurveTo(-16, 26, -40, 9);
  ctx.ellipse(0, 9, 40, 6.5, 0, Math.PI, TURN);
  ctx.closePath();
}

function traceWeave(ctx: CanvasRenderingContext2D): void {
  for (let i = -2; i <= 2; i += 1) {
    ctx.moveTo(i * 1.2, 39);
    ctx.quadraticCurveTo(i * 7, 25, i * 15, 9 - (2 - Math.abs(i)) * 2);
  }
  ctx.moveTo(-18, 22);
  ctx.quadraticCurveTo(0, 17, 18, 22);
}

/** A straw hat as a ferryman has it: a wide cone. It sits over any other hat. */
export function drawStrawHat(pen: Pen, j: Joints, _sway: Sway, build: Build): void {
  const { ctx, inks } = pen;
  const size = build.headRadius / 12;
  ctx.save();
  ctx.translate(j.head.x, j.head.y);
  ctx.rotate(-j.tilt);
  ctx.scale(size, size);
  // A broad brow wears it higher: nobody's eyes are covered.
  ctx.translate(0, (build.headRadius - 12) * 4);
  pen.part(tint(inks, STRAW), tint(inks, STRAW_SHADE), traceCone);
  pen.line(tint(inks, STRAW_SHADE), 1.8, traceWeave);
  ctx.restore();
}

const a = { x: 0, y: 0 };
const b = { x: 0, y: 0 };

function put(out: Point, x: number, y: number): void {
  out.x = x;
  out.y = y;
}

function traceShaft(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 3.6, b, 3.6);
}

function traceFerrule(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 6, b, 7.5);
}

function traceBristles(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 9.5, b, 1);
}

/** A great brush across the back; its head stands above the shoulder. */
export function drawBrushOnBack(pen: Pen, j: Joints): void {
  const angle = j.trunk - 0.62;
  const x = Math.sin(angle);
  const y = Math.cos(angle);
  const { chest } = j;
  put(a, chest.x - x * 62, chest.y - y * 62);
  put(b, chest.x + x * 44, chest.y + y * 44);
  pen.flat(pen.inks.wood, traceShaft);
  put(a, chest.x + x * 52, chest.y + y * 52);
  put(b, chest.x + x * 82, chest.y + y * 82);
  pen.flat(pen.inks.dark, traceBristles);
  put(a, chest.x + x * 40, chest.y + y * 40);
  put(b, chest.x + x * 47, chest.y + y * 47);
  pen.flat(tint(pen.inks, GOLD), traceFerrule);
}

function traceRing(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 6, b, 6);
}

function traceGleam(ctx: CanvasRenderingContext2D): void {
  ctx.moveTo(a.x * 0.75 + b.x * 0.25, a.y * 0.75 + b.y * 0.25);
  ctx.lineTo(a.x * 0.45 + b.x * 0.55, a.y * 0.45 + b.y * 0.55);
}

/** A heavy ring of stone on the near wrist. */
export function drawRing(pen: Pen, j: Joints): void {
  const dx = j.nearHand.x - j.nearElbow.x;
  const dy = j.nearHand.y - j.nearElbow.y;
  const length = Math.hypot(dx, dy) || 1;
  const x = j.nearElbow.x + dx * 0.62;
  const y = j.nearElbow.y + dy * 0.62;
  put(a, x - (dy / length) * 10, y + (dx / length) * 10);
  put(b, x + (dy / length) * 10, y - (dx / length) * 10);
  pen.part(tint(pen.inks, STONE), tint(pen.inks, STONE_SHADE), traceRing);
  pen.line(pen.inks.light, 2.4, traceGleam);
}

let ankleX = 0;
let ankleY = 0;
let turn = 0;

/** A block with two teeth, from the ankle along the foot. */
function traceClog(ctx: CanvasRenderingContext2D): void {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  for (let i = 0; i < CLOG.length; i += 2) {
    const u = CLOG[i] ?? 0;
    const v = CLOG[i + 1] ?? 0;
    const x = ankleX + u * cos - v * sin;
    const y = ankleY + u * sin + v * cos;
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.closePath();
}

const CLOG = [-11, 3, -12, -9, -3, -9, -3, -4, 10, -4, 10, -9, 21, -9, 23, -2, 14, 3];

function traceStrap(ctx: CanvasRenderingContext2D): void {
  ctx.moveTo(ankleX - Math.sin(turn) * 8 + 2, ankleY + 8);
  ctx.lineTo(ankleX + Math.cos(turn) * 12, ankleY + Math.sin(turn) * 12);
}

/** Clogs of iron on both feet. */
export function drawClogs(pen: Pen, j: Joints): void {
  drawClog(pen, j.farAnkle, j.farToe, IRON_SHADE);
  drawClog(pen, j.nearAnkle, j.nearToe, IRON);
}

function drawClog(pen: Pen, ankle: Point, toe: Point, iron: string): void {
  ankleX = ankle.x;
  ankleY = ankle.y;
  turn = Math.atan2(toe.y - ankle.y, toe.x - ankle.x);
  pen.flat(tint(pen.inks, iron), traceClog);
  pen.line(pen.inks.dark, 3.4, traceStrap);
}
