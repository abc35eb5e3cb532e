import { disc, noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, type Sheet } from '../sheet';
import { rays } from './shapes';

/** The quarry: steps of cut stone climb the diagonal, and one block hangs from the crane. */
export const quarry: Scene = {
  spot: 'p1',
  falls: true,
  draw(sheet) {
    const { tones } = sheet;
    flood(sheet, tones.sky);
    rays(sheet, at(sheet, 30, 60), 90, tones.far, 15, 0.1);
    steps(sheet);
    crane(sheet);
    rubble(sheet);
    drawPlayer(sheet, {
      pose: (book) => book.strikes[1].hit,
      x: at(sheet, -48, -130),
      y: at(sheet, -30, -70),
      zoom: at(sheet, 1.08, 1.55),
      ghost: tones.p2,
    });
  },
};

/** Three walls of blocks, the farthest the highest. */
function steps(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const fills = [tones.far, tones.mid, tones.near];
  for (let row = 0; row < 3; row += 1) {
    const left = at(sheet, 10 - row * 46, 20 - row * 130);
    const step = at(sheet, 44, 92);
    for (let i = 0; i * step < frame.half * 2 + step; i += 1) {
      const x = left + i * step;
      const top = 122 - row * 44 + i * (34 - row * 5);
      block(
        sheet,
        fills[row] ?? tones.mid,
        (ctx) => {
          polygon(ctx, x, -90, x + step, -90, x + step, top, x, top + noise(41, i + row * 9) * 6);
        },
        tones.line,
      );
      line(sheet, tones.line, 2.2, (ctx) => {
        for (let k = 1; k < 4; k += 1) {
          const y = top - k * 36 + noise(42, k + i) * 8;
          ctx.moveTo(x, y);
          ctx.lineTo(x + step * (0.4 + noise(43, k + i) * 0.6), y);
        }
      });
      flat(sheet, tones.light, (ctx) =>
        polygon(ctx, x + 3, top, x + step - 3, top, x + step - 9, top - 5, x + 6, top - 5),
      );
    }
  }
}

/** A mast with an arm; a block hangs over the path. */
function crane(sheet: Sheet): void {
  const { tones } = sheet;
  const foot = at(sheet, 92, 330);
  const tip = at(sheet, -4, 60);
  line(sheet, tones.line, 11, (ctx) => {
    ctx.moveTo(foot, 100);
    ctx.lineTo(foot, 262);
    ctx.moveTo(foot + 14, 236);
    ctx.lineTo(tip - 10, 290);
  });
  line(sheet, tones.gold, 4.6, (ctx) => {
    ctx.moveTo(foot, 100);
    ctx.lineTo(foot, 262);
    ctx.moveTo(foot + 14, 236);
    ctx.lineTo(tip - 10, 290);
  });
  const bottom = at(sheet, 236, 170);
  line(sheet, tones.line, 3, (ctx) => {
    ctx.moveTo(tip, 288);
    ctx.lineTo(tip, bottom + 22);
    ctx.moveTo(tip - 30, bottom);
    ctx.lineTo(tip, bottom + 24);
    ctx.lineTo(tip + 30, bottom);
  });
  const size = at(sheet, 0.72, 1);
  block(
    sheet,
    tones.light,
    (ctx) =>
      polygon(
        ctx,
        tip - 42 * size,
        bottom,
        tip + 42 * size,
        bottom + 3,
        tip + 39 * size,
        bottom - 58 * size,
        tip - 44 * size,
        bottom - 60 * size,
      ),
    tones.lightShade,
  );
  line(sheet, tones.p1, 4.4 * size, (ctx) => {
    // A mason's mark: the first letter of Bawi's name, cut into a ring.
    const x = tip - 1;
    const y = bottom - 29 * size;
    ctx.moveTo(x + 23 * size, y);
    ctx.arc(x, y, 23 * size, 0, Math.PI * 2);
    ctx.moveTo(x - 9 * size, y + 12 * size);
    ctx.lineTo(x - 9 * size, y - 11 * size);
    ctx.lineTo(x + 9 * size, y - 11 * size);
    ctx.lineTo(x + 9 * size, y + 12 * size);
    ctx.moveTo(x - 9 * size, y + 1 * size);
    ctx.lineTo(x + 9 * size, y + 1 * size);
  });
}

function rubble(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const x = at(sheet, 36, 20);
  block(sheet, tones.near, (ctx) =>
    polygon(
      ctx,
      -frame.half - 20,
      -90,
      -frame.half - 20,
      46,
      -frame.half * 0.5,
      30,
      x,
      12,
      frame.half,
      -6,
      frame.half,
      -90,
    ),
  );
  flat(sheet, tones.light, (ctx) => {
    for (let i = 0; i < 16; i += 1) {
      const far = 18 + i * 7;
      const angle = 0.15 + noise(44, i) * 1.3;
      disc(ctx, x + Math.cos(angle) * far, 60 + Math.sin(angle) * far, 1.6 + noise(45, i) * 4);
    }
  });
}
