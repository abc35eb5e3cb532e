import { limb, noise, polygon } from '../../_stage/shapes';
import { drawPlayer } from '../actor';
import type { Scene } from '../scene';
import { at, block, flat, flood, line, ramp, type Sheet } from '../sheet';

/** The teacher's workshop: sheets hang to dry, light falls through the lattice, one ink jar is missing. */
export const workshop: Scene = {
  spot: 'gold',
  falls: true,
  draw(sheet) {
    const { tones } = sheet;
    flood(sheet, tones.far);
    ramp(sheet, tones.mid, 210, 300, 1.8);
    beam(sheet);
    window(sheet, at(sheet, 46, 190), 156, at(sheet, 44, 74));
    shelf(sheet);
    hanging(sheet);
    table(sheet);
    drawPlayer(sheet, {
      pose: (book) => ({ ...book.stance, lean: 14, head: 14, nearArm: 46, nearElbow: 26, prop: -50 }),
      x: at(sheet, -44, -130),
      y: at(sheet, -30, -76),
      zoom: at(sheet, 1.12, 1.58),
      ghost: tones.p2,
      sway: { trail: 0, lift: 0, clock: 0 },
    });
    jars(sheet);
  },
};

function window(sheet: Sheet, x: number, y: number, size: number): void {
  const { tones } = sheet;
  block(sheet, tones.light, (ctx) => ctx.rect(x - size, y - size * 0.8, size * 2, size * 1.6));
  line(sheet, tones.line, 3.2, (ctx) => {
    for (let i = 1; i < 6; i += 1) {
      ctx.moveTo(x - size + (i * size) / 3, y - size * 0.8);
      ctx.lineTo(x - size + (i * size) / 3, y + size * 0.8);
    }
    for (let i = 1; i < 5; i += 1) {
      ctx.moveTo(x - size, y - size * 0.8 + (i * size * 1.6) / 5);
      ctx.lineTo(x + size, y - size * 0.8 + (i * size * 1.6) / 5);
    }
  });
  line(sheet, tones.line, 7, (ctx) => ctx.rect(x - size, y - size * 0.8, size * 2, size * 1.6));
}

function beam(sheet: Sheet): void {
  const { tones } = sheet;
  const x = at(sheet, 46, 190);
  const size = at(sheet, 44, 74);
  flat(sheet, tones.sky, (ctx) =>
    polygon(
      ctx,
      x - size,
      156 + size * 0.8,
      x + size,
      156 - size * 0.8,
      x - size * 2.2,
      -80,
      x - size * 6.4,
      -80,
    ),
  );
}

function shelf(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = -frame.half - 20;
  const right = at(sheet, -40, -190);
  for (const y of [120, 196]) {
    for (let x = left + 20; x < right - 20; x += 36) {
      const tall = 18 + noise(31, x) * 26;
      const fill = [tones.p1, tones.light, tones.p2, tones.spot][Math.floor(noise(32, x + y) * 4)];
      block(sheet, fill ?? tones.light, (ctx) => ctx.rect(x, y, 26, tall), tones.line, 3);
    }
    block(sheet, tones.near, (ctx) => ctx.rect(left, y - 10, right - left, 11));
  }
}

/** Sheets on two lines from wall to wall. */
function hanging(sheet: Sheet): void {
  const { tones, frame } = sheet;
  line(sheet, tones.line, 2.6, (ctx) => {
    ctx.moveTo(-frame.half - 10, 296);
    ctx.quadraticCurveTo(0, 258, frame.half + 10, 288);
  });
  const step = 66;
  for (let i = -Math.floor(frame.half / step); i * step < frame.half; i += 1) {
    const x = i * step + 12;
    const t = (x + frame.half) / (frame.half * 2);
    const y = 294 - 60 * t * (1 - t) - 3;
    const long = 44 + noise(33, i) * 22;
    const swing = noise(34, i) * 12 - 6;
    block(
      sheet,
      tones.light,
      (ctx) => {
        ctx.moveTo(x, y);
        ctx.lineTo(x + 46, y);
        ctx.quadraticCurveTo(x + 40 + swing, y - long * 0.6, x + 46 + swing, y - long);
        ctx.lineTo(x + swing, y - long);
        ctx.quadraticCurveTo(x - 4 + swing, y - long * 0.5, x, y);
        ctx.closePath();
      },
      tones.lightShade,
      3,
    );
    line(sheet, tones.line, 3.6, (ctx) => {
      const bend = noise(35, i) * 26;
      const low = y - long * (0.6 + noise(36, i) * 0.16);
      ctx.moveTo(x + 10 + bend * 0.5, y - 12);
      ctx.quadraticCurveTo(x + 14 + bend, y - long * 0.4, x + 12 + noise(37, i) * 20, low);
      ctx.moveTo(x + 10, y - long * (0.3 + noise(38, i) * 0.3));
      ctx.lineTo(x + 36, y - long * (0.26 + noise(39, i) * 0.3));
      if (i % 2 === 0) {
        ctx.moveTo(x + 30, low + 8);
        ctx.lineTo(x + 34 + swing * 0.5, low);
      }
    });
  }
}

function table(sheet: Sheet): void {
  const { tones, frame } = sheet;
  const left = at(sheet, -14, -30);
  block(sheet, tones.near, (ctx) =>
    polygon(ctx, left, 62, frame.half + 30, 62, frame.half + 30, 44, left - 16, 44),
  );
  block(sheet, tones.mid, (ctx) => ctx.rect(left + 10, -80, frame.half + 30, 124), tones.line);
  block(sheet, tones.light, (ctx) =>
    polygon(ctx, left + 26, 62, left + 120, 62, left + 112, 68, left + 40, 68),
  );
}

/** Brushes in a pot, and a row of ink jars with a gap. */
function jars(sheet: Sheet): void {
  const { tones } = sheet;
  const x = at(sheet, 64, 130);
  line(sheet, tones.line, 8, (ctx) => {
    for (let i = -1; i <= 1; i += 1) {
      ctx.moveTo(x + i * 6, 80);
      ctx.lineTo(x + i * 17, 150 - Math.abs(i) * 10);
    }
  });
  line(sheet, tones.light, 3.4, (ctx) => {
    for (let i = -1; i <= 1; i += 1) {
      ctx.moveTo(x + i * 6, 80);
      ctx.lineTo(x + i * 14, 132 - Math.abs(i) * 10);
    }
  });
  block(sheet, tones.p2, (ctx) => ctx.roundRect(x - 20, 62, 40, 44, 6), tones.line);
  for (let i = 0; i < 4; i += 1) {
    if (i === 2) continue;
    const jar = x + 62 + i * 44;
    block(
      sheet,
      tones.line,
      (ctx) => {
        limb(ctx, { x: jar, y: 74 }, 15, { x: jar, y: 88 }, 12);
        ctx.rect(jar - 8, 98, 16, 10);
      },
      tones.near,
    );
    flat(sheet, tones.p1, (ctx) => ctx.rect(jar - 9, 76, 18, 13));
  }
}
