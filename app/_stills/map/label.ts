import { SCENE_UNITS } from '../frame';
import { block, type Sheet } from '../sheet';
import { POSTER_FACE, setType } from '../type';
import { type Place, radiusOf } from './node';

/** A rectangle by its middle, scene units. */
interface Patch {
  readonly x: number;
  readonly y: number;
  readonly halfWide: number;
  readonly halfHigh: number;
}

/** Scene units from a node's edge to the middle of its label. */
const GAP = 13;
/** So many places are tried below a node, and as many above. */
const ROWS = 3;

/** Draws the names of the nodes, each below its node; where another name or a node one may go to lies there, above or farther. */
export function drawLabels(sheet: Sheet, places: readonly Place[]): void {
  const taken = places
    .filter(({ node }) => node.state === 'open' || node.state === 'here')
    .map(({ node, x, y }): Patch => ({ x, y, halfWide: radiusOf(node), halfHigh: radiusOf(node) }));
  for (const place of places) {
    if (place.node.label === undefined) continue;
    const patch = freePatch(sheet, place, place.node.label, taken);
    taken.push(patch);
    drawLabel(sheet, place, place.node.label, patch);
  }
}

function freePatch(sheet: Sheet, place: Place, label: string, taken: readonly Patch[]): Patch {
  const { ctx, frame } = sheet;
  const size = sizeOf(sheet);
  ctx.font = `${size}px ${POSTER_FACE}`;
  const halfWide = ctx.measureText(label).width / 2 + 5;
  const halfHigh = size * 0.72;
  // At the edge they are pushed in, so that none is cut off.
  const x = Math.max(-frame.half + halfWide + 3, Math.min(frame.half - halfWide - 3, place.x));
  const off = radiusOf(place.node) + GAP;
  const below = { x, y: place.y - off, halfWide, halfHigh };
  for (let row = 0; row < ROWS; row += 1)
    for (const side of [-1, 1]) {
      const y = place.y + side * (off + row * (halfHigh * 2 + 3));
      const patch = { ...below, y };
      const isInside = y - halfHigh > 0 && y + halfHigh < SCENE_UNITS;
      if (isInside && !taken.some((other) => touches(patch, other))) return patch;
    }
  return below;
}

const touches = (one: Patch, other: Patch): boolean =>
  Math.abs(one.x - other.x) < one.halfWide + other.halfWide &&
  Math.abs(one.y - other.y) < one.halfHigh + other.halfHigh;

/** Large enough to be read on a small picture, scene units. */
const sizeOf = ({ frame }: Sheet): number => Math.max(13, 12 / frame.unit);

function drawLabel(sheet: Sheet, { node }: Place, label: string, { x, y, halfWide, halfHigh }: Patch): void {
  const { tones } = sheet;
  const isClosed = node.state === 'closed';
  block(
    sheet,
    isClosed ? tones.mid : tones.ground,
    (ctx) => ctx.roundRect(x - halfWide, y - halfHigh, halfWide * 2, halfHigh * 2, 3),
    undefined,
    2,
  );
  setType(sheet, label, x, y, { size: sizeOf(sheet), colour: isClosed ? tones.quiet : tones.text });
}
