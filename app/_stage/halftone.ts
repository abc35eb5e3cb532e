/** Dots of shade, as a screen print has them. */

/** Pixels of the tile and the stage units that one dot takes. */
const TILE_PIXELS = 24;
export const DOT_UNITS = 4.2;
/** Radius of a dot as a share of the tile. */
const DOT_SHARE = 0.27;

/** Makes and keeps halftone patterns by colour. One printer belongs to one canvas context. */
export class Halftone {
  readonly #ctx: CanvasRenderingContext2D;
  readonly #patterns = new Map<string, CanvasPattern | string>();

  constructor(ctx: CanvasRenderingContext2D) {
    this.#ctx = ctx;
  }

  /**
   * A fill of dots in `colour` on nothing, in stage units; the flat colour where patterns don't exist.
   * @param share radius of a dot as a share of the distance between two in a row; at half of it they touch
   */
  dots(colour: string, share = DOT_SHARE): CanvasPattern | string {
    const key = share === DOT_SHARE ? colour : `${colour} ${share}`;
    let pattern = this.#patterns.get(key);
    if (pattern === undefined) {
      pattern = this.#make(colour, share);
      this.#patterns.set(key, pattern);
    }
    return pattern;
  }

  #make(colour: string, share: number): CanvasPattern | string {
    const tile = document.createElement('canvas');
    tile.width = TILE_PIXELS;
    tile.height = TILE_PIXELS;
    const ctx = tile.getContext('2d');
    if (ctx === null) return colour;
    ctx.fillStyle = colour;
    const half = TILE_PIXELS / 2;
    for (const [x, y] of [
      [0, 0],
      [TILE_PIXELS, 0],
      [0, TILE_PIXELS],
      [TILE_PIXELS, TILE_PIXELS],
      [half, half],
    ] as const) {
      ctx.beginPath();
      ctx.arc(x, y, TILE_PIXELS * share, 0, Math.PI * 2);
      ctx.fill();
    }
    const pattern = this.#ctx.createPattern(tile, 'repeat');
    if (pattern === null) return colour;
    pattern.setTransform(new DOMMatrix().scale(DOT_UNITS / TILE_PIXELS));
    return pattern;
  }
}
