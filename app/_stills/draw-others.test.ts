import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ITEM_LOOKS } from '../_stage/worn/looks';
import { drawItemIcon } from './draw-item-icon';
import { drawMap } from './draw-map';
import { drawPortrait } from './draw-portrait';
import { MOODS, PERSON_LOOKS } from './ids';
import { ITEM_KINDS } from './item-kinds';
import type { MapNode } from './map/types';
import { createRecorder, stubCanvas } from './testing';

beforeEach(stubCanvas);
afterEach(() => {
  vi.unstubAllGlobals();
});

const NODES: readonly MapNode[] = [
  { id: 'quay', x: 0.1, y: 0.8, state: 'done', kind: 'fight', label: 'Quay' },
  { id: 'tea', x: 0.4, y: 0.6, state: 'here', kind: 'rest' },
  { id: 'lane', x: 0, y: 0.2, state: 'open', kind: 'scene', label: 'Back lane' },
  { id: 'roofs', x: 1, y: 1, state: 'open', kind: 'fight' },
  { id: 'gate', x: 0.6, y: 0.1, state: 'closed', kind: 'ending' },
];
const ROADS = [
  { from: 'quay', to: 'tea' },
  { from: 'tea', to: 'lane' },
  { from: 'tea', to: 'roofs', bend: -0.3 },
  { from: 'lane', to: 'gate' },
  { from: 'gate', to: 'nowhere' },
];

describe('a portrait', () => {
  it('differs by person and by mood, and is the same each time', () => {
    const seen = new Set<string>();
    for (const look of PERSON_LOOKS)
      for (const mood of MOODS) {
        const draw = () => {
          const recorder = createRecorder();
          drawPortrait(recorder.ctx, look, { size: 48, mood });
          return recorder.calls.join('\n');
        };
        expect(draw()).toBe(draw());
        seen.add(draw());
      }
    expect(seen.size).toBe(PERSON_LOOKS.length * MOODS.length);
  });

  it('is printed in the ink of a side for those who can be either player', () => {
    const draw = (side: 1 | 2) => {
      const recorder = createRecorder();
      drawPortrait(recorder.ctx, 'bawi', { size: 96, side });
      return recorder.calls.join('\n');
    };
    expect(draw(1)).not.toBe(draw(2));
  });
});

describe('an item’s icon', () => {
  it('differs by look, and by kind where it has none', () => {
    const seen = new Set<string>();
    for (const kind of ITEM_KINDS)
      for (const look of ITEM_LOOKS) {
        const recorder = createRecorder();
        drawItemIcon(recorder.ctx, { size: 48, kind, look });
        seen.add(recorder.calls.join('\n'));
      }
    expect(seen.size).toBe(ITEM_KINDS.length * ITEM_LOOKS.length);
  });
});

describe('a map', () => {
  it.each([
    [320, 400],
    [390, 700],
    [1280, 720],
  ])(
    'of %d × %d tells where to press: open nodes only, a finger wide, inside the picture',
    (width, height) => {
      for (const act of [1, 2, 3] as const) {
        const { ctx } = createRecorder();
        const areas = drawMap(ctx, act, {
          width,
          height,
          theme: 'light',
          language: 'ko',
          nodes: NODES,
          roads: ROADS,
        });
        expect(areas.map(({ id }) => id)).toEqual(['lane', 'roofs']);
        for (const area of areas) {
          expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(44);
          expect(area.x).toBeGreaterThanOrEqual(0);
          expect(area.y).toBeGreaterThanOrEqual(0);
          expect(area.x + area.width).toBeLessThanOrEqual(width);
          expect(area.y + area.height).toBeLessThanOrEqual(height);
        }
      }
    },
  );

  it.each([
    [320, 300],
    [390, 350],
    [844, 330],
    [1280, 450],
  ])('of %d × %d sets no name over another, however near the nodes are', (width, height) => {
    const names = ['Two Stalls, One Rain', 'Bout Three: the Runner', 'Under an Awning'];
    const nodes = names.map((label, index) => ({
      id: label,
      ...{ label, x: 0.64 + index * 0.09, y: 0.44 - index * 0.01 },
      ...{ state: 'open' as const, kind: 'scene' as const },
    }));
    const recorder = createRecorder();
    const roads = [{ from: names[0] ?? '', to: names[1] ?? '' }];
    drawMap(recorder.ctx, 1, { width, height, theme: 'dark', language: 'en', nodes, roads });
    const boxes = recorder.texts.map(({ box }) => box);
    expect(boxes).toHaveLength(names.length);
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        const isBeside = one.right <= other.left || other.right <= one.left;
        expect(isBeside || one.bottom <= other.top || other.bottom <= one.top).toBe(true);
      }
  });

  it('differs by what was walked', () => {
    const draw = (nodes: readonly MapNode[]) => {
      const recorder = createRecorder();
      drawMap(recorder.ctx, 1, {
        width: 640,
        height: 360,
        theme: 'dark',
        language: 'en',
        nodes,
        roads: ROADS,
      });
      return recorder.calls.join('\n');
    };
    const later = NODES.map((node) => (node.id === 'tea' ? { ...node, state: 'done' as const } : node));
    expect(draw(later)).not.toBe(draw(NODES));
    expect(draw(NODES)).toBe(draw(NODES));
  });
});
