import { FRAME_MS } from '@/engine/fighter/rules';
import { Figure } from '../_stage/figure';
import { FLASH_INKS, PLAYER_INKS } from '../_stage/palette';
import { Pen } from '../_stage/pen';
import { createScene } from '../_stage/scene';

/** Stage units that the picture is high: a fighter is about 170 tall, and is cut off at the shins. */
const VIEW_UNITS = 178;
const CUT_UNITS = 30;

/** A fighter standing ready, drawn by the stage's own hand. */
export interface Portrait {
  /** Draws one frame; `isInked` prints it in colour, otherwise in the two inks of the paper. */
  draw(nowMs: number, isInked: boolean): void;
}

/** @throws Error when the browser gives no 2D context. */
export function createPortrait(canvas: HTMLCanvasElement, characterId: number): Portrait {
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('This browser gives no 2D context.');
  const pen = new Pen(ctx, PLAYER_INKS[0]);
  const figure = new Figure();
  const [view] = createScene([characterId, characterId], 0).fighters;
  view.x = 0;
  let lastMs: number | undefined;
  return {
    draw(nowMs, isInked) {
      const frames = Math.min(6, (nowMs - (lastMs ?? nowMs)) / FRAME_MS);
      lastMs = nowMs;
      view.doing.clock += frames;
      view.doing.frame = 1 + Math.floor(view.doing.clock);
      figure.advance(view, frames, false);
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const width = Math.round(canvas.clientWidth * ratio);
      const height = Math.round(canvas.clientHeight * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      const zoom = height / VIEW_UNITS;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, width, height);
      ctx.setTransform(zoom, 0, 0, -zoom, width * 0.42, height + CUT_UNITS * zoom);
      figure.draw(pen, view, isInked ? PLAYER_INKS[0] : FLASH_INKS, undefined, true);
    },
  };
}
