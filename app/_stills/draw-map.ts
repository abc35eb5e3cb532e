import { frameOfMap } from './frame';
import type { Language } from './ids';
import { type HitArea, hitAreas } from './map/hit-areas';
import { drawRoads } from './map/road';
import { ACT_SPOTS, drawTerrain } from './map/terrain';
import type { Act, MapNode, MapRoad } from './map/types';
import { penOf } from './pens';
import type { Sheet } from './sheet';
import { type Theme, tonesOf } from './tones';

export interface MapOptions {
  /** Size of the map in the context's own pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly language: Language;
  readonly nodes: readonly MapNode[];
  readonly roads: readonly MapRoad[];
  /** 0 just printed, 1 the ink has settled. By default 1: without motion. */
  readonly progress?: number;
}

/**
 * Draws the map of an act over (0, 0, width, height): the land, the road that was walked, where one is, what is open.
 * @returns where to press for each open node, in pixels; nodes closer than 44 pixels have areas that overlap
 */
export function drawMap(ctx: CanvasRenderingContext2D, act: Act, options: MapOptions): HitArea[] {
  const { width, height, theme, language, nodes, roads } = options;
  const frame = frameOfMap(width, height);
  const sheet: Sheet = {
    ctx,
    pen: penOf(ctx),
    tones: tonesOf(theme, ACT_SPOTS[act]),
    frame,
    language,
    player: { character: 1, looks: [] },
    seed: act,
    settled: Math.max(0, Math.min(1, options.progress ?? 1)),
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.translate(width / 2, frame.floor);
  ctx.scale(frame.unit, -frame.unit);
  drawTerrain(sheet, act);
  drawRoads(sheet, nodes, roads);
  ctx.restore();
  return hitAreas(nodes, width, height, frame.unit);
}
