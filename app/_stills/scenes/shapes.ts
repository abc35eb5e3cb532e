import { disc, limb, noise, oval, polygon } from '../../_stage/shapes';
import { block, flat, line, type Sheet } from '../sheet';

/** Things that more than one place has. All take scene units. */

/** A row of hills or peaks from side to side, filled down to below the floor. */
export function hills(
  sheet: Sheet,
  fill: string,
  base: number,
  rise: number,
  step: number,
  seed: number,
  outlined = false,
): void {
  const { half } = sheet.frame;
  const trace = (ctx: CanvasRenderingContext2D) => {
    const first = -Math.ceil(half / step) - 1;
    ctx.moveTo(first * step, -60);
    for (let i = first; i <= -first; i += 1) ctx.lineTo(i * step, base + noise(seed, i + 50) * rise);
    ctx.lineTo(-first * step, -60);
    ctx.closePath();
  };
  if (outlined) block(sheet, fill, trace);
  else flat(sheet, fill, trace);
}

/** Light that spreads from one point: wedges to beyond the edges. */
export function rays(sheet: Sheet, x: number, y: number, fill: string, count: number, turn = 0): void {
  const reach = sheet.frame.half * 2 + 500;
  flat(sheet, fill, (ctx) => {
    for (let i = 0; i < count; i += 1) {
      const angle = turn + (i / count) * Math.PI * 2;
      const wide = (Math.PI / count) * 0.5;
      ctx.moveTo(x, y);
      ctx.lineTo(x + Math.cos(angle - wide) * reach, y + Math.sin(angle - wide) * reach);
      ctx.lineTo(x + Math.cos(angle + wide) * reach, y + Math.sin(angle + wide) * reach);
    }
  });
}

/** Sun or moon with dots on its lower side. */
export function orb(sheet: Sheet, x: number, y: number, radius: number, fill: string, shade: string): void {
  block(sheet, fill, (ctx) => disc(ctx, x, y, radius), shade);
}

/** A tiled roof with lifted eaves, its ridge in the middle. `half` is half its width at the eaves. */
export function tiledRoof(
  sheet: Sheet,
  x: number,
  y: number,
  half: number,
  height: number,
  fill: string,
  shade: string,
): void {
  const top = half * 0.56;
  block(
    sheet,
    fill,
    (ctx) => {
      ctx.moveTo(x - half, y + height * 0.3);
      ctx.quadraticCurveTo(x - half * 0.7, y + height * 0.34, x - top, y + height);
      ctx.lineTo(x + top, y + height);
      ctx.quadraticCurveTo(x + half * 0.7, y + height * 0.34, x + half, y + height * 0.3);
      ctx.quadraticCurveTo(x + half * 0.75, y - height * 0.02, x, y);
      ctx.quadraticCurveTo(x - half * 0.75, y - height * 0.02, x - half, y + height * 0.3);
      ctx.closePath();
    },
    shade,
  );
  line(sheet, sheet.tones.line, 2, (ctx) => {
    const rows = Math.max(4, Math.round(half / 13));
    for (let i = 1; i < rows; i += 1) {
      const t = (i / rows) * 2 - 1;
      ctx.moveTo(x + top * t, y + height);
      ctx.quadraticCurveTo(
        x + half * 0.7 * t,
        y + height * 0.4,
        x + half * 0.9 * t,
        y + height * 0.06 + Math.abs(t) ** 3 * height * 0.2,
      );
    }
  });
  block(sheet, sheet.tones.line, (ctx) => {
    polygon(
      ctx,
      x - top - 8,
      y + height - 1,
      x + top + 8,
      y + height - 1,
      x + top + 3,
      y + height + 9,
      x - top - 3,
      y + height + 9,
    );
  });
}

/** A paper lantern that hangs from (x, y). */
export function lantern(sheet: Sheet, x: number, y: number, size: number, fill: string, shade: string): void {
  const { tones } = sheet;
  line(sheet, tones.line, 2, (ctx) => {
    ctx.moveTo(x, y);
    ctx.lineTo(x, y - size * 0.7);
  });
  block(sheet, fill, (ctx) => oval(ctx, x, y - size * 1.7, size * 0.86, size, 0), shade, 3);
  line(sheet, tones.line, 1.8, (ctx) => {
    for (const wide of [-0.4, 0, 0.4]) {
      ctx.moveTo(x + wide * size * 0.6, y - size * 0.75);
      ctx.quadraticCurveTo(x + wide * size * 1.7, y - size * 1.7, x + wide * size * 0.6, y - size * 2.65);
    }
  });
  flat(sheet, tones.line, (ctx) => {
    ctx.rect(x - size * 0.44, y - size * 0.86, size * 0.88, size * 0.24);
    ctx.rect(x - size * 0.44, y - size * 2.78, size * 0.88, size * 0.24);
    ctx.rect(x - 1.2, y - size * 3.4, 2.4, size * 0.7);
  });
}

