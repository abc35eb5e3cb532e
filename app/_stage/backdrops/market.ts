import { disc, noise, oval, polygon } from '../shapes';
import type { Backdrop } from './types';

/** A market street in the evening; the lanterns move. */
export const market: Backdrop = {
  sky: '#8d7fa3',
  floor: '#463d57',
  seam: '#584e6b',
  far(ctx) {
    ctx.fillStyle = '#efe4d2';
    ctx.beginPath();
    disc(ctx, 60, 226, 54);
    ctx.fill();
    ctx.fillStyle = market.sky;
    ctx.beginPath();
    disc(ctx, 38, 240, 46);
    ctx.fill();
    ctx.fillStyle = '#7a6d92';
    ctx.beginPath();
    for (let i = -6; i < 7; i += 1) pagoda(ctx, i * 118 + noise(i, 1) * 30, 56 + noise(i, 2) * 70);
    ctx.fill();
  },
  mid(ctx, clock) {
    for (let i = -4; i < 5; i += 1) {
      const x = i * 190 + noise(i, 4) * 30;
      ctx.fillStyle = '#665a7f';
      ctx.beginPath();
      polygon(ctx, x, -40, x + 150, -40, x + 150, 104, x, 104);
      polygon(ctx, x - 16, 100, x + 166, 100, x + 142, 138, x + 8, 138);
      ctx.fill();
      ctx.fillStyle = i % 2 === 0 ? '#e8d5ae' : '#b9a6c4';
      ctx.beginPath();
      for (let s = 0; s < 5; s += 1)
        polygon(
          ctx,
          x + s * 30,
          100,
          x + s * 30 + 15,
          100,
          x + s * 30 + 15,
          82,
          x + s * 30 + 7,
          76,
          x + s * 30,
          82,
        );
      ctx.fill();
      ctx.fillStyle = '#574c6e';
      ctx.beginPath();
      polygon(ctx, x + 16, 8, x + 134, 8, x + 134, 66, x + 16, 66);
      ctx.fill();
    }
    lanterns(ctx, clock);
  },
  near(ctx) {
    ctx.fillStyle = '#54496a';
    ctx.beginPath();
    polygon(ctx, -700, 0, 700, 0, 700, 8, -700, 8);
    for (let i = -5; i < 6; i += 1) {
      const x = i * 140 + noise(i, 6) * 50;
      polygon(ctx, x, 8, x + 46, 8, x + 42, 34, x + 4, 34);
      if (i % 2 === 0) polygon(ctx, x + 8, 34, x + 40, 34, x + 36, 56, x + 12, 56);
    }
    ctx.fill();
  },
};

function pagoda(ctx: CanvasRenderingContext2D, x: number, height: number): void {
  polygon(ctx, x, -40, x + 84, -40, x + 84, height, x, height);
  polygon(ctx, x - 18, height, x + 102, height, x + 72, height + 26, x + 12, height + 26);
  polygon(ctx, x + 20, height + 26, x + 64, height + 26, x + 64, height + 44, x + 20, height + 44);
  polygon(ctx, x + 6, height + 44, x + 78, height + 44, x + 42, height + 70);
}

function lanterns(ctx: CanvasRenderingContext2D, clock: number): void {
  ctx.strokeStyle = '#4b4162';
  ctx.lineWidth = 2.2;
  ctx.beginPath();
  for (let i = -2; i < 3; i += 1) {
    ctx.moveTo(i * 300 - 150, 214);
    ctx.quadraticCurveTo(i * 300, 158, i * 300 + 150, 214);
  }
  ctx.stroke();
  for (let i = -10; i < 11; i += 1) {
    const t = ((((i * 60 + 150) % 300) + 300) % 300) / 300;
    const hang = 214 - 56 * 2 * t * (1 - t);
    const swing = Math.sin(clock / 30 + i * 1.3) * 5;
    const x = i * 60 + swing;
    ctx.fillStyle = i % 2 === 0 ? '#ffd274' : '#f2e3c4';
    ctx.beginPath();
    oval(ctx, x, hang - 18, 12, 15, 0);
    ctx.fill();
    ctx.fillStyle = '#4b4162';
    ctx.fillRect(x - 6, hang - 5, 12, 3);
    ctx.fillRect(x - 6, hang - 34, 12, 3);
  }
}
