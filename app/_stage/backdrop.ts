import { bridge } from './backdrops/bridge';
import { market } from './backdrops/market';
import { rooftops } from './backdrops/rooftops';
import type { Backdrop } from './backdrops/types';
import { type Camera, FLOOR_SHARE } from './camera';
import { INK } from './palette';

const BACKDROPS: readonly Backdrop[] = [rooftops, bridge, market];

/** How much of the camera's way and zoom a plane goes along with. */
const FAR = { move: 0.25, zoom: 0.4 };
const MID = { move: 0.55, zoom: 0.7 };

/** The backdrop of a match; the same seed is the same stage for everyone. */
export function backdropOf(seed: number): Backdrop {
  return BACKDROPS[(seed >>> 0) % BACKDROPS.length] ?? rooftops;
}

/**
 * Draws sky, planes and floor. Expects pixels with y downwards and leaves the context so.
 * @param width and `height` of the picture in pixels
 */
export function drawBackdrop(
  ctx: CanvasRenderingContext2D,
  backdrop: Backdrop,
  camera: Camera,
  width: number,
  height: number,
  clock: number,
): void {
  const floor = height * FLOOR_SHARE + (camera.y + camera.shakeY) * camera.zoom;
  ctx.fillStyle = backdrop.sky;
  ctx.fillRect(0, 0, width, height);
  const base = Math.min(width / 760, height / 400);
  for (const [plane, part] of [
    [FAR, 'far'],
    [MID, 'mid'],
  ] as const) {
    const zoom = base + (camera.zoom - base) * plane.zoom;
    ctx.save();
    ctx.translate(width / 2 - (camera.x + camera.shakeX) * zoom * plane.move, floor);
    ctx.scale(zoom, -zoom);
    backdrop[part](ctx, clock);
    ctx.restore();
  }
  drawFloor(ctx, backdrop, camera, width, height, floor);
  ctx.save();
  ctx.translate(width / 2 - (camera.x - camera.shakeX) * camera.zoom, floor - 12 * camera.zoom);
  ctx.scale(camera.zoom, -camera.zoom);
  backdrop.near(ctx, clock);
  ctx.restore();
}

/** The floor runs towards the viewer: its back edge is a little above the line on which the fighters stand. */
function drawFloor(
  ctx: CanvasRenderingContext2D,
  backdrop: Backdrop,
  camera: Camera,
  width: number,
  height: number,
  floor: number,
): void {
  const back = floor - 13 * camera.zoom;
  ctx.fillStyle = backdrop.floor;
  ctx.fillRect(0, back, width, height - back);
  ctx.fillStyle = INK;
  ctx.fillRect(0, back - 2 * camera.zoom, width, 2.6 * camera.zoom);
  ctx.strokeStyle = backdrop.seam;
  ctx.lineWidth = 1.6 * camera.zoom;
  ctx.beginPath();
  const depth = height - back;
  for (let x = -640; x <= 640; x += 80) {
    const top = width / 2 + (x - camera.x) * camera.zoom * 0.94;
    const bottom = width / 2 + (x - camera.x) * camera.zoom * 1.5;
    ctx.moveTo(top, back);
    ctx.lineTo(bottom, height);
  }
  for (const share of [0.22, 0.58]) {
    ctx.moveTo(0, back + depth * share);
    ctx.lineTo(width, back + depth * share);
  }
  ctx.stroke();
}
