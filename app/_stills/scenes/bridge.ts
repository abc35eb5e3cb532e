import { noise, polygon } from '../../_stage/shapes';
import { drawPlayer, drawRival } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';
import { hills, orb } from './shapes';

/** Halfway between the lower and the upper town. Somebody is already standing on it. */
export const bridge: Scene = {
  spot: 'good',
  falls: true,
  draw(sheet) {
    const { tones, frame } = sheet;
    flood(sheet, tones.sky);
    ramp(sheet, tones.light, 250, 130, 1.8);
    orb(sheet, at(sheet, -40, -150), 214, at(sheet, 38, 52), tones.gold, tones.p1);
    hills(sheet, tones.far, 104, 92, 104, 8);
    hills(sheet, tones.mid, 60, 54, 72, 9);
    river(sheet);
    tower(sheet, at(sheet, 58, 210), 1);
    tower(sheet, at(sheet, -96, -330), 1.5);
    cable(sheet);
    deck(sheet);
    drawRival(sheet, {
      pose: (book) => book.stance,
      x: at(sheet, 64, 210),
      y: deckAt(sheet, at(sheet, 64, 210)),
      zoom: at(sheet, 0.5, 0.86),
      facing: -1,
    });
    drawPlayer(sheet, {
      pose: (book) => book.stance,
      x: at(sheet, -44, -150),
      y: at(sheet, -28, -72),
      zoom: at(sheet, 1.08, 1.6),
      ghost: tones.spot,
      sway: { trail: 0.8, lift: 0, clock: 30 },
    });
    flat(sheet, tones.near, (ctx) => ctx.rect(-frame.half - 10, -190, frame.half * 2 + 20, 150));
  },
};

function deckAt(sheet: Sheet, x: number): number {
  return at(sheet, 44, 34) + x * at(sheet, 0.42, 0.16);
}

function river(sheet: Sheet): void {
  const { tones, frame } = sheet;
  flat(sheet, tones.spot, (ctx) => ctx.rect(-frame.half - 10, -190, frame.half * 2 + 20, 252));
  flat(sheet, tones.light, (ctx) => {
    for (let i = 0; i < 20; i += 1)
      ctx.rect((noise(21, i) * 2 - 1) * frame.half, -10 + noise(22, i) * 66, 20 + noise(23, i) * 44, 2.4);
  });
}

function tower(sheet: Sheet, x: number, size: number): void {
  const { tones } = sheet;
  const y = deckAt(sheet, x);
  block(
    sheet,
    tones.near,
    (ctx) => {
      for (const side of [-1, 1]) {
        const foot = x + side * 27 * size;
        const head = x + side * 20 * size;
        polygon(
          ctx,
          foot - 7 * size,
          -90,
          foot + 7 * size,
          -90,
          head + 5.5 * size,
          y + 176 * size ** 0.4,
          head - 5.5 * size,
          y + 176 * size ** 0.4,
        );
      }
    },
    tones.mid,
  );
  for (const share of [0.42, 0.8])
    block(sheet, tones.near, (ctx) =>
      ctx.rect(x - 30 * size, y + 176 * size ** 0.4 * share, 60 * size, 10 * size),
    );
}

function cable(sheet: Sheet): void {
  const { tones } = sheet;
  const a = at(sheet, -96, -330);
  const b = at(sheet, 58, 210);
  const ya = deckAt(sheet, a) + 200;
  const yb = deckAt(sheet, b) + 172;
  const sag = Math.min(ya, yb) - 120;
  line(sheet, tones.line, 4.4, (ctx) => {
    ctx.moveTo(a, ya);
    ctx.quadraticCurveTo((a + b) / 2, sag, b, yb);
    ctx.quadraticCurveTo(b + 90, yb - 80, b + 190, yb - 110);
  });
  line(sheet, tones.line, 1.8, (ctx) => {
    for (let i = 1; i < 14; i += 1) {
      const t = i / 14;
      const x = a + (b - a) * t;
      const y = (1 - t) ** 2 * ya + 2 * t * (1 - t) * sag + t * t * yb;
      ctx.moveTo(x, y);
      ctx.lineTo(x, deckAt(sheet, x));
    }
  });
}

/** The road over it climbs: the picture's diagonal. */
function deck(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = -frame.half - 20;
  const right = frame.half + 20;
  const a = deckAt(sheet, left);
  const b = deckAt(sheet, right);
  block(sheet, tones.near, (ctx) => polygon(ctx, left, a - 26, right, b - 26, right, b, left, a), tones.mid);
  line(sheet, tones.line, 2.4, (ctx) => {
    for (let x = left; x < right; x += 26) {
      ctx.moveTo(x, deckAt(sheet, x) - 8);
      ctx.lineTo(x + 13, deckAt(sheet, x) - 24);
      ctx.lineTo(x + 26, deckAt(sheet, x) - 8);
    }
  });
}
