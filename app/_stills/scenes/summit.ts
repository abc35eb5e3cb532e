import { noise, polygon } from '../../_stage/shapes';
import { cheering, drawPlayer, drawRival } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { hills, orb, pressHouse, rays } from './shapes';

/** The top of the hill at sunrise. The whole road lies below, and one person got here first. */
export const summit: Scene = {
  spot: 'p1',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    const x = at(sheet, 0, 40);
    flood(sheet, tones.sky);
    rays(sheet, x, 128, tones.far, 19, 0.08);
    orb(sheet, x, 128, at(sheet, 72, 104), tones.gold, tones.p1);
    hills(sheet, tones.far, 66, 62, 84, 5);
    clouds(sheet);
    ridge(sheet);
    pressHouse(
      sheet,
      at(sheet, 80, 320),
      peakAt(sheet, at(sheet, 80, 320)) - 6,
      at(sheet, 20, 34),
      tones.line,
    );
    drawRival(sheet, {
      pose: cheering,
      x: at(sheet, 42, 150),
      y: peakAt(sheet, at(sheet, 42, 150)) - 4,
      zoom: at(sheet, 0.62, 0.84),
      facing: -1,
    });
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.stance, lean: 12, nearThigh: 36, nearKnee: 44, farThigh: -12, farKnee: 14 }),
      x: at(sheet, -46, -170),
      y: at(sheet, -30, -70),
      zoom: at(sheet, 1.06, 1.5),
      ghost: tones.p2,
      sway: { trail: 1, lift: 0, clock: 14 },
    });
    flat(sheet, tones.line, (ctx) => {
      for (let i = 0; i < 9; i += 1) {
        const gx = -frame.half + (frame.half * 2 * i) / 8 + noise(81, i) * 20;
        polygon(ctx, gx - 3, -40, gx + 3, -40, gx + 8 + noise(82, i) * 8, 14 + noise(83, i) * 12);
      }
    });
  },
};

/** The last slope: it climbs to the right. */
function peakAt(sheet: Sheet, x: number): number {
  return at(sheet, 44, 36) + x * at(sheet, 0.5, 0.22);
}

function ridge(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = -frame.half - 20;
  const right = frame.half + 20;
  block(
    sheet,
    tones.near,
    (ctx) => {
      ctx.moveTo(left, -90);
      for (let i = 0; i <= 24; i += 1) {
        const x = left + ((right - left) * i) / 24;
        ctx.lineTo(x, peakAt(sheet, x) + (noise(84, i) - 0.5) * 9);
      }
      ctx.lineTo(right, -90);
      ctx.closePath();
    },
    tones.mid,
  );
  line(sheet, tones.spot, 4, (ctx) => {
    for (let i = 0; i < 6; i += 1) {
      const x = -frame.half * 0.3 + i * at(sheet, 22, 70);
      ctx.moveTo(x, peakAt(sheet, x) - 18);
      ctx.lineTo(x + at(sheet, 13, 40), peakAt(sheet, x) - 16);
    }
  });
}

function clouds(sheet: Sheet): void {
  const { tones, frame } = sheet;
  ramp(sheet, tones.light, 112, 40, 1.6);
  flat(sheet, tones.light, (ctx) => {
    for (let i = 0; i < 7; i += 1) {
      const x = -frame.half + (frame.half * 2 * (i + noise(85, i))) / 7;
      const y = 60 + noise(86, i) * 40;
      const long = 44 + noise(87, i) * 50;
      ctx.roundRect(x, y, long, 9, 4.5);
      ctx.roundRect(x + 16, y + 8, long * 0.6, 9, 4.5);
    }
  });
}
