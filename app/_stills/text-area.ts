import { quietArea, type Rectangle } from './frame';
import type { StillId } from './ids';

/**
 * The part of a still, in pixels, in which nothing but flat ground is drawn: text stands there, in the theme's text
 * colour. It is the same for all of them, so that text doesn't jump from one to the next.
 */
export function textArea(_id: StillId, width: number, height: number): Rectangle {
  return quietArea(width, height);
}