/** A sheet of paper that falls, turned by `angle`, with a few lines of print on it. */
export function paper(
  sheet: Sheet,
  x: number,
  y: number,
  size: number,
  angle: number,
  printed = sheet.tones.spot,
): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  const w = size * 0.72;
  block(
    sheet,
    tones.light,
    (c) => {
      c.moveTo(-w, size);
      c.quadraticCurveTo(0, size * 0.86, w, size);
      c.quadraticCurveTo(w * 0.84, 0, w, -size);
      c.quadraticCurveTo(0, -size * 1.12, -w, -size);
      c.quadraticCurveTo(-w * 1.12, 0, -w, size);
      c.closePath();
    },
    tones.lightShade,
    3,
  );
  flat(sheet, printed, (c) => c.rect(-w * 0.62, size * 0.2, w * 1.2, size * 0.5));
  line(sheet, tones.line, size * 0.07, (c) => {
    for (let i = 0; i < 4; i += 1) {
      c.moveTo(-w * 0.62, -size * (0.08 + i * 0.2));
      c.lineTo(w * (i === 3 ? 0.1 : 0.58), -size * (0.08 + i * 0.2));
    }
  });
  ctx.restore();
}

/** A crate with boards and a brace. */
export function crate(sheet: Sheet, x: number, y: number, size: number, fill: string, shade: string): void {
  block(sheet, fill, (ctx) => ctx.rect(x, y, size, size * 0.8), shade);
  line(sheet, sheet.tones.line, 2.4, (ctx) => {
    ctx.moveTo(x, y + size * 0.26);
    ctx.lineTo(x + size, y + size * 0.26);
    ctx.moveTo(x, y + size * 0.54);
    ctx.lineTo(x + size, y + size * 0.54);
    ctx.moveTo(x + size * 0.08, y + size * 0.04);
    ctx.lineTo(x + size * 0.92, y + size * 0.76);
  });
}

/** Heads and shoulders of people who look on, from side to side. */
export function crowd(sheet: Sheet, fill: string, y: number, size: number, seed: number): void {
  const { half } = sheet.frame;
  flat(sheet, fill, (ctx) => {
    const step = size * 1.5;
    for (let i = -Math.ceil(half / step) - 1; i * step <= half + size; i += 1) {
      const x = i * step + noise(seed, i) * size * 0.6;
      const top = y + noise(seed + 1, i) * size * 0.5;
      disc(ctx, x, top + size * 1.35, size * 0.42);
      limb(
        ctx,
        { x: x - size * 0.12, y: top + size * 0.4 },
        size * 0.6,
        { x, y: top - size * 3 },
        size * 0.9,
      );
      const kind = Math.floor(noise(seed + 2, i) * 5);
      if (kind === 0) oval(ctx, x, top + size * 1.55, size * 0.95, size * 0.14, 0);
      if (kind === 0) ctx.rect(x - size * 0.3, top + size * 1.5, size * 0.6, size * 0.6);
      if (kind === 1) disc(ctx, x, top + size * 1.9, size * 0.2);
      if (kind === 2)
        limb(
          ctx,
          { x: x + size * 0.3, y: top + size * 0.5 },
          size * 0.2,
          { x: x + size * 0.55, y: top + size * 2.2 },
          size * 0.15,
        );
    }
  });
}

/** The Press House on its hill, far off: the goal of the road. */
export function pressHouse(sheet: Sheet, x: number, y: number, size: number, fill: string): void {
  flat(sheet, fill, (ctx) => {
    polygon(ctx, x - size, y, x + size, y, x + size, y + size * 0.7, x - size, y + size * 0.7);
    polygon(
      ctx,
      x - size * 1.3,
      y + size * 0.7,
      x + size * 1.3,
      y + size * 0.7,
      x + size * 0.7,
      y + size * 1.3,
      x - size * 0.7,
      y + size * 1.3,
    );
    polygon(
      ctx,
      x + size * 0.3,
      y + size * 1.2,
      x + size * 0.62,
      y + size * 1.2,
      x + size * 0.56,
      y + size * 2.3,
      x + size * 0.36,
      y + size * 2.3,
    );
  });
}
