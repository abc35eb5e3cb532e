import { burst, disc, noise, polygon } from '../../_stage/shapes';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setType, setUpright } from '../type';

/** A letter, close enough to read over somebody's shoulder: it lies across the picture, and the seal is broken. */
export const letter: Scene = {
  spot: 'p1',
  falls: false,
  draw(sheet) {
    const { ctx, tones } = sheet;
    flood(sheet, tones.mid);
    ramp(sheet, tones.near, 40, 320, 2.4);
    desk(sheet);
    ctx.save();
    ctx.translate(at(sheet, 6, -40), at(sheet, 150, 148));
    ctx.rotate(at(sheet, 0.24, 0.2));
    const size = at(sheet, 0.66, 1);
    ctx.scale(size, size);
    page(sheet);
    script(sheet);
    ctx.restore();
    seal(sheet, at(sheet, 44, 132), at(sheet, 96, 92), at(sheet, 34, 50));
    blots(sheet);
  },
};

function desk(sheet: Sheet): void {
  const { tones, frame } = sheet;
  line(sheet, tones.line, 2.6, (ctx) => {
    for (let i = -3; i < 9; i += 1) {
      ctx.moveTo(-frame.half - 20, i * 46);
      ctx.lineTo(frame.half + 20, i * 46 - frame.half * 0.3);
    }
  });
}

/** The sheet itself, folded twice, with the envelope under it. */
function page(sheet: Sheet): void {
  const { tones } = sheet;
  block(sheet, tones.gold, (ctx) => polygon(ctx, -236, -60, 150, -148, 214, 96, -172, 168), tones.p1);
  block(
    sheet,
    tones.light,
    (ctx) => {
      ctx.moveTo(-190, 150);
      ctx.quadraticCurveTo(0, 136, 196, 150);
      ctx.lineTo(204, -118);
      ctx.quadraticCurveTo(10, -136, -196, -118);
      ctx.closePath();
    },
    tones.lightShade,
  );
  flat(sheet, tones.lightShade, (ctx) => {
    polygon(ctx, -192, 62, 199, 62, 199, 58, -192, 58);
    polygon(ctx, -194, -28, 201, -28, 201, -32, -194, -32);
  });
}

/** Handwriting: in columns from the right in Korean, in lines in English. Nobody could read it, by intent. */
function script(sheet: Sheet): void {
  const { tones } = sheet;
  if (sheet.language === 'ko') {
    for (let column = 0; column < 8; column += 1) {
      const x = 168 - column * 43;
      const end = column === 7 ? 10 : -96 + noise(91, column) * 20;
      line(sheet, tones.line, 4.8, (ctx) => flowDown(ctx, x, 126 - (column === 0 ? 20 : 0), end, column));
    }
    return;
  }
  for (let row = 0; row < 6; row += 1) {
    const y = 112 - row * 38;
    const end = row === 5 ? 10 : 120 + noise(92, row) * 44;
    line(sheet, tones.line, 4.4, (ctx) => {
      ctx.moveTo(-162 + (row === 0 ? 30 : 0), y);
      for (let x = -162 + (row === 0 ? 30 : 0); x < end; x += 15) {
        const tall = noise(93, row * 40 + x) > 0.72 ? 17 : 8;
        const isGap = noise(94, row * 40 + x) > 0.8;
        if (isGap) ctx.moveTo(x + 15, y);
        else ctx.bezierCurveTo(x + 4, y + tall * 1.4, x + 10, y + tall, x + 8, y - 1);
        if (!isGap) ctx.quadraticCurveTo(x + 10, y - 5, x + 15, y);
      }
    });
  }
}

/** A column in a running hand: hooks and bars that hang together, with a gap after each word. */
function flowDown(ctx: CanvasRenderingContext2D, x: number, top: number, end: number, seed: number): void {
  let i = 0;
  for (let y = top; y > end; y -= 17) {
    i += 1;
    const pick = noise(95, seed * 31 + i);
    const wide = 8 + pick * 8;
    if (pick > 0.82) continue;
    ctx.moveTo(x - wide, y);
    ctx.quadraticCurveTo(x + wide * 0.4, y + 5, x + wide, y + 1);
    if (pick > 0.4) ctx.quadraticCurveTo(x + wide, y - 7, x - wide * 0.5, y - 12);
    else ctx.bezierCurveTo(x + wide * 0.6, y - 14, x - wide, y - 14, x + wide * 0.2, y - 7);
    if (pick < 0.2) {
      ctx.moveTo(x + wide + 3, y + 6);
      ctx.lineTo(x + wide + 1, y - 12);
    }
  }
}

/** Wax, broken in two; the sender's mark is still legible. */
function seal(sheet: Sheet, x: number, y: number, radius: number): void {
  const { tones } = sheet;
  block(sheet, tones.p1, (ctx) => burst(ctx, x, y, radius * 0.98, radius * 1.2, 13, 5), tones.line);
  line(sheet, tones.line, 3, (ctx) => disc(ctx, x, y, radius * 0.74));
  const setting = { size: radius * (sheet.language === 'ko' ? 1 : 0.94), colour: tones.light };
  if (sheet.language === 'ko') setUpright(sheet, '먹', x, y, setting);
  else setType(sheet, 'INK', x, y, { ...setting, size: radius * 0.6 });
  line(sheet, tones.line, 4.4, (ctx) => {
    ctx.moveTo(x - radius * 0.4, y + radius * 1.2);
    ctx.lineTo(x - radius * 0.08, y + radius * 0.5);
    ctx.lineTo(x - radius * 0.28, y + radius * 0.16);
    ctx.lineTo(x + radius * 0.12, y - radius * 0.42);
    ctx.lineTo(x - radius * 0.02, y - radius * 1.2);
  });
}

function blots(sheet: Sheet): void {
  const { tones } = sheet;
  flat(sheet, tones.line, (ctx) => {
    for (let i = 0; i < 9; i += 1)
      disc(
        ctx,
        at(sheet, -70, -260) + noise(96, i) * at(sheet, 50, 130),
        at(sheet, 238, 236) + noise(97, i) * 44,
        1.6 + noise(98, i) ** 3 * 13,
      );
  });
}
