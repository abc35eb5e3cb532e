import { line, type Sheet } from '../sheet';
import { drawLabels } from './label';
import { drawNode, type Place } from './node';
import type { MapNode, MapRoad } from './types';

/** Draws the roads and then the nodes over a map. */
export function drawRoads(sheet: Sheet, nodes: readonly MapNode[], roads: readonly MapRoad[]): void {
  const places = new Map<string, Place>();
  const { frame } = sheet;
  for (const node of nodes)
    places.set(node.id, {
      node,
      x: (node.x * frame.width - frame.width / 2) / frame.unit,
      y: (frame.floor - node.y * frame.height) / frame.unit,
    });
  for (const road of roads) {
    const from = places.get(road.from);
    const to = places.get(road.to);
    if (from !== undefined && to !== undefined) drawRoad(sheet, from, to, road.bend ?? 0.12);
  }
  // Who is here stands over its neighbours.
  for (const place of places.values()) if (place.node.state !== 'here') drawNode(sheet, place);
  for (const place of places.values()) if (place.node.state === 'here') drawNode(sheet, place);
  drawLabels(sheet, [...places.values()]);
}

function drawRoad(sheet: Sheet, from: Place, to: Place, bend: number): void {
  const { ctx, tones } = sheet;
  const trace = (c: CanvasRenderingContext2D) => {
    c.moveTo(from.x, from.y);
    c.quadraticCurveTo(
      (from.x + to.x) / 2 - (to.y - from.y) * bend,
      (from.y + to.y) / 2 + (to.x - from.x) * bend,
      to.x,
      to.y,
    );
  };
  const isWalked = from.node.state === 'done' && (to.node.state === 'done' || to.node.state === 'here');
  const isOpen = from.node.state !== 'closed' && to.node.state === 'open';
  if (isWalked) {
    line(sheet, tones.line, 12, trace);
    line(sheet, tones.gold, 6, trace);
    return;
  }
  ctx.setLineDash(isOpen ? [1, 15] : [1, 11]);
  line(sheet, tones.line, isOpen ? 11 : 7, trace);
  line(sheet, isOpen ? tones.light : tones.quiet, isOpen ? 6.4 : 3.4, trace);
  ctx.setLineDash([]);
}
