import { disc, limb, oval, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import { drawBust } from '../people/bust';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { signboard } from '../type';

/** The teahouse with the round window: the old teacher has been waiting, and does not say for how long. */
export const teahouse: Scene = {
  spot: 'good',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.mid);
    panels(sheet);
    moonWindow(sheet, at(sheet, 8, 30), 176, at(sheet, 88, 116));
    signboard(
      sheet,
      sheet.language === 'ko' ? '찻집' : 'TEA',
      at(sheet, -62, -270),
      258,
      at(sheet, 62, 100),
      40,
      {
        board: tones.p1,
        words: tones.light,
      },
    );
    drawBust(sheet, 'baek', {
      x: at(sheet, 56, 160),
      y: at(sheet, 52, 24),
      zoom: at(sheet, 1.02, 1.85),
      facing: -1,
      mood: 'calm',
    });
    drawPlayer(sheet, {
      pose: (book) => ({
        ...book.stance,
        lean: 8,
        nearArm: 38,
        nearElbow: 70,
        farArm: 30,
        farElbow: 60,
        prop: 150,
      }),
      x: at(sheet, -52, -150),
      y: at(sheet, -66, -120),
      zoom: at(sheet, 1.25, 1.75),
      ghost: tones.p2,
      sway: { trail: 0, lift: 0, clock: 0 },
    });
    table(sheet, frame.half);
  },
};

function panels(sheet: Sheet): void {
  const { tones, frame } = sheet;
  ramp(sheet, tones.near, 190, 310, 1.8);
  line(sheet, tones.line, 5, (ctx) => {
    for (let x = -Math.ceil(frame.half / 92) * 92; x < frame.half; x += 92) {
      ctx.moveTo(x, -60);
      ctx.lineTo(x, 320);
    }
  });
}

/** A round window; a branch crosses it. */
function moonWindow(sheet: Sheet, x: number, y: number, radius: number): void {
  const { ctx, tones } = sheet;
  block(sheet, tones.gold, (c) => disc(c, x, y, radius), tones.p1);
  ctx.save();
  ctx.beginPath();
  disc(ctx, x, y, radius - 2);
  ctx.clip();
  flat(sheet, tones.light, (c) => disc(c, x + radius * 0.3, y + radius * 0.24, radius * 0.42));
  line(sheet, tones.line, 8, (c) => {
    c.moveTo(x - radius * 1.1, y - radius * 0.3);
    c.quadraticCurveTo(x - radius * 0.3, y + radius * 0.1, x + radius, y + radius * 0.62);
  });
  line(sheet, tones.line, 4.4, (c) => {
    c.moveTo(x - radius * 0.4, y);
    c.quadraticCurveTo(x - radius * 0.3, y + radius * 0.4, x - radius * 0.05, y + radius * 0.62);
    c.moveTo(x + radius * 0.1, y + radius * 0.26);
    c.lineTo(x + radius * 0.5, y + radius * 0.02);
  });
  flat(sheet, tones.p1, (c) => {
    for (const [u, v] of [
      [-0.06, 0.66],
      [-0.3, 0.3],
      [0.5, 0],
      [0.34, 0.36],
      [-0.62, -0.06],
      [0.76, 0.54],
    ] as const)
      for (let i = 0; i < 5; i += 1)
        disc(c, x + u * radius + Math.cos(i * 1.257) * 6, y + v * radius + Math.sin(i * 1.257) * 6, 4.4);
  });
  ctx.restore();
  line(sheet, tones.line, 9, (c) => disc(c, x, y, radius));
}

/** The table's edge, a pot that steams, and two cups. */
function table(sheet: Sheet, half: number): void {
  const { tones } = sheet;
  block(
    sheet,
    tones.near,
    (ctx) => polygon(ctx, -half - 20, 44, half + 20, 72, half + 20, -90, -half - 20, -90),
    tones.mid,
  );
  const size = at(sheet, 0.62, 1);
  pot(sheet, at(sheet, 2, 10), at(sheet, 38, 58), size);
  for (const cup of [at(sheet, -46, -70), at(sheet, 62, 92)]) {
    const y = at(sheet, 40, 58);
    block(
      sheet,
      tones.light,
      (ctx) =>
        polygon(
          ctx,
          cup - 15 * size,
          y + 22 * size,
          cup + 15 * size,
          y + 22 * size,
          cup + 9 * size,
          y,
          cup - 9 * size,
          y,
        ),
      tones.lightShade,
    );
  }
}

/** The pot, (x, y) the middle of its foot, and what rises from it. */
function pot(sheet: Sheet, x: number, y: number, size: number): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  line(sheet, tones.light, 4, (c) => {
    for (let i = 0; i < 3; i += 1) {
      const from = i * 13 - 12;
      c.moveTo(from, 70);
      c.bezierCurveTo(from - 14, 88, from + 16, 102, from, 124 + i * 6);
    }
  });
  block(
    sheet,
    tones.p2,
    (c) => {
      oval(c, 0, 28, 34, 28, 0);
      limb(c, { x: 26, y: 26 }, 9, { x: 52, y: 48 }, 4);
    },
    tones.line,
  );
  line(sheet, tones.line, 6, (c) => c.arc(-34, 34, 17, 1.2, 5));
  block(sheet, tones.p2, (c) => {
    oval(c, 0, 54, 17, 5, 0);
    disc(c, 0, 62, 5);
  });
  ctx.restore();
}
