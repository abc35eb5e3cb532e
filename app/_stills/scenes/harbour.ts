import { disc, limb, noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { hills, orb, pressHouse } from './shapes';

/** The lower town at first light: a ferry with its sail up, and far off the house on the hill. */
export const harbour: Scene = {
  spot: 'p2',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.sky);
    ramp(sheet, tones.far, 120, 300, 1.8);
    orb(sheet, at(sheet, 34, 150), 178, at(sheet, 62, 88), tones.gold, tones.p1);
    hills(sheet, tones.far, 112, 46, 84, 4);
    flat(sheet, tones.mid, (ctx) => {
      const x = at(sheet, -56, -190);
      polygon(ctx, x - 190, 80, x + 190, 80, x + 36, 176, x - 30, 180);
    });
    pressHouse(sheet, at(sheet, -54, -188), 172, 17, tones.mid);
    sea(sheet);
    boat(sheet, at(sheet, 52, 128), 74, at(sheet, 0.8, 1.05));
    gulls(sheet, at(sheet, -30, -20), 252);
    pier(sheet);
    drawPlayer(sheet, {
      pose: (book) => book.stance,
      x: at(sheet, -46, -frame.half * 0.42),
      y: at(sheet, -14, -60),
      zoom: at(sheet, 1.1, 1.55),
      ghost: tones.spot,
    });
  },
};

function sea(sheet: Sheet): void {
  const { tones, frame } = sheet;
  flat(sheet, tones.spot, (ctx) => ctx.rect(-frame.half - 10, -190, frame.half * 2 + 20, 276));
  ramp(sheet, tones.near, 86, 8, 1.7);
  flat(sheet, tones.light, (ctx) => {
    for (let i = 0; i < 34; i += 1) {
      const y = 78 - noise(3, i) * 66;
      const wide = 10 + (80 - y) * 0.5 * (0.4 + noise(5, i));
      ctx.rect((noise(4, i) * 2 - 1) * frame.half - wide / 2, y, wide, 2.2);
    }
  });
  line(sheet, tones.line, 3.4, (ctx) => {
    ctx.moveTo(-frame.half - 10, 86);
    ctx.lineTo(frame.half + 10, 86);
  });
}

/** A ferry that leans into its sail. */
function boat(sheet: Sheet, x: number, y: number, size: number): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  ctx.rotate(0.09);
  line(sheet, tones.line, 6, (c) => {
    c.moveTo(-8, 6);
    c.lineTo(22, 196);
  });
  block(
    sheet,
    tones.light,
    (c) => {
      c.moveTo(-2, 34);
      c.lineTo(92, 48);
      c.quadraticCurveTo(104, 120, 70, 186);
      c.lineTo(14, 176);
      c.quadraticCurveTo(22, 100, -2, 34);
      c.closePath();
    },
    tones.lightShade,
  );
  line(sheet, tones.line, 2.6, (c) => {
    for (let i = 1; i < 5; i += 1) {
      c.moveTo(2 + i * 3, 34 + i * 29);
      c.lineTo(96 - i * i * 0.6, 48 + i * 28);
    }
  });
  block(sheet, tones.p1, (c) => polygon(c, -92, 22, 100, 22, 122, 38, 84, -12, -70, -12), tones.line);
  flat(sheet, tones.light, (c) => polygon(c, -88, 12, 101, 12, 96, 6, -84, 6));
  ctx.restore();
}

function gulls(sheet: Sheet, x: number, y: number): void {
  line(sheet, sheet.tones.line, 3, (ctx) => {
    for (let i = 0; i < 4; i += 1) {
      const gx = x + i * 34 + noise(6, i) * 16;
      const gy = y + noise(7, i) * 34 - i * 8;
      ctx.moveTo(gx - 11, gy + 4);
      ctx.quadraticCurveTo(gx - 4, gy + 7, gx, gy);
      ctx.quadraticCurveTo(gx + 4, gy + 7, gx + 11, gy + 5);
    }
  });
}

function pier(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const right = at(sheet, 40, -20);
  const wood = tones.near;
  block(sheet, wood, (ctx) => {
    polygon(ctx, -frame.half - 20, 46, right - 46, 46, right + 40, 4, -frame.half - 20, 4);
    ctx.rect(-frame.half - 20, -60, right + frame.half + 60, 64);
  });
  line(sheet, tones.mid, 2.4, (ctx) => {
    for (let i = 0; i < 12; i += 1) {
      const x = right - 52 - i * 56;
      ctx.moveTo(x, 44);
      ctx.lineTo(x + 66, 5);
    }
  });
  for (const [x, y] of [
    [right - 30, 44],
    [right + 34, 8],
  ] as const)
    block(sheet, tones.mid, (ctx) => {
      limb(ctx, { x, y: y - 66 }, 8, { x, y: y + 26 }, 8);
      disc(ctx, x, y + 30, 9.5);
    });
}
