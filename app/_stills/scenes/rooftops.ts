import { disc, noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { orb } from './shapes';

/** Over the roofs at night: a ridge climbs from corner to corner, and the moon is larger than it should be. */
export const rooftops: Scene = {
  spot: 'p1',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.sky);
    ramp(sheet, tones.far, 140, 300, 1.9);
    orb(sheet, at(sheet, 26, 110), 206, at(sheet, 76, 108), tones.light, tones.lightShade);
    skyline(sheet, tones.far, 96, 70, 1);
    skyline(sheet, tones.mid, 52, 70, 2);
    cats(sheet);
    roof(sheet);
    drawPlayer(sheet, {
      pose: (book) => book.dash,
      x: at(sheet, -22, -20),
      y: ridgeAt(sheet, at(sheet, -22, -20)) - 2,
      zoom: at(sheet, 0.98, 1.2),
      ghost: tones.p2,
      sway: { trail: 1, lift: 0, clock: 20 },
    });
    smoke(sheet, frame.half);
  },
};

/** Height of the ridge at x. */
function ridgeAt(sheet: Sheet, x: number): number {
  return 58 + x * at(sheet, 0.24, 0.13);
}

function skyline(sheet: Sheet, fill: string, base: number, step: number, seed: number): void {
  const { half } = sheet.frame;
  flat(sheet, fill, (ctx) => {
    for (let i = -Math.ceil(half / step) - 1; i * step < half + step; i += 1) {
      const x = i * step + noise(seed, i) * 24;
      const top = base + noise(seed + 3, i) * 56;
      ctx.rect(x, -60, step * 0.9, top + 60);
      // Wound like the rectangle below it, so that neither cuts a hole into the other.
      ctx.moveTo(x + step * 0.9 + 9, top - 2);
      ctx.quadraticCurveTo(x + step * 0.78, top + 2, x + step * 0.68, top + 22);
      ctx.lineTo(x + step * 0.24, top + 22);
      ctx.quadraticCurveTo(x + step * 0.14, top + 2, x - 9, top - 2);
      ctx.closePath();
    }
  });
}

/** Somebody was here before. */
function cats(sheet: Sheet): void {
  const x = at(sheet, 68, 236);
  const y = ridgeAt(sheet, x);
  flat(sheet, sheet.tones.line, (ctx) => {
    disc(ctx, x, y + 12, 13);
    disc(ctx, x + 8, y + 29, 9);
    polygon(ctx, x + 1, y + 33, x + 6, y + 46, x + 9, y + 35);
    polygon(ctx, x + 9, y + 35, x + 14, y + 45, x + 17, y + 32);
  });
  line(sheet, sheet.tones.line, 4.4, (ctx) => {
    ctx.moveTo(x - 10, y + 6);
    ctx.quadraticCurveTo(x - 32, y + 8, x - 26, y + 34);
  });
}

function roof(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = -frame.half - 30;
  const right = frame.half + 30;
  block(
    sheet,
    tones.near,
    (ctx) => polygon(ctx, left, ridgeAt(sheet, left), right, ridgeAt(sheet, right), right, -120, left, -120),
    tones.mid,
  );
  line(sheet, tones.line, 5, (ctx) => {
    for (let x = left; x < right + 240; x += 34) {
      ctx.moveTo(x, ridgeAt(sheet, x));
      ctx.lineTo(x - 110, ridgeAt(sheet, x) - 190);
    }
  });
  block(sheet, tones.spot, (ctx) => {
    const a = ridgeAt(sheet, left);
    const b = ridgeAt(sheet, right);
    polygon(ctx, left, a - 9, right, b - 9, right, b + 5, left, a + 5);
  });
  line(sheet, tones.line, 2.6, (ctx) => {
    for (let x = left; x < right; x += 30) {
      ctx.moveTo(x, ridgeAt(sheet, x) + 5);
      ctx.lineTo(x + 3, ridgeAt(sheet, x) - 9);
    }
  });
}

/** A chimney at the edge, and what comes out of it. */
function smoke(sheet: Sheet, half: number): void {
  const { tones } = sheet;
  const x = -half * 0.8 + at(sheet, -26, 0);
  const y = ridgeAt(sheet, x);
  flat(sheet, tones.light, (ctx) => {
    for (let i = 0; i < 5; i += 1) disc(ctx, x + 4 + i * i * 3, y + 70 + i * 22, 9 + i * 4.5);
  });
  block(sheet, tones.mid, (ctx) => ctx.rect(x - 14, y - 30, 30, 88), tones.line);
  block(sheet, tones.spot, (ctx) => ctx.rect(x - 19, y + 54, 40, 11));
}
