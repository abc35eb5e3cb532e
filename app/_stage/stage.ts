import { Painter, type StageOptions } from './painter';
import { readMatch } from './read-match';
import { createScene } from './scene';

/**
 * A stage that shows a match from its states.
 *
 * Stage units: x to the right from the middle, -440 to 440; y up from the floor; a fighter is about 170 tall.
 */
export interface Stage {
  /** Shows one state. `nowMs` is any steady clock in milliseconds; call it as often as the display refreshes. */
  draw(state: Int32Array, nowMs: number): void;
  /** Call when the canvas's size on the page, or the device pixel ratio, has changed. */
  resize(): void;
  /** Gives the canvas's memory back; nothing may be drawn afterwards. */
  dispose(): void;
}

/** @throws Error when the browser gives no 2D context. */
export function createStage(canvas: HTMLCanvasElement, options: StageOptions): Stage {
  const painter = new Painter(canvas, options);
  const scene = createScene(options.characters, options.seed ?? 0);
  return {
    draw(state, nowMs) {
      readMatch(scene, state);
      painter.paint(scene, nowMs);
    },
    resize: () => painter.resize(),
    dispose() {
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}
