import { noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { signboard } from '../type';
import { crate, crowd, lantern, tiledRoof } from './shapes';

/** The market street in the evening: two rows of stalls run away from the viewer under one line of lanterns. */
export const market: Scene = {
  spot: 'gold',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    const end = at(sheet, 4, 20);
    flood(sheet, tones.sky);
    ramp(sheet, tones.spot, 260, 96, 2);
    tiledRoof(sheet, end, 152, at(sheet, 62, 92), 44, tones.mid, tones.line);
    block(sheet, tones.near, (ctx) => ctx.rect(end - 44, 60, 88, 96));
    flat(sheet, tones.spot, (ctx) => ctx.rect(end - 22, 60, 44, 74));
    crowd(sheet, tones.mid, 92, 15, 3);
    stalls(sheet, end, -1);
    stalls(sheet, end, 1);
    flat(sheet, tones.near, (ctx) => {
      polygon(ctx, end - 60, 74, end + 60, 74, frame.half + 300, -90, -frame.half - 300, -90);
    });
    ramp(sheet, tones.mid, -20, 70, 1.8);
    lights(sheet, end);
    crate(sheet, at(sheet, 40, 190), -14, at(sheet, 46, 66), tones.p1, tones.line);
    crate(sheet, at(sheet, 56, 226), at(sheet, 23, 39), at(sheet, 40, 54), tones.light, tones.lightShade);
    const board = sheet.language === 'ko' ? '강아랫장' : 'LOW MARKET';
    signboard(sheet, board, at(sheet, 42, 220), at(sheet, 226, 216), at(sheet, 104, 230), 46, {
      board: tones.p1,
      words: tones.light,
    });
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.stance, nearThigh: 22, farThigh: -18, farKnee: 16, nearKnee: 18, lean: 7 }),
      x: at(sheet, -34, -170),
      y: at(sheet, -34, -76),
      zoom: at(sheet, 1.15, 1.58),
      ghost: tones.p2,
    });
  },
};

/** Awnings on one side, smaller towards the end of the street. */
function stalls(sheet: Sheet, end: number, side: 1 | -1): void {
  const { tones, frame } = sheet;
  const reach = frame.half + 60;
  for (let i = 0; i < 4; i += 1) {
    const a = (i / 4) ** 0.8;
    const b = ((i + 1) / 4) ** 0.8;
    const far = end + side * (58 + a * (reach - 58));
    const near = end + side * (58 + b * (reach - 58));
    const topFar = 150 + a * 46;
    const topNear = 150 + b * 46;
    block(sheet, tones.near, (ctx) =>
      polygon(ctx, far, topFar - 30, near, topNear - 24, near, 60 - b * 140, far, 70 - a * 130),
    );
    const drop = 26 + a * 20;
    const cloth = i % 2 === 0 ? tones.light : tones.p1;
    block(
      sheet,
      cloth,
      (ctx) => {
        ctx.moveTo(far, topFar + 14);
        ctx.lineTo(near, topNear + 26);
        ctx.lineTo(near - side * 16, topNear - drop);
        for (let k = 4; k > 0; k -= 1) {
          const x = far - side * 10 + ((near - far) * k) / 4;
          const y = topFar - drop + ((topNear - topFar) * k) / 4;
          const back = far - side * 10 + ((near - far) * (k - 1)) / 4;
          ctx.quadraticCurveTo((x + back) / 2, y - 17, back, y);
        }
        ctx.closePath();
      },
      i % 2 === 0 ? tones.lightShade : tones.line,
    );
    flat(sheet, tones.spot, (ctx) => {
      for (let k = 0; k < 3; k += 1) {
        const x = far + ((near - far) * (k + 0.6)) / 3.4;
        ctx.rect(x, 84 - b * 60 + noise(i, k) * 12, 12 + a * 12, 16 + a * 8);
      }
    });
  }
}

/** One line of lanterns from the upper corner to the end of the street. */
function lights(sheet: Sheet, end: number): void {
  const { tones, frame } = sheet;
  const left = -frame.half - 20;
  line(sheet, tones.line, 2.6, (ctx) => {
    ctx.moveTo(left, 318);
    ctx.quadraticCurveTo(end - 60, 214, end + 4, 208);
  });
  for (let i = 0; i < 6; i += 1) {
    const t = 0.1 + i * 0.16;
    const back = 1 - t;
    const x = back * back * left + 2 * t * back * (end - 60) + t * t * (end + 4);
    const y = back * back * 318 + 2 * t * back * 214 + t * t * 208;
    lantern(sheet, x, y, 19 - i * 2.3, i % 2 === 0 ? tones.light : tones.gold, tones.p1);
  }
}
