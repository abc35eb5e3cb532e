import { disc, noise, polygon } from '../shapes';
import type { Backdrop } from './types';

const TRAIN_UNITS = 520;
const TRACK_UNITS = 2400;

/** A river bank in the late afternoon; the train moves. */
export const bridge: Backdrop = {
  sky: '#cfd6c6',
  floor: '#514942',
  seam: '#655b52',
  far(ctx) {
    ctx.fillStyle = '#f1e6c8';
    ctx.beginPath();
    disc(ctx, -140, 168, 62);
    ctx.fill();
    ctx.fillStyle = '#b3c0b4';
    ctx.beginPath();
    ctx.moveTo(-700, -40);
    for (let i = 0; i <= 14; i += 1) ctx.lineTo(-700 + i * 100, 70 + noise(i, 5) * 120);
    ctx.lineTo(700, -40);
    ctx.fill();
    ctx.fillStyle = '#9fb0a8';
    ctx.beginPath();
    ctx.moveTo(-700, -40);
    for (let i = 0; i <= 20; i += 1) ctx.lineTo(-700 + i * 70, 34 + noise(i, 6) * 60);
    ctx.lineTo(700, -40);
    ctx.fill();
  },
  mid(ctx, clock) {
    train(ctx, clock);
    ctx.fillStyle = '#7d9092';
    ctx.beginPath();
    polygon(ctx, -900, 108, 900, 108, 900, 124, -900, 124);
    for (let x = -880; x < 900; x += 220) {
      polygon(ctx, x, -40, x + 26, -40, x + 20, 108, x + 6, 108);
      polygon(ctx, x + 13, 124, x + 16, 124, x + 16, 214, x + 13, 214);
    }
    ctx.fill();
    ctx.strokeStyle = '#7d9092';
    ctx.lineWidth = 3;
    ctx.beginPath();
    for (let x = -880; x < 900; x += 220) {
      ctx.moveTo(x + 14, 212);
      ctx.quadraticCurveTo(x + 124, 128, x + 234, 212);
    }
    ctx.stroke();
    ctx.fillStyle = '#8fa5a8';
    ctx.beginPath();
    polygon(ctx, -900, -40, 900, -40, 900, 30, -900, 30);
    ctx.fill();
    ctx.fillStyle = '#dfe3d2';
    for (let i = 0; i < 22; i += 1) {
      const x = -860 + i * 80 + Math.sin(clock / 40 + i) * 10;
      ctx.fillRect(x, 4 + noise(i, 8) * 22, 26 + noise(i, 9) * 26, 2.4);
    }
  },
  near(ctx) {
    ctx.fillStyle = '#6f6358';
    ctx.beginPath();
    polygon(ctx, -700, 0, 700, 0, 700, 10, -700, 10);
    for (let x = -690; x < 700; x += 120) {
      polygon(ctx, x, 10, x + 12, 10, x + 12, 58, x, 58);
      disc(ctx, x + 6, 62, 9);
    }
    ctx.fill();
    ctx.strokeStyle = '#6f6358';
    ctx.lineWidth = 3;
    ctx.beginPath();
    for (let x = -690; x < 700; x += 120) {
      ctx.moveTo(x + 6, 48);
      ctx.quadraticCurveTo(x + 66, 26, x + 126, 48);
    }
    ctx.stroke();
  },
};

function train(ctx: CanvasRenderingContext2D, clock: number): void {
  const x = ((clock * 3.4) % TRACK_UNITS) - TRACK_UNITS / 2;
  ctx.fillStyle = '#5f7276';
  ctx.beginPath();
  for (let car = 0; car < 4; car += 1) {
    const left = x - TRAIN_UNITS + car * 130;
    polygon(ctx, left, 128, left + 122, 128, left + (car === 3 ? 108 : 122), 168, left, 168);
  }
  ctx.fill();
  ctx.fillStyle = '#f1e6c8';
  for (let car = 0; car < 4; car += 1)
    for (let w = 0; w < 4; w += 1) ctx.fillRect(x - TRAIN_UNITS + car * 130 + 12 + w * 26, 145, 16, 13);
}
