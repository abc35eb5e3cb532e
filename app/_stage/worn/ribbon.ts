import type { Sway } from '../fighters/look';
import { GOLD } from '../palette';
import type { Pen } from '../pen';
import { limb } from '../shapes';
import type { Build, Joints } from '../skeleton';
import { tint } from './tint';

const a = { x: 0, y: 0 };
const b = { x: 0, y: 0 };
const mid = { x: 0, y: 0 };
const end = { x: 0, y: 0 };
const centre = { x: 0, y: 0 };

/** Finds the ribbon's place in the middle of the near upper arm. */
function place(j: Joints, build: Build): void {
  const { nearShoulder, nearElbow } = j;
  const dx = nearElbow.x - nearShoulder.x;
  const dy = nearElbow.y - nearShoulder.y;
  const length = Math.hypot(dx, dy) || 1;
  // A thick arm carries it higher up and wider.
  const half = build.shoulders * 0.28 + 4.5;
  centre.x = nearShoulder.x + dx * 0.5;
  centre.y = nearShoulder.y + dy * 0.5;
  a.x = centre.x - (dy / length) * half;
  a.y = centre.y + (dx / length) * half;
  b.x = centre.x + (dy / length) * half;
  b.y = centre.y - (dx / length) * half;
}

function traceBand(ctx: CanvasRenderingContext2D): void {
  limb(ctx, a, 4.4, b, 4.4);
}

function traceTail(ctx: CanvasRenderingContext2D): void {
  limb(ctx, centre, 3, mid, 4.4);
  limb(ctx, mid, 4.4, end, 5.4);
}

/** The two long ends of the ribbon, behind the figure. */
export function drawRibbonTails(pen: Pen, j: Joints, sway: Sway, build: Build): void {
  place(j, build);
  const gold = tint(pen.inks, GOLD);
  for (let i = 0; i < 2; i += 1) {
    const flutter = Math.sin(sway.clock / 6 + i * 2) * 4;
    mid.x = centre.x - 34 - i * 4 - sway.trail * 10;
    mid.y = Math.max(6, centre.y + 8 - i * 20 - sway.lift * 12 + flutter);
    end.x = mid.x - 26 - i * 5 - sway.trail * 12;
    end.y = Math.max(6, mid.y - 10 - i * 8 - sway.lift * 14 + sway.trail * 10 - flutter);
    pen.flat(gold, traceTail);
  }
}

/** The band round the arm. */
export function drawRibbonBand(pen: Pen, j: Joints, _sway: Sway, build: Build): void {
  place(j, build);
  pen.flat(tint(pen.inks, GOLD), traceBand);
}
