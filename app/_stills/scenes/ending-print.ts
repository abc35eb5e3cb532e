import { PLAYER_INKS } from '../../_stage/palette';
import { noise } from '../../_stage/shapes';
import { cheering, drawActor, playerName } from '../actor';
import type { Scene } from '../scene';
import { at, flood, line } from '../sheet';
import { setType } from '../type';
import { crowd, paper, rays } from './shapes';
import { brickWall, posterSheet } from './wall';

/** This year's poster, wet from the press, with the player on it. */
export const endingPrint: Scene = {
  spot: 'gold',
  falls: false,
  draw(sheet) {
    const { ctx, tones } = sheet;
    flood(sheet, tones.mid);
    brickWall(sheet);
    const half = at(sheet, 82, 212);
    ctx.save();
    ctx.translate(at(sheet, 0, 0), 158);
    posterSheet(sheet, half, 132);
    // Hung straight: a clip that is turned costs as much as all the rest.
    ctx.beginPath();
    ctx.rect(-half + 9, -123, half * 2 - 18, 246);
    ctx.save();
    ctx.clip();
    flood(sheet, tones.p1);
    rays(sheet, 0, -30, tones.gold, 18, 0.09);
    drawActor(sheet, {
      name: playerName(sheet),
      pose: cheering,
      x: at(sheet, -4, -122),
      y: at(sheet, -150, -168),
      zoom: at(sheet, 0.94, 1.24),
      inks: { ...PLAYER_INKS[0], cloth: tones.light, clothShade: tones.lightShade },
      worn: sheet.player.looks,
      ghost: tones.p2,
    });
    setType(sheet, sheet.language === 'ko' ? '챔피언' : 'CHAMPION', at(sheet, -2, 58), at(sheet, 80, 12), {
      size: at(sheet, 70, 150),
      fit: half * at(sheet, 1.42, 1.16),
      colour: tones.light,
      under: tones.p2,
      angle: 0.06,
    });
    ctx.restore();
    line(sheet, tones.line, 3.4, (c) => c.rect(-half + 9, -123, half * 2 - 18, 246));
    ctx.restore();
    for (let i = 0; i < 6; i += 1)
      paper(
        sheet,
        (i % 2 === 0 ? -1 : 1) * (half + 20 + noise(111, i) * at(sheet, 10, 130)),
        60 + noise(112, i) * 220,
        at(sheet, 9, 14),
        noise(113, i) * 3,
        i % 3 === 0 ? tones.p2 : tones.p1,
      );
    crowd(sheet, tones.line, -16, at(sheet, 24, 34), 21);
  },
};
