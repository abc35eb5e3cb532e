import { disc } from '../../_stage/shapes';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setType } from '../type';
import { rays } from './shapes';

/** One brass coin with a square hole, and the question that every arcade asks. */
export const coin: Scene = {
  spot: 'gold',
  falls: true,
  draw(sheet) {
    const { tones } = sheet;
    const x = at(sheet, 0, 0);
    const y = at(sheet, 186, 196);
    flood(sheet, tones.mid);
    rays(sheet, x, y, tones.far, 22, 0.07);
    ramp(sheet, tones.near, 190, -10, 2);
    ghosts(sheet, x, y);
    brass(sheet, x, y, at(sheet, 70, 84));
    setType(sheet, sheet.language === 'ko' ? '계속할까?' : 'CONTINUE?', x, at(sheet, 80, 82), {
      size: at(sheet, 62, 112),
      fit: at(sheet, 176, 620),
      colour: tones.light,
      under: tones.p1,
      angle: -0.05,
    });
  },
};

/** Where it was a moment ago: it falls from the upper left. */
function ghosts(sheet: Sheet, x: number, y: number): void {
  const { tones } = sheet;
  for (let i = 3; i > 0; i -= 1)
    line(sheet, i === 1 ? tones.p1 : tones.gold, 5 - i, (ctx) =>
      disc(ctx, x - i * at(sheet, 22, 62), y + i * 30, at(sheet, 70, 84) * (1 - i * 0.1)),
    );
}

function brass(sheet: Sheet, x: number, y: number, radius: number): void {
  const { ctx, tones } = sheet;
  const turn = 0.22 + (1 - sheet.settled) * 0.4;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-turn);
  block(sheet, tones.p1, (c) => disc(c, 7, -7, radius));
  block(sheet, tones.gold, (c) => disc(c, 0, 0, radius), tones.p1);
  line(sheet, tones.line, 3.4, (c) => disc(c, 0, 0, radius * 0.84));
  const hole = radius * 0.26;
  block(sheet, tones.near, (c) => c.rect(-hole, -hole, hole * 2, hole * 2));
  line(sheet, tones.line, 3.4, (c) => c.rect(-hole * 1.3, -hole * 1.3, hole * 2.6, hole * 2.6));
  for (let i = 0; i < 4; i += 1) {
    ctx.save();
    ctx.rotate((i * Math.PI) / 2);
    ctx.translate(0, radius * 0.59);
    mark(sheet, i, radius * 0.15);
    ctx.restore();
  }
  flat(sheet, tones.light, (c) => {
    c.arc(0, 0, radius * 0.94, 2, 2.9);
    c.arc(0, 0, radius * 0.89, 2.9, 2, true);
  });
  ctx.restore();
}

/** A mark as on old coins, one on each side of the hole. */
function mark(sheet: Sheet, kind: number, size: number): void {
  line(sheet, sheet.tones.line, size * 0.34, (ctx) => {
    ctx.moveTo(-size, size * 0.8);
    ctx.lineTo(size, size * 0.8);
    if (kind % 2 === 0) {
      ctx.moveTo(-size * 0.8, 0);
      ctx.lineTo(size * 0.8, 0);
      ctx.moveTo(0, size * 0.8);
      ctx.lineTo(0, -size);
    } else {
      ctx.moveTo(-size * 0.7, -size * 0.8);
      ctx.lineTo(-size * 0.7, size * 0.3);
      ctx.lineTo(size * 0.7, size * 0.3);
      ctx.lineTo(size * 0.7, -size * 0.8);
    }
    ctx.moveTo(-size, -size);
    ctx.lineTo(size, -size);
  });
}
