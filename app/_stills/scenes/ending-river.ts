import { limb, noise, oval } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, ramp, type Sheet, slipOf } from '../sheet';
import { orb } from './shapes';

/** The ink goes into the river; the river takes it as it takes everything. */
export const endingRiver: Scene = {
  spot: 'p2',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    const x = at(sheet, 34, 150);
    flood(sheet, tones.near);
    ramp(sheet, tones.sky, 180, 320, 2);
    orb(sheet, x, 236, at(sheet, 40, 54), tones.light, tones.lightShade);
    flat(sheet, tones.far, (ctx) => {
      ctx.moveTo(-frame.half - 10, 172);
      for (let i = 0; i <= 18; i += 1)
        ctx.lineTo(-frame.half - 10 + ((frame.half * 2 + 20) * i) / 18, 172 + noise(121, i) * 34);
      ctx.lineTo(frame.half + 10, 150);
      ctx.lineTo(-frame.half - 10, 150);
    });
    flat(sheet, tones.spot, (ctx) => ctx.rect(-frame.half - 10, -190, frame.half * 2 + 20, 358));
    ramp(sheet, tones.near, 168, 40, 2);
    flat(sheet, tones.light, (ctx) => {
      for (let i = 0; i < 8; i += 1) {
        const wide = 22 + noise(122, i) * 44 * (1 - i / 9);
        ctx.rect(x - wide / 2 + noise(123, i) * 14, 156 - i * 17, wide, 4);
      }
    });
    spill(sheet, 1, tones.line);
    spill(sheet, 0.45, tones.p1);
    const bank = at(sheet, -4, -90);
    block(
      sheet,
      tones.near,
      (ctx) => {
        ctx.moveTo(-frame.half - 20, 66);
        ctx.quadraticCurveTo(bank - 40, 62, bank + 24, 28);
        ctx.lineTo(bank + 60, -90);
        ctx.lineTo(-frame.half - 20, -90);
        ctx.closePath();
      },
      tones.mid,
    );
    drawPlayer(sheet, {
      pose: (book) => ({
        ...book.stance,
        lean: 30,
        head: 4,
        nearArm: 66,
        nearElbow: 14,
        prop: -70,
        farArm: 58,
        farElbow: 20,
      }),
      x: at(sheet, -58, -210),
      y: at(sheet, 10, -10),
      zoom: at(sheet, 0.98, 1.3),
      ghost: tones.spot,
      sway: { trail: 0.5, lift: 0, clock: 8 },
    });
    jar(sheet, at(sheet, 18, -66), at(sheet, 118, 126));
  },
};

/** Ink from the jar: it falls as a thread, and the current draws it out into one long bend. */
function spill(sheet: Sheet, share: number, fill: string): void {
  const x = at(sheet, 28, -50);
  const end = sheet.frame.half + 30;
  const wide = at(sheet, 13, 22) * share;
  const slip = slipOf(sheet) * (1 - share);
  flat(sheet, fill, (ctx) => {
    limb(
      ctx,
      { x: x + slip, y: at(sheet, 108, 112) },
      5 * share + 1,
      { x: x + 2 + slip, y: 74 },
      8 * share + 1,
    );
    const steps = 30;
    for (let k = 0; k <= steps * 2 + 1; k += 1) {
      const isBack = k > steps;
      const t = (isBack ? steps * 2 + 1 - k : k) / steps;
      const half =
        wide * (1 - 0.85 * t ** 4) * (0.5 + Math.sin(Math.PI * t ** 0.7) + 0.16 * Math.sin(t * 40));
      const px = x - 16 + (end - x + 16) * t;
      const py = 74 - Math.sin(t * 4.4) * at(sheet, 16, 26) * (1 - t * 0.3) + t * 34;
      if (k === 0) ctx.moveTo(px, py + half);
      else ctx.lineTo(px, py + (isBack ? -half : half) * 0.7);
    }
    ctx.closePath();
    for (let i = 0; i < 7; i += 1) {
      const t = 0.16 + i * 0.12;
      oval(
        ctx,
        x + (end - x) * t,
        74 - Math.sin(t * 4.4) * 20 + t * 34 + (i % 2 === 0 ? 1 : -1) * wide * (1.7 + noise(124, i)),
        wide * (0.3 + noise(125, i) * 0.5),
        wide * 0.22,
        0,
      );
    }
  });
}

/** The teacher's jar, turned over. */
function jar(sheet: Sheet, x: number, y: number): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-2.2);
  block(
    sheet,
    tones.gold,
    (c) => {
      c.roundRect(-17, -14, 34, 34, 9);
      c.rect(-9, 18, 18, 12);
    },
    tones.p1,
  );
  flat(sheet, tones.light, (c) => c.rect(-11, -6, 22, 15));
  ctx.restore();
}
