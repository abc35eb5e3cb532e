import { noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { setType } from '../type';
import { rays } from './shapes';

/** One stone, two names. */
export const endingStone: Scene = {
  spot: 'good',
  falls: false,
  draw(sheet) {
    const { tones } = sheet;
    const x = at(sheet, 46, 180);
    flood(sheet, tones.sky);
    rays(sheet, x, 150, tones.far, 16, 0.1);
    ramp(sheet, tones.mid, 150, 20, 2);
    // Behind the stone: no chip lies on the names.
    flat(sheet, tones.light, (ctx) => {
      const cx = at(sheet, 6, 40);
      for (let i = 0; i < 18; i += 1) {
        const angle = noise(131, i) * Math.PI * 2;
        const far = 8 + noise(132, i) * 52;
        polygon(
          ctx,
          cx + Math.cos(angle) * far,
          150 + Math.sin(angle) * far,
          cx + Math.cos(angle + 0.1) * (far + 8),
          150 + Math.sin(angle + 0.1) * (far + 8),
          cx + Math.cos(angle - 0.16) * (far + 5),
          150 + Math.sin(angle - 0.16) * (far + 5),
        );
      }
    });
    stele(sheet, x);
    block(
      sheet,
      tones.near,
      (ctx) =>
        polygon(
          ctx,
          -sheet.frame.half - 20,
          30,
          sheet.frame.half + 20,
          52,
          sheet.frame.half + 20,
          -90,
          -sheet.frame.half - 20,
          -90,
        ),
      tones.mid,
    );
    drawPlayer(sheet, {
      pose: (book) => book.strikes[0].hit,
      x: at(sheet, -58, -150),
      y: at(sheet, -30, -70),
      zoom: at(sheet, 0.92, 1.5),
      ghost: tones.p2,
    });
  },
};

function stele(sheet: Sheet, x: number): void {
  const { tones } = sheet;
  const half = at(sheet, 56, 132);
  block(
    sheet,
    tones.light,
    (ctx) => {
      ctx.moveTo(x - half, -60);
      ctx.lineTo(x - half * 0.94, 236);
      ctx.quadraticCurveTo(x - half * 0.5, 276, x + half * 0.1, 268);
      ctx.quadraticCurveTo(x + half * 0.7, 270, x + half * 0.96, 226);
      ctx.lineTo(x + half * 1.04, -60);
      ctx.closePath();
    },
    tones.lightShade,
  );
  const names = sheet.language === 'ko' ? ['가람', '바위'] : ['GARAM', 'BAWI'];
  for (const [i, name] of names.entries()) {
    const y = at(sheet, 232, 214) - i * at(sheet, 50, 88);
    const setting = { size: at(sheet, 42, 84), fit: half * 1.6, angle: 0.02 };
    // Cut into the stone: light on the lower edge, ink above.
    setType(sheet, name, x + 2.4, y - 2.6, { ...setting, colour: tones.lightShade });
    setType(sheet, name, x, y, { ...setting, colour: i === 0 ? tones.p1 : tones.p2 });
  }
  line(sheet, tones.line, 2.4, (ctx) => {
    ctx.moveTo(x + half * 1.02, 84);
    ctx.lineTo(x + half * 0.72, 66);
    ctx.lineTo(x + half * 0.76, 40);
    ctx.moveTo(x - half * 0.97, 96);
    ctx.lineTo(x - half * 0.7, 82);
  });
}
