import { disc, noise, polygon } from '../shapes';
import type { Backdrop } from './types';

/** A roof terrace at noon; the laundry moves. */
export const rooftops: Backdrop = {
  sky: '#ecdcbb',
  floor: '#4a4250',
  seam: '#5d5464',
  far(ctx) {
    ctx.fillStyle = '#f6ecd4';
    ctx.beginPath();
    disc(ctx, 150, 215, 88);
    ctx.fill();
    ctx.fillStyle = '#dcc69d';
    ctx.beginPath();
    for (let i = -9; i < 10; i += 1) {
      const height = 60 + noise(i, 1) * 110;
      const x = i * 62;
      polygon(ctx, x, -40, x + 56, -40, x + 56, height, x, height);
      if (i % 3 === 0) polygon(ctx, x + 24, height, x + 29, height, x + 27, height + 46, x + 26, height + 46);
    }
    ctx.fill();
  },
  mid(ctx, clock) {
    ctx.fillStyle = '#c7ab7d';
    ctx.beginPath();
    for (let i = -6; i < 7; i += 1) {
      const x = i * 150 + noise(i, 3) * 40;
      const height = 34 + noise(i, 2) * 70;
      polygon(ctx, x, -40, x + 128, -40, x + 128, height, x, height);
      polygon(ctx, x - 6, height, x + 134, height, x + 126, height + 10, x + 2, height + 10);
      if (i % 2 === 0) tank(ctx, x + 40, height + 10);
    }
    ctx.fill();
    ctx.fillStyle = '#ad9064';
    ctx.beginPath();
    for (let i = -6; i < 7; i += 1) {
      const x = i * 150 + noise(i, 3) * 40;
      for (let w = 0; w < 3; w += 1)
        polygon(ctx, x + 18 + w * 36, -10, x + 36 + w * 36, -10, x + 36 + w * 36, 16, x + 18 + w * 36, 16);
    }
    ctx.fill();
    laundry(ctx, clock);
  },
  near(ctx) {
    ctx.fillStyle = '#6b6070';
    ctx.beginPath();
    polygon(ctx, -700, 0, 700, 0, 700, 22, -700, 22);
    for (let x = -690; x < 700; x += 46) polygon(ctx, x, 22, x + 7, 22, x + 7, 46, x, 46);
    polygon(ctx, -700, 44, 700, 44, 700, 52, -700, 52);
    ctx.fill();
  },
};

function tank(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  polygon(ctx, x, y + 14, x + 40, y + 14, x + 40, y + 52, x, y + 52);
  polygon(ctx, x - 3, y + 52, x + 43, y + 52, x + 20, y + 68);
  polygon(ctx, x + 4, y, x + 9, y, x + 9, y + 14, x + 4, y + 14);
  polygon(ctx, x + 31, y, x + 36, y, x + 36, y + 14, x + 31, y + 14);
}

/** Sheets and shirts on two lines, in the wind. */
function laundry(ctx: CanvasRenderingContext2D, clock: number): void {
  ctx.strokeStyle = '#8d7550';
  ctx.lineWidth = 2.4;
  for (let line = 0; line < 2; line += 1) {
    const from = line === 0 ? -430 : 120;
    const y = line === 0 ? 190 : 168;
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.quadraticCurveTo(from + 160, y - 26, from + 320, y);
    ctx.stroke();
    for (let i = 0; i < 5; i += 1) {
      const t = (i + 0.7) / 5.6;
      const x = from + 320 * t;
      const top = y - 26 * 2 * t * (1 - t);
      const swing = Math.sin(clock / 24 + i * 0.9 + line) * 9;
      const wide = 34 - (i % 2) * 9;
      const long = 46 + (i % 3) * 12;
      ctx.fillStyle = i % 2 === 0 ? '#f8efdb' : '#d9b98a';
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x + wide, top - 1);
      ctx.quadraticCurveTo(x + wide + swing * 0.4, top - long * 0.5, x + wide + swing, top - long);
      ctx.lineTo(x + swing, top - long - 2);
      ctx.quadraticCurveTo(x + swing * 0.4, top - long * 0.5, x, top);
      ctx.fill();
    }
  }
}
