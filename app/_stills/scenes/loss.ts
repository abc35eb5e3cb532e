import { noise, oval, polygon } from '../../_stage/shapes';
import { drawPlayer, sitting } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp } from '../sheet';
import { setType } from '../type';
import { paper } from './shapes';

/** Beaten: the light is on somebody who sits, and yesterday's paper comes down. */
export const loss: Scene = {
  spot: 'p2',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    const x = at(sheet, 0, 60);
    flood(sheet, tones.mid);
    flat(sheet, sheet.pen.halftone.dots(tones.light, 0.2), (ctx) =>
      polygon(ctx, x - 190, 330, x - 130, 330, x + 128, 20, x - 112, 20),
    );
    setType(sheet, sheet.language === 'ko' ? '졌다' : 'BEATEN', at(sheet, 0, -30), at(sheet, 216, 172), {
      size: at(sheet, 104, 230),
      fit: at(sheet, 176, 640),
      colour: tones.sky,
      angle: 0.05,
    });
    ramp(sheet, tones.near, 150, 0, 1.8);
    block(sheet, tones.near, (ctx) => ctx.rect(-frame.half - 20, -190, frame.half * 2 + 40, 222));
    flat(sheet, tones.sky, (ctx) => oval(ctx, x, 24, at(sheet, 92, 150), 17, 0));
    line(sheet, tones.line, 3, (ctx) => oval(ctx, x, 24, at(sheet, 92, 150), 17, 0));
    drawPlayer(sheet, {
      pose: sitting,
      x: x - at(sheet, 20, 26),
      y: 18,
      zoom: at(sheet, 1.02, 1.34),
      ghost: tones.p1,
      sway: { trail: 0, lift: 0, clock: 0 },
    });
    const count = Math.round(at(sheet, 7, 12));
    for (let i = 0; i < count; i += 1) {
      const fallX = -frame.half + (frame.half * 2 * (i + 0.2 + noise(101, i) * 0.6)) / count;
      // None comes down over the face.
      const isNear = Math.abs(fallX - x) < at(sheet, 62, 96);
      // On a narrow sheet they would all come down over the word.
      if (isNear && frame.wide < 0.3) continue;
      const lowest = isNear ? at(sheet, 212, 246) : 92;
      paper(
        sheet,
        fallX,
        i % 4 === 0 && !isNear ? 30 : lowest + noise(102, i + sheet.seed) * (282 - lowest),
        at(sheet, 11, 16) + noise(103, i) * 6,
        noise(104, i) * 3 - 1.5,
        i % 2 === 0 ? tones.p1 : tones.gold,
      );
    }
  },
};
