import { polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setType } from '../type';
import { rays, tiledRoof } from './shapes';

/** The gate of the upper town: two roofs, one wing ajar, and light that falls out across the steps. */
export const gate: Scene = {
  spot: 'p1',
  falls: true,
  draw(sheet) {
    const { tones } = sheet;
    const x = at(sheet, 10, 60);
    flood(sheet, tones.sky);
    rays(sheet, x, 120, tones.far, 17, 0.06);
    banners(sheet, x);
    wall(sheet, x);
    doors(sheet, x);
    tiledRoof(sheet, x, 196, at(sheet, 112, 196), 46, tones.near, tones.mid);
    block(sheet, tones.mid, (ctx) => ctx.rect(x - at(sheet, 52, 96), 248, at(sheet, 104, 192), 14));
    tiledRoof(sheet, x, 258, at(sheet, 92, 164), 34, tones.near, tones.mid);
    board(sheet, x);
    steps(sheet, x);
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.stance, lean: 2, head: -6 }),
      x: at(sheet, -50, -150),
      y: at(sheet, -34, -80),
      zoom: at(sheet, 1, 1.45),
      ghost: tones.p2,
    });
  },
};

function banners(sheet: Sheet, x: number): void {
  const { tones } = sheet;
  for (const side of [-1, 1]) {
    const bx = x + side * at(sheet, 92, 270);
    line(sheet, tones.line, 5, (ctx) => {
      ctx.moveTo(bx, 0);
      ctx.lineTo(bx, 292);
    });
    block(
      sheet,
      side < 0 ? tones.p2 : tones.gold,
      (ctx) => {
        ctx.moveTo(bx, 288);
        ctx.lineTo(bx + 46, 282);
        ctx.quadraticCurveTo(bx + 36, 220, bx + 52, 158);
        ctx.lineTo(bx + 27, 172);
        ctx.lineTo(bx, 150);
        ctx.closePath();
      },
      tones.line,
    );
  }
}

function wall(sheet: Sheet, x: number): void {
  const { tones, frame } = sheet;
  block(sheet, tones.mid, (ctx) => ctx.rect(-frame.half - 20, -60, frame.half * 2 + 40, 178), tones.line);
  line(sheet, tones.line, 2.4, (ctx) => {
    for (let row = 0; row < 5; row += 1) {
      const y = 18 + row * 24;
      ctx.moveTo(-frame.half - 10, y);
      ctx.lineTo(frame.half + 10, y);
      for (let k = -Math.ceil(frame.half / 44); k * 44 < frame.half; k += 1) {
        ctx.moveTo(k * 44 + (row % 2) * 22, y);
        ctx.lineTo(k * 44 + (row % 2) * 22, y + 24);
      }
    }
  });
  const half = at(sheet, 74, 126);
  block(sheet, tones.near, (ctx) => ctx.rect(x - half, -60, half * 2, 262), tones.mid);
}

/** Two wings with studs; the right one stands ajar. */
function doors(sheet: Sheet, x: number): void {
  const { tones } = sheet;
  const half = at(sheet, 52, 88);
  flat(sheet, tones.gold, (ctx) => ctx.rect(x - half, -60, half * 2, 232));
  ramp(sheet, tones.p1, 60, 180, 1.4, x - half, x + half);
  block(sheet, tones.p1, (ctx) => ctx.rect(x - half, -60, half * 0.92, 232), tones.line);
  block(
    sheet,
    tones.p1,
    (ctx) => polygon(ctx, x + half, -60, x + half, 172, x + half * 0.46, 152, x + half * 0.46, -60),
    tones.line,
  );
  flat(sheet, tones.gold, (ctx) => {
    for (let row = 0; row < 6; row += 1)
      for (let k = 0; k < 3; k += 1)
        ctx.rect(x - half * 0.84 + k * half * 0.3, 6 + row * 28, half * 0.09, half * 0.09);
  });
  line(sheet, tones.line, 5, (ctx) => ctx.rect(x - half, -60, half * 2, 232));
}

function board(sheet: Sheet, x: number): void {
  const { tones } = sheet;
  const half = at(sheet, 44, 66);
  block(sheet, tones.line, (ctx) => ctx.rect(x - half, 172, half * 2, 36));
  line(sheet, tones.gold, 2.6, (ctx) => ctx.rect(x - half + 4, 176, half * 2 - 8, 28));
  setType(sheet, sheet.language === 'ko' ? '오름문' : 'HILL GATE', x, 190, {
    size: 25,
    colour: tones.light,
    fit: half * 1.7,
  });
}

/** The light falls out over the steps. */
function steps(sheet: Sheet, x: number): void {
  const { tones, frame } = sheet;
  for (let i = 0; i < 4; i += 1) {
    const half = at(sheet, 70, 120) + i * at(sheet, 18, 44);
    block(sheet, tones.mid, (ctx) => ctx.rect(x - half, -90, half * 2, 130 - i * 17));
  }
  flat(sheet, tones.gold, (ctx) =>
    polygon(
      ctx,
      x - 4,
      40,
      x + at(sheet, 22, 40),
      40,
      x - at(sheet, 20, 150),
      -90,
      x - at(sheet, 130, frame.half),
      -90,
    ),
  );
}
