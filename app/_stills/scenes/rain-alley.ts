import { noise, oval, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setUpright } from '../type';

/** A back lane in the rain, one lamp, and a sign that nobody reads. */
export const rainAlley: Scene = {
  spot: 'p2',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    const end = at(sheet, 20, 70);
    flood(sheet, tones.far);
    flat(sheet, tones.sky, (ctx) => ctx.rect(end - 46, 40, 92, 300));
    ramp(sheet, tones.spot, 300, 110, 1.7, end - 60, end + 60);
    wall(sheet, end - 40, -1, tones.mid);
    wall(sheet, end + 40, 1, tones.near);
    flat(sheet, tones.near, (ctx) =>
      polygon(ctx, end - 40, 74, end + 40, 74, frame.half + 260, -90, -frame.half - 260, -90),
    );
    lamp(sheet, at(sheet, -6, 6), 236);
    puddles(sheet);
    const x = at(sheet, 74, 250);
    block(sheet, tones.p1, (ctx) => ctx.rect(x - 24, 96, 48, 168), tones.line);
    setUpright(sheet, sheet.language === 'ko' ? '먹가게' : 'INK', x, 180, {
      size: 46,
      fit: 140,
      colour: tones.light,
    });
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.guard, lean: 14, head: 6 }),
      x: at(sheet, -36, -90),
      y: at(sheet, -26, -66),
      zoom: at(sheet, 1.12, 1.6),
      ghost: tones.spot,
      sway: { trail: 0.8, lift: 0.3, clock: 12 },
    });
    rain(sheet);
  },
};

function wall(sheet: Sheet, x: number, side: 1 | -1, fill: string): void {
  const { tones, frame } = sheet;
  const out = side * (frame.half + 30);
  block(sheet, fill, (ctx) => polygon(ctx, x, 70, x, 214, out, 420, out, -70), tones.line);
  line(sheet, tones.line, 2, (ctx) => {
    for (let i = 1; i < 7; i += 1) {
      const t = i / 7;
      ctx.moveTo(x, 70 + 144 * t);
      ctx.lineTo(out, -70 + 490 * t);
    }
  });
  for (let i = 0; i < 3; i += 1) {
    const near = 0.2 + i * 0.27;
    const far = near + 0.13;
    const edge = (t: number, share: number) => {
      const low = 70 - 140 * t;
      const high = 214 + 206 * t;
      return low + (high - low) * share;
    };
    const a = x + (out - x) * near;
    const b = x + (out - x) * far;
    const isLit = noise(sheet.seed % 13, i + (side > 0 ? 5 : 0)) > 0.45;
    block(sheet, isLit ? tones.gold : tones.line, (ctx) =>
      polygon(ctx, a, edge(near, 0.52), b, edge(far, 0.52), b, edge(far, 0.7), a, edge(near, 0.7)),
    );
  }
}

/** A lamp on an arm, and the cone that it throws. */
function lamp(sheet: Sheet, x: number, y: number): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.globalAlpha = 0.9;
  flat(sheet, sheet.pen.halftone.dots(tones.gold, 0.24), (c) =>
    polygon(c, x - 14, y - 6, x + 14, y - 6, x + 96, -60, x - 130, -60),
  );
  ctx.restore();
  line(sheet, tones.line, 6, (c) => {
    c.moveTo(x + 66, y - 60);
    c.lineTo(x + 66, y + 34);
    c.quadraticCurveTo(x + 20, y + 46, x, y + 16);
  });
  block(sheet, tones.gold, (c) => polygon(c, x - 22, y - 8, x + 22, y - 8, x + 10, y + 18, x - 10, y + 18));
}

function puddles(sheet: Sheet): void {
  const { tones, frame } = sheet;
  flat(sheet, tones.spot, (ctx) => {
    for (let i = 0; i < 7; i += 1)
      oval(
        ctx,
        (noise(8, i) * 2 - 1) * frame.half,
        8 + noise(9, i) * 40,
        24 + noise(10, i) * 46,
        4 + noise(11, i) * 4,
        0,
      );
  });
}

/** All of it falls the same way: the picture's diagonal. */
function rain(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const count = Math.round(34 + frame.half * 0.22);
  line(sheet, tones.light, 1.7, (ctx) => {
    for (let i = 0; i < count; i += 1) {
      const x = (noise(12, i + (sheet.seed % 50)) * 2.4 - 1.2) * frame.half;
      const y = noise(13, i) * 330 - 10;
      const long = 18 + noise(14, i) * 34;
      ctx.moveTo(x, y);
      ctx.lineTo(x - long * 0.42, y - long);
    }
  });
}
