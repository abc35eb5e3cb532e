import { type Frame, frameOf } from './frame';
import type { Language, StillId } from './ids';
import { penOf } from './pens';
import { SCENES } from './scenes/scenes';
import type { Player, Sheet } from './sheet';
import { type Theme, type Tones, tonesOf } from './tones';

export interface StillOptions {
  /** Size of the picture in the context's own pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly language: Language;
  /** By default Garam, with nothing worn. */
  readonly player?: Player;
  /** Chooses what is scattered; the same seed is the same picture. */
  readonly seed?: number;
  /** 0 just printed, 1 the ink has settled. By default 1: without motion. */
  readonly progress?: number;
}

const NOBODY_IN_PARTICULAR: Player = { character: 1, looks: [] };

/**
 * Draws a still over the whole of (0, 0, width, height), in the context's present transform, and leaves that as it was.
 * The same arguments draw the same picture.
 */
export function drawStill(ctx: CanvasRenderingContext2D, id: StillId, options: StillOptions): void {
  const { width, height, theme, language } = options;
  const scene = SCENES[id];
  const frame = frameOf(width, height, scene.falls);
  const sheet: Sheet = {
    ctx,
    pen: penOf(ctx),
    tones: tonesOf(theme, scene.spot),
    frame,
    language,
    player: options.player ?? NOBODY_IN_PARTICULAR,
    seed: options.seed ?? 1,
    settled: Math.max(0, Math.min(1, options.progress ?? 1)),
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.save();
  ctx.translate(width / 2, frame.floor);
  ctx.scale(frame.unit, -frame.unit);
  scene.draw(sheet);
  ctx.restore();
  drawStrip(ctx, frame, sheet.tones);
  ctx.restore();
}

/** The quiet strip, and the band of colour along its edge. */
function drawStrip(ctx: CanvasRenderingContext2D, frame: Frame, tones: Tones): void {
  const { width, height, edgeLeft, edgeRight, unit } = frame;
  const band = Math.max(5, unit * 7);
  const rule = Math.max(2, unit * 3.2);
  edge(ctx, frame, edgeLeft - band - rule, edgeRight - band - rule, tones.line);
  edge(ctx, frame, edgeLeft - band, edgeRight - band, tones.spot);
  edge(ctx, frame, edgeLeft, edgeRight, tones.line);
  ctx.fillStyle = tones.ground;
  ctx.beginPath();
  ctx.moveTo(0, edgeLeft + rule);
  ctx.lineTo(width, edgeRight + rule);
  ctx.lineTo(width, height);
  ctx.lineTo(0, height);
  ctx.fill();
}

function edge(ctx: CanvasRenderingContext2D, frame: Frame, left: number, right: number, fill: string): void {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(0, left);
  ctx.lineTo(frame.width, right);
  ctx.lineTo(frame.width, frame.height);
  ctx.lineTo(0, frame.height);
  ctx.fill();
}
