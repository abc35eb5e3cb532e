import { disc, noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { signboard } from '../type';
import { paper } from './shapes';

/** The great press: two drums, a wheel, and a web of paper that runs from corner to corner. */
export const pressHall: Scene = {
  spot: 'gold',
  falls: false,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.mid);
    windows(sheet);
    ramp(sheet, tones.near, 120, -20, 1.8);
    wheel(sheet, at(sheet, 66, 270), at(sheet, 150, 132), at(sheet, 74, 122));
    press(sheet);
    web(sheet);
    signboard(
      sheet,
      sheet.language === 'ko' ? '인쇄소' : 'PRESS HOUSE',
      at(sheet, 30, 40),
      at(sheet, 262, 258),
      at(sheet, 128, 250),
      50,
      { board: tones.line, words: tones.gold },
    );
    flat(sheet, tones.near, (ctx) => ctx.rect(-frame.half - 10, -190, frame.half * 2 + 20, 200));
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.stance, lean: -2, head: -8 }),
      x: at(sheet, -50, -210),
      y: at(sheet, -40, -80),
      zoom: at(sheet, 1.08, 1.55),
      ghost: tones.p2,
    });
    for (let i = 0; i < 4; i += 1)
      paper(
        sheet,
        at(sheet, -70 + i * 52, -330 + i * 190),
        at(sheet, 214, 196) - noise(61, i) * 60 + (i % 2) * 30,
        at(sheet, 13, 19),
        noise(62, i) * 2.4 - 1.2,
        i % 2 === 0 ? tones.p1 : tones.p2,
      );
  },
};

function windows(sheet: Sheet): void {
  const { tones, frame } = sheet;
  for (let x = -Math.ceil(frame.half / 86) * 86; x < frame.half; x += 86) {
    block(sheet, tones.sky, (ctx) => {
      ctx.moveTo(x + 12, 150);
      ctx.lineTo(x + 68, 150);
      ctx.lineTo(x + 68, 256);
      ctx.arc(x + 40, 256, 28, 0, Math.PI);
      ctx.closePath();
    });
    line(sheet, tones.line, 2.8, (ctx) => {
      ctx.moveTo(x + 40, 150);
      ctx.lineTo(x + 40, 284);
      for (const y of [184, 220, 256]) {
        ctx.moveTo(x + 12, y);
        ctx.lineTo(x + 68, y);
      }
    });
  }
}

/** The driving wheel, with teeth. */
function wheel(sheet: Sheet, x: number, y: number, radius: number): void {
  const { ctx, tones } = sheet;
  const turn = -0.3 * (1 - sheet.settled);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  block(
    sheet,
    tones.p1,
    (c) => {
      const teeth = 18;
      for (let i = 0; i < teeth * 4; i += 1) {
        const angle = (i / (teeth * 4)) * Math.PI * 2;
        const reach = i % 4 < 2 ? radius : radius * 0.88;
        if (i === 0) c.moveTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
        else c.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
      }
      c.closePath();
    },
    tones.line,
  );
  block(sheet, tones.near, (c) => disc(c, 0, 0, radius * 0.68));
  line(sheet, tones.line, radius * 0.2, (c) => {
    for (let i = 0; i < 3; i += 1) {
      const angle = (i / 3) * Math.PI + 0.3;
      c.moveTo(Math.cos(angle) * radius * 0.72, Math.sin(angle) * radius * 0.72);
      c.lineTo(-Math.cos(angle) * radius * 0.72, -Math.sin(angle) * radius * 0.72);
    }
  });
  line(sheet, tones.p1, radius * 0.11, (c) => {
    for (let i = 0; i < 3; i += 1) {
      const angle = (i / 3) * Math.PI + 0.3;
      c.moveTo(Math.cos(angle) * radius * 0.72, Math.sin(angle) * radius * 0.72);
      c.lineTo(-Math.cos(angle) * radius * 0.72, -Math.sin(angle) * radius * 0.72);
    }
  });
  block(sheet, tones.gold, (c) => disc(c, 0, 0, radius * 0.2), tones.line);
  ctx.restore();
}

/** The frame, and the bed of stone that somebody once signed. */
function press(sheet: Sheet): void {
  const { tones } = sheet;
  const left = at(sheet, -34, -60);
  const right = at(sheet, 60, 200);
  block(sheet, tones.line, (ctx) => {
    ctx.rect(left, -60, 20, 260);
    ctx.rect(right, -60, 20, 260);
    ctx.rect(left - 12, 186, right - left + 44, 22);
  });
  for (const [share, y, radius] of [
    [0.38, 146, 36],
    [0.62, 84, 36],
  ] as const) {
    const x = left + 10 + (right - left) * share;
    block(sheet, tones.p2, (ctx) => disc(ctx, x, y, at(sheet, radius * 0.72, radius)), tones.line);
    block(sheet, tones.light, (ctx) => disc(ctx, x, y, 9));
  }
  block(
    sheet,
    tones.light,
    (ctx) => polygon(ctx, left - 20, 48, right + 40, 48, right + 34, 18, left - 14, 18),
    tones.lightShade,
  );
}

/** The web of paper: it comes from above, goes round the drums and out to the lower right. */
function web(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = at(sheet, -34, -60);
  const right = at(sheet, 60, 200);
  const a = left + 10 + (right - left) * 0.38;
  const b = left + 10 + (right - left) * 0.62;
  const big = at(sheet, 0.72, 1);
  block(
    sheet,
    tones.light,
    (ctx) => {
      ctx.moveTo(-frame.half - 20, 330);
      ctx.lineTo(a - 20, 146 + 34 * big);
      ctx.lineTo(a + 30 * big, 150);
      ctx.lineTo(b + 34 * big, 96);
      ctx.lineTo(frame.half + 20, 30);
      ctx.lineTo(frame.half + 20, 0);
      ctx.lineTo(b + 20 * big, 72);
      ctx.lineTo(a + 8 * big, 128);
      ctx.lineTo(a - 34, 146 + 8 * big);
      ctx.lineTo(-frame.half - 20, 296);
      ctx.closePath();
    },
    tones.lightShade,
  );
}
