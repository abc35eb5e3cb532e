import { Painter, type StageOptions } from './painter';
import { StreamReader, type StreamState } from './read-stream';
import { createScene } from './scene';

/** A stage for spectators, who get readouts (`GameState`) instead of states. */
export interface StreamStage {
  /** Takes a state without showing it: for all but the last of a batch. */
  feed(state: StreamState): void;
  /** Takes a state, unless it is the one taken last, and shows the stage. `nowMs` is any steady clock. */
  draw(state: StreamState, nowMs: number): void;
  /** Call when the canvas's size on the page, or the device pixel ratio, has changed. */
  resize(): void;
  /** Gives the canvas's memory back; nothing may be drawn afterwards. */
  dispose(): void;
}

/**
 * States must be fed in order, each once; a gap only jumps.
 * @throws Error when the browser gives no 2D context.
 */
export function createStreamStage(canvas: HTMLCanvasElement, options: StageOptions): StreamStage {
  const painter = new Painter(canvas, options);
  const scene = createScene(options.characters, options.seed ?? 0);
  const reader = new StreamReader(scene);
  let last: StreamState | undefined;
  const feed = (state: StreamState): void => {
    if (state === last) return;
    last = state;
    reader.feed(state);
  };
  return {
    feed,
    draw(state, nowMs) {
      feed(state);
      painter.paint(scene, nowMs);
    },
    resize: () => painter.resize(),
    dispose() {
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}
