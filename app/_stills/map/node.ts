import { burst, disc, polygon } from '../../_stage/shapes';
import { block, flat, line, type Sheet } from '../sheet';
import type { MapNode, NodeKind } from './types';

/** Scene units of a node's radius. */
export const NODE_UNITS = 15;

/** A node and where it is on the sheet. */
export interface Place {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
}

/** Scene units: what is closed is small. */
export const radiusOf = ({ state }: MapNode): number => (state === 'closed' ? NODE_UNITS * 0.62 : NODE_UNITS);

/** Draws a node by its state and kind. */
export function drawNode(sheet: Sheet, { node, x, y }: Place): void {
  const { tones } = sheet;
  const radius = radiusOf(node);
  if (node.state === 'here') {
    flat(sheet, tones.line, (ctx) => burst(ctx, x, y, radius * 1.5, radius * 2.5, 14, 3));
    flat(sheet, tones.p1, (ctx) => burst(ctx, x, y, radius * 1.36, radius * 2.2, 14, 3));
  }
  const fill =
    node.state === 'closed'
      ? tones.mid
      : node.state === 'done'
        ? tones.line
        : node.state === 'here'
          ? tones.gold
          : tones.light;
  block(sheet, fill, (ctx) => disc(ctx, x, y, radius));
  if (node.state === 'open') line(sheet, tones.gold, 3.4, (ctx) => disc(ctx, x, y, radius * 0.78));
  if (node.state === 'here') flag(sheet, x, y, radius);
  else if (node.state !== 'closed')
    drawKind(sheet, node.kind, x, y, radius * 0.5, node.state === 'done' ? tones.gold : tones.line);
}

/** What waits there: blows, talk, tea, a fork in the road, an end. */
function drawKind(sheet: Sheet, kind: NodeKind, x: number, y: number, size: number, ink: string): void {
  if (kind === 'ending') {
    flat(sheet, ink, (ctx) => burst(ctx, x, y, size * 0.5, size * 1.3, 5, Math.PI / 2));
    return;
  }
  if (kind === 'scene') {
    flat(sheet, ink, (ctx) => {
      ctx.roundRect(x - size, y - size * 0.5, size * 2, size * 1.4, size * 0.4);
      polygon(
        ctx,
        x - size * 0.5,
        y - size * 0.4,
        x + size * 0.1,
        y - size * 0.4,
        x - size * 0.6,
        y - size * 1.1,
      );
    });
    return;
  }
  line(sheet, ink, size * 0.5, (ctx) => {
    if (kind === 'fight') {
      ctx.moveTo(x - size * 0.8, y - size * 0.8);
      ctx.lineTo(x + size * 0.8, y + size * 0.8);
      ctx.moveTo(x - size * 0.8, y + size * 0.8);
      ctx.lineTo(x + size * 0.8, y - size * 0.8);
    } else if (kind === 'rest') {
      ctx.moveTo(x - size * 0.9, y + size * 0.4);
      ctx.lineTo(x + size * 0.6, y + size * 0.4);
      ctx.quadraticCurveTo(x + size * 0.4, y - size * 0.8, x - size * 0.15, y - size * 0.8);
      ctx.quadraticCurveTo(x - size * 0.7, y - size * 0.8, x - size * 0.9, y + size * 0.4);
      ctx.moveTo(x + size * 0.7, y + size * 0.2);
      ctx.quadraticCurveTo(x + size * 1.3, y, x + size * 0.6, y - size * 0.4);
    } else {
      ctx.moveTo(x, y - size);
      ctx.lineTo(x, y - size * 0.1);
      ctx.lineTo(x - size * 0.8, y + size * 0.9);
      ctx.moveTo(x, y - size * 0.1);
      ctx.lineTo(x + size * 0.8, y + size * 0.9);
    }
  });
}

/** A flag planted where the player stands. */
function flag(sheet: Sheet, x: number, y: number, radius: number): void {
  const { tones } = sheet;
  line(sheet, tones.line, 4.4, (ctx) => {
    ctx.moveTo(x, y - radius * 0.3);
    ctx.lineTo(x, y + radius * 3.2);
  });
  block(
    sheet,
    tones.light,
    (ctx) => {
      ctx.moveTo(x + 1, y + radius * 3.2);
      ctx.quadraticCurveTo(x + radius, y + radius * 3.5, x + radius * 2, y + radius * 3);
      ctx.lineTo(x + radius * 1.5, y + radius * 2.4);
      ctx.lineTo(x + radius * 2, y + radius * 1.7);
      ctx.quadraticCurveTo(x + radius, y + radius * 2.1, x + 1, y + radius * 1.8);
      ctx.closePath();
    },
    tones.lightShade,
    3,
  );
}
