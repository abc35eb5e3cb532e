import { noise, polygon } from '../../_stage/shapes';
import { pressHouse } from '../scenes/shapes';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import type { Spot } from '../tones';
import type { Act } from './types';

/** The land of each act, as an old woodblock map has it: ridges like saws, rivers like ribbons, a fold in the paper. */

export const ACT_SPOTS: Readonly<Record<Act, Spot>> = { 1: 'p2', 2: 'good', 3: 'p1' };

export function drawTerrain(sheet: Sheet, act: Act): void {
  flood(sheet, sheet.tones.far);
  ramp(sheet, sheet.tones.mid, 260, -20, 2.2);
  if (act === 1) lowerTown(sheet);
  else if (act === 2) slopes(sheet);
  else hill(sheet);
  folds(sheet);
}

function lowerTown(sheet: Sheet): void {
  const { frame } = sheet;
  river(sheet, 46, (ctx) => {
    ctx.moveTo(-frame.half - 30, 40);
    ctx.bezierCurveTo(-frame.half * 0.4, 10, -frame.half * 0.3, 130, frame.half * 0.1, 108);
    ctx.bezierCurveTo(frame.half * 0.5, 90, frame.half * 0.5, 10, frame.half + 30, 24);
  });
  ridge(sheet, -0.9, 0.3, 248, 34, 3);
  ridge(sheet, 0.3, 1.1, 214, 30, 7);
  houses(sheet, -0.5, 0.1, 190, 9, 5);
  houses(sheet, 0.35, 0.95, 140, 9, 8);
  houses(sheet, -0.95, -0.5, 110, 6, 11);
  boats(sheet);
}

function slopes(sheet: Sheet): void {
  const { frame } = sheet;
  river(sheet, 26, (ctx) => {
    ctx.moveTo(frame.half * 0.5, 340);
    ctx.bezierCurveTo(frame.half * 0.1, 230, frame.half * 0.7, 170, frame.half * 0.16, 110);
    ctx.bezierCurveTo(-frame.half * 0.2, 70, 0, 30, -frame.half * 0.24, -60);
  });
  ridge(sheet, -1.1, -0.2, 224, 44, 2);
  ridge(sheet, -0.9, -0.3, 132, 36, 6);
  ridge(sheet, 0.42, 1.1, 178, 48, 9);
  quarrySteps(sheet, at(sheet, 0.62, 0.66) * frame.half, 60);
  houses(sheet, -0.8, -0.45, 50, 5, 13);
  houses(sheet, 0.1, 0.5, 262, 5, 17);
}

function hill(sheet: Sheet): void {
  const { frame, tones } = sheet;
  const x = frame.half * 0.3;
  for (let i = 0; i < 5; i += 1) {
    const wide = frame.half * (1.25 - i * 0.24);
    const tall = 150 - i * 26;
    block(
      sheet,
      i % 2 === 0 ? tones.mid : tones.far,
      (ctx) => {
        for (let k = 0; k <= 26; k += 1) {
          const angle = (k / 26) * Math.PI * 2;
          const swell = 0.9 + noise(5 + i, k % 26) * 0.16;
          const px = x + Math.cos(angle) * wide * swell;
          const py = 96 + i * 26 + Math.sin(angle) * tall * swell * 0.72;
          if (k === 0) ctx.moveTo(px, py);
          else ctx.lineTo(px, py);
        }
        ctx.closePath();
      },
      undefined,
      2.6,
    );
  }
  ridge(sheet, -1.1, -0.5, 250, 40, 4);
  pressHouse(sheet, x, 226, at(sheet, 18, 26), tones.line);
  houses(sheet, -0.8, -0.3, 60, 7, 19);
}

/** A river: its banks and its water. */
function river(sheet: Sheet, wide: number, trace: (ctx: CanvasRenderingContext2D) => void): void {
  const { tones } = sheet;
  line(sheet, tones.line, wide + 8, trace);
  line(sheet, tones.p2, wide, trace);
  line(sheet, tones.light, 2, trace);
}

/** Peaks in a chain, from and to as shares of half the width. */
function ridge(sheet: Sheet, from: number, to: number, y: number, size: number, seed: number): void {
  const { tones, frame } = sheet;
  const left = from * frame.half;
  const right = to * frame.half;
  const count = Math.max(3, Math.round((right - left) / (size * 0.8)));
  for (let i = 0; i < count; i += 1) {
    const x = left + ((right - left) * (i + 0.5)) / count;
    const tall = size * (0.7 + noise(seed, i) * 0.6);
    const foot = y + (noise(seed + 1, i) - 0.5) * size * 0.6;
    block(
      sheet,
      tones.near,
      (ctx) => polygon(ctx, x - size * 0.62, foot, x + size * 0.62, foot, x, foot + tall),
      undefined,
      2.4,
    );
    flat(sheet, tones.spot, (ctx) =>
      polygon(ctx, x - size * 0.52, foot + 1, x - size * 0.14, foot + 1, x, foot + tall - 4),
    );
  }
}

function houses(sheet: Sheet, from: number, to: number, y: number, count: number, seed: number): void {
  const { tones, frame } = sheet;
  for (let i = 0; i < count; i += 1) {
    const x = (from + ((to - from) * (i + noise(seed, i) * 0.7)) / count) * frame.half;
    const py = y + (noise(seed + 1, i) - 0.5) * 46;
    const size = 7 + noise(seed + 2, i) * 4;
    block(sheet, tones.light, (ctx) => ctx.rect(x - size * 0.8, py, size * 1.6, size), undefined, 2);
    block(
      sheet,
      noise(seed + 3, i) > 0.6 ? tones.p1 : tones.near,
      (ctx) =>
        polygon(
          ctx,
          x - size * 1.3,
          py + size * 0.9,
          x + size * 1.3,
          py + size * 0.9,
          x + size * 0.6,
          py + size * 1.9,
          x - size * 0.6,
          py + size * 1.9,
        ),
      undefined,
      2,
    );
  }
}

function boats(sheet: Sheet): void {
  const { tones, frame } = sheet;
  for (const [share, y] of [
    [-0.62, 46],
    [0.62, 46],
  ] as const) {
    const x = share * frame.half;
    block(sheet, tones.light, (ctx) => polygon(ctx, x, y + 6, x + 13, y + 8, x + 2, y + 30), undefined, 2);
    block(
      sheet,
      tones.p1,
      (ctx) => polygon(ctx, x - 14, y + 4, x + 16, y + 4, x + 9, y - 5, x - 8, y - 5),
      undefined,
      2,
    );
  }
}

function quarrySteps(sheet: Sheet, x: number, y: number): void {
  const { tones } = sheet;
  for (let i = 0; i < 3; i += 1)
    block(
      sheet,
      tones.light,
      (ctx) => ctx.rect(x - 42 + i * 20, y + i * 15, 72 - i * 22, 16),
      tones.lightShade,
      2.4,
    );
}

/** Where the map was folded: every other panel lies in shade. */
function folds(sheet: Sheet): void {
  const { ctx, frame, tones } = sheet;
  const count = frame.half > 200 ? 4 : 2;
  const wide = (frame.half * 2) / count;
  for (let i = 0; i < count; i += 1) {
    const x = -frame.half + wide * i;
    ctx.globalAlpha = 0.13;
    if (i % 2 === 1) flat(sheet, tones.line, (c) => c.rect(x, -190, wide + 12, 520));
    ctx.globalAlpha = 0.4;
    if (i > 0) flat(sheet, tones.line, (c) => c.rect(x - 1, -190, 2, 520));
    ctx.globalAlpha = 1;
  }
}
