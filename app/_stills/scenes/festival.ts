import { burst, noise } from '../../_stage/shapes';
import { cheering, drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setType } from '../type';
import { crowd, lantern, orb } from './shapes';

/** The night before the last fight: fire in the sky, and everybody who was beaten is somewhere in the crowd. */
export const festival: Scene = {
  spot: 'p2',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.far);
    ramp(sheet, tones.sky, 320, 60, 2);
    fireworks(sheet);
    streamers(sheet);
    setType(sheet, sheet.language === 'ko' ? '봄판' : 'SPRING PRINT', at(sheet, 4, 90), at(sheet, 262, 226), {
      size: at(sheet, 66, 112),
      fit: at(sheet, 168, 470),
      colour: tones.gold,
      under: tones.p1,
      angle: 0.09,
    });
    crowd(sheet, tones.mid, 74, 26, 4);
    crowd(sheet, tones.near, 38, 34, 9);
    for (let i = 0; i < 5; i += 1)
      lantern(
        sheet,
        -frame.half + (frame.half * 2 * (i + 0.5)) / 5,
        at(sheet, 214, 226) - noise(71, i) * 60,
        at(sheet, 10, 16),
        i % 2 === 0 ? tones.gold : tones.light,
        tones.p1,
      );
    drawPlayer(sheet, {
      pose: cheering,
      x: at(sheet, -40, -250),
      y: at(sheet, -64, -74),
      zoom: at(sheet, 1, 1.3),
      ghost: tones.gold,
    });
    crowd(sheet, tones.line, -22, 40, 14);
  },
};

function fireworks(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const colours = [tones.p1, tones.gold, tones.light, tones.p2];
  for (let i = 0; i < 5; i += 1) {
    const x = (noise(72, i + (sheet.seed % 7)) * 1.8 - 0.9) * frame.half;
    const y = 168 + noise(73, i) * 110;
    const size = 26 + noise(74, i) * 36;
    const colour = colours[i % colours.length] ?? tones.gold;
    line(sheet, colour, 3.4, (ctx) => {
      for (let k = 0; k < 16; k += 1) {
        const angle = (k / 16) * Math.PI * 2 + i;
        const near = size * (0.34 + (k % 2) * 0.14);
        ctx.moveTo(x + Math.cos(angle) * near, y + Math.sin(angle) * near);
        ctx.lineTo(x + Math.cos(angle) * size, y + Math.sin(angle) * size);
      }
    });
    flat(sheet, colour, (ctx) => burst(ctx, x, y, size * 0.1, size * 0.26, 8, i));
  }
  orb(sheet, -frame.half * 0.62, 262, at(sheet, 15, 24), tones.light, tones.lightShade);
}

/** Two streamers from corner to corner. */
function streamers(sheet: Sheet): void {
  const { tones, frame } = sheet;
  for (const [from, to, fill] of [
    [304, 150, tones.p1],
    [318, 184, tones.gold],
  ] as const) {
    line(sheet, tones.line, 2.4, (ctx) => {
      ctx.moveTo(-frame.half, from);
      ctx.quadraticCurveTo(0, to - 20, frame.half, to + 34);
    });
    flat(sheet, fill, (ctx) => {
      const count = Math.round(8 + frame.half / 22);
      for (let i = 0; i < count; i += 1) {
        const t = (i + 0.5) / count;
        const back = 1 - t;
        const x = -frame.half * back * back + frame.half * t * t;
        const y = from * back * back + 2 * t * back * (to - 20) + (to + 34) * t * t;
        ctx.moveTo(x - 7, y);
        ctx.lineTo(x + 7, y - 1);
        ctx.lineTo(x + 1, y - 19);
      }
    });
  }
}
