import { disc, limb, noise, oval } from '../../_stage/shapes';
import { at, block, flat, line, ramp, type Sheet } from '../sheet';

/** A brick wall on which posters hang, with the torn corners of earlier years. */
export function brickWall(sheet: Sheet): void {
  const { tones, frame } = sheet;
  // Filled, not stroked: hundreds of joints.
  flat(sheet, tones.line, (ctx) => {
    for (let row = 0; row < 16; row += 1) {
      const y = 6 + row * 20;
      ctx.rect(-frame.half - 10, y - 1, frame.half * 2 + 20, 2);
      for (let k = -Math.ceil(frame.half / 44) - 1; k * 44 < frame.half; k += 1)
        ctx.rect(k * 44 + (row % 2) * 22 - 1, y, 2, 20);
    }
  });
  flat(sheet, tones.far, (ctx) => {
    for (let i = 0; i < 14; i += 1) {
      const row = Math.floor(noise(141, i) * 15);
      const k = Math.floor((noise(142, i) * 2 - 1) * (frame.half / 44));
      ctx.rect(k * 44 + (row % 2) * 22 + 2, 8 + row * 20, 40, 16);
    }
  });
  ramp(sheet, tones.near, 150, 0, 1.8);
  for (let i = 0; i < 6; i += 1) {
    const x = (i % 2 === 0 ? -1 : 1) * (at(sheet, 74, 230) + noise(143, i) * at(sheet, 30, 150));
    const y = 80 + noise(144, i) * 190;
    const size = 18 + noise(145, i) * 22;
    const fill = [tones.light, tones.p2, tones.gold][i % 3] ?? tones.light;
    block(
      sheet,
      fill,
      (ctx) => {
        ctx.moveTo(x - size, y + size);
        ctx.lineTo(x + size, y + size * 0.9);
        ctx.lineTo(x + size * 0.8, y - size * 0.2);
        ctx.lineTo(x + size * 0.3, y - size * 0.5);
        ctx.lineTo(x + size * 0.1, y - size * 1.1);
        ctx.lineTo(x - size * 0.4, y - size * 0.7);
        ctx.lineTo(x - size * 0.96, y - size * 1.2);
        ctx.closePath();
      },
      tones.line,
      3,
    );
  }
}

/** A poster with its paste still wet: the upper right corner comes off. */
export function posterSheet(sheet: Sheet, half: number, high: number): void {
  const { tones } = sheet;
  flat(sheet, tones.line, (ctx) => ctx.rect(-half + 9, -high - 9, half * 2, high * 2));
  block(
    sheet,
    tones.light,
    (ctx) => {
      ctx.moveTo(-half, high);
      ctx.lineTo(half - 26, high);
      ctx.lineTo(half, high - 22);
      ctx.lineTo(half, -high);
      ctx.lineTo(-half, -high);
      ctx.closePath();
    },
    tones.lightShade,
  );
  block(sheet, tones.lightShade, (ctx) => {
    ctx.moveTo(half - 26, high);
    ctx.quadraticCurveTo(half - 22, high - 18, half, high - 22);
    ctx.lineTo(half - 30, high - 30);
    ctx.closePath();
  });
}

/** The pail of paste and the broad brush that hung it. */
export function brushAndPail(sheet: Sheet, x: number, y: number): void {
  const { tones } = sheet;
  line(sheet, tones.line, 9, (ctx) => {
    ctx.moveTo(x + 2, y + 20);
    ctx.lineTo(x + 34, y + 96);
  });
  line(sheet, tones.gold, 4.4, (ctx) => {
    ctx.moveTo(x + 2, y + 20);
    ctx.lineTo(x + 34, y + 96);
  });
  block(
    sheet,
    tones.p2,
    (ctx) => {
      ctx.moveTo(x - 28, y + 44);
      ctx.lineTo(x + 28, y + 44);
      ctx.lineTo(x + 21, y);
      ctx.lineTo(x - 21, y);
      ctx.closePath();
    },
    tones.line,
  );
  block(sheet, tones.light, (ctx) => oval(ctx, x, y + 44, 28, 6, 0));
  flat(sheet, tones.light, (ctx) => {
    limb(ctx, { x: x - 20, y: y + 40 }, 4, { x: x - 20, y: y + 22 }, 4);
    limb(ctx, { x: x - 8, y: y + 40 }, 4, { x: x - 8, y: y + 30 }, 4);
    disc(ctx, x - 20, y + 20, 5);
  });
}
