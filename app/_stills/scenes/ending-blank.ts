import { disc, oval, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line } from '../sheet';
import { brickWall, brushAndPail, posterSheet } from './wall';

/** Nobody stands on it this year. It is the most looked-at poster that the city ever hung. */
export const endingBlank: Scene = {
  spot: 'p1',
  falls: true,
  draw(sheet) {
    const { ctx, tones } = sheet;
    flood(sheet, tones.mid);
    brickWall(sheet);
    ctx.save();
    ctx.translate(at(sheet, 18, 60), 172);
    ctx.rotate(-0.03);
    const half = at(sheet, 66, 104);
    posterSheet(sheet, half, 122);
    line(sheet, tones.lightShade, 2.6, (c) => c.rect(-half + 10, -112, half * 2 - 20, 224));
    flat(sheet, tones.p1, (c) => disc(c, half - 26, -94, 9));
    ctx.restore();
    flat(sheet, sheet.pen.halftone.dots(tones.gold, 0.2), (c) =>
      polygon(
        c,
        at(sheet, 10, 330),
        330,
        at(sheet, 120, 470),
        330,
        at(sheet, -30, 30),
        -20,
        at(sheet, -150, -250),
        -20,
      ),
    );
    block(sheet, tones.near, (c) => c.rect(-sheet.frame.half - 20, -190, sheet.frame.half * 2 + 40, 208));
    brushAndPail(sheet, at(sheet, 70, 220), 14);
    drawPlayer(sheet, {
      pose: (book) => ({
        ...book.stance,
        lean: 6,
        head: 6,
        nearThigh: 24,
        farThigh: -20,
        nearKnee: 12,
        farKnee: 22,
      }),
      x: at(sheet, -40, -200),
      y: at(sheet, -4, -14),
      zoom: at(sheet, 0.84, 1.22),
      facing: -1,
      ghost: tones.p2,
      sway: { trail: 0.5, lift: 0, clock: 18 },
    });
    flat(sheet, tones.line, (c) => oval(c, at(sheet, 70, 220), 14, 30, 4, 0));
  },
};
