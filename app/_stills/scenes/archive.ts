import { noise, oval, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';

/** The archive under the hill: every poster that ever hung is rolled up here, and one roll is not where it should be. */
export const archive: Scene = {
  spot: 'p2',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    const end = at(sheet, 20, 60);
    flood(sheet, tones.near);
    flat(sheet, tones.sky, (ctx) => ctx.rect(end - 34, 50, 68, 260));
    ramp(sheet, tones.light, 260, 60, 1.5, end - 34, end + 34);
    shelves(sheet, end - 34, -1);
    shelves(sheet, end + 34, 1);
    flat(sheet, tones.near, (ctx) =>
      polygon(ctx, end - 34, 62, end + 34, 62, frame.half + 200, -90, -frame.half - 200, -90),
    );
    flat(sheet, tones.far, (ctx) => polygon(ctx, end - 20, 62, end + 20, 62, end + 60, -90, end - 190, -90));
    ladder(sheet);
    drawPlayer(sheet, {
      pose: (book) => ({
        ...book.stance,
        lean: -4,
        head: -14,
        nearArm: 128,
        nearElbow: 16,
        farArm: 20,
        farElbow: 70,
        prop: 30,
      }),
      x: at(sheet, -44, -130),
      y: at(sheet, -40, -84),
      zoom: at(sheet, 1.08, 1.5),
      ghost: tones.spot,
      sway: { trail: 0, lift: 0, clock: 0 },
    });
    lightOnTable(sheet);
  },
};

/** Shelves on one side, in perspective; the ends of rolls look out of them. */
function shelves(sheet: Sheet, x: number, side: 1 | -1): void {
  const { tones, frame } = sheet;
  const out = side * (frame.half + 40);
  const low = (t: number) => 62 - 130 * t;
  const high = (t: number) => 250 + 190 * t;
  const edge = (t: number, share: number) => low(t) + (high(t) - low(t)) * share;
  block(
    sheet,
    side < 0 ? tones.mid : tones.far,
    (ctx) => polygon(ctx, x, low(0), x, high(0), out, high(1), out, low(1)),
    tones.line,
  );
  const columns = 7;
  for (let column = 0; column < columns; column += 1) {
    const a = (column / columns) ** 1.25;
    const b = ((column + 1) / columns) ** 1.25;
    const middle = (a + b) / 2;
    const px = x + (out - x) * middle;
    const wide = Math.abs(out - x) * (b - a);
    for (let row = 0; row < 6; row += 1) {
      const share = (row + 0.55) / 6;
      const tall = ((high(middle) - low(middle)) / 6) * 0.36;
      const pick = noise(51 + side, column * 7 + row);
      if (pick < 0.12) continue;
      const fill = pick > 0.86 ? tones.p1 : pick > 0.74 ? tones.gold : tones.light;
      block(
        sheet,
        fill,
        (ctx) => oval(ctx, px, edge(middle, share), Math.min(tall, wide * 0.42), tall, 0),
        undefined,
        2.6,
      );
      flat(sheet, tones.line, (ctx) => oval(ctx, px, edge(middle, share), tall * 0.24, tall * 0.36, 0));
    }
  }
  line(sheet, tones.line, 4, (ctx) => {
    for (let row = 0; row <= 6; row += 1) {
      ctx.moveTo(x, edge(0, row / 6));
      ctx.lineTo(out, edge(1, row / 6));
    }
    for (let column = 1; column < columns; column += 1) {
      const t = (column / columns) ** 1.25;
      ctx.moveTo(x + (out - x) * t, low(t));
      ctx.lineTo(x + (out - x) * t, high(t));
    }
  });
}

/** A ladder leans from corner to corner. */
function ladder(sheet: Sheet): void {
  const { tones } = sheet;
  const x = at(sheet, 96, 260);
  const top = at(sheet, 40, 130);
  for (const [colour, width] of [
    [tones.line, 9],
    [tones.gold, 4],
  ] as const)
    line(sheet, colour, width, (ctx) => {
      ctx.moveTo(x - 22, -30);
      ctx.lineTo(top - 14, 320);
      ctx.moveTo(x + 22, -30);
      ctx.lineTo(top + 14, 320);
      for (let i = 0; i < 9; i += 1) {
        const t = 0.12 + i * 0.1;
        const mx = x + (top - x) * t;
        const y = -30 + 350 * t;
        ctx.moveTo(mx - 20 + 8 * t, y);
        ctx.lineTo(mx + 20 - 8 * t, y);
      }
    });
}

function lightOnTable(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const x = at(sheet, 58, 330);
  block(sheet, tones.near, (ctx) =>
    polygon(ctx, x - 60, 34, frame.half + 30, 46, frame.half + 30, -90, x - 70, -90),
  );
  flat(sheet, sheet.pen.halftone.dots(tones.gold, 0.26), (ctx) => oval(ctx, x, 74, 52, 52, 0));
  block(sheet, tones.gold, (ctx) => {
    ctx.moveTo(x - 9, 58);
    ctx.quadraticCurveTo(x - 12, 78, x + 2, 96);
    ctx.quadraticCurveTo(x + 15, 76, x + 9, 58);
    ctx.closePath();
  });
  block(sheet, tones.light, (ctx) => ctx.rect(x - 9, 30, 18, 28), tones.lightShade);
}
