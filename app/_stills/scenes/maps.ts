import { drawRoads } from '../map/road';
import { ACT_SPOTS, drawTerrain } from '../map/terrain';
import type { Act, MapNode, MapRoad } from '../map/types';
import type { Scene } from '../scene';
import { at, type Sheet } from '../sheet';
import { setType } from '../type';

/** The maps between the acts, as pictures: the land, and a road with one mark on it. */

const ROADS: Readonly<Record<Act, readonly (readonly [number, number])[]>> = {
  1: [
    [0.12, 0.5],
    [0.36, 0.4],
    [0.58, 0.47],
    [0.86, 0.28],
  ],
  2: [
    [0.16, 0.52],
    [0.38, 0.36],
    [0.6, 0.42],
    [0.84, 0.2],
  ],
  3: [
    [0.14, 0.52],
    [0.4, 0.5],
    [0.8, 0.4],
    [0.66, 0.2],
  ],
};

const STATES = ['done', 'here', 'open', 'closed'] as const;
const TITLES = {
  en: ['ACT ONE', 'ACT TWO', 'ACT THREE'],
  ko: ['첫째 마당', '둘째 마당', '셋째 마당'],
} as const;

function mapOf(act: Act): Scene {
  const nodes: MapNode[] = ROADS[act].map(([x, y], i) => ({
    id: `${i}`,
    x,
    y,
    state: STATES[i] ?? 'closed',
    kind: i === 3 ? 'ending' : 'fight',
  }));
  const roads: MapRoad[] = [0, 1, 2].map((i) => ({
    from: `${i}`,
    to: `${i + 1}`,
    bend: i % 2 === 0 ? 0.16 : -0.16,
  }));
  return {
    spot: ACT_SPOTS[act],
    falls: act !== 2,
    draw(sheet) {
      drawTerrain(sheet, act);
      drawRoads(sheet, nodes, roads);
      title(sheet, act);
    },
  };
}

function title(sheet: Sheet, act: Act): void {
  const { tones, frame } = sheet;
  setType(
    sheet,
    TITLES[sheet.language][act - 1] ?? '',
    -frame.half + at(sheet, 10, 26),
    at(sheet, 264, 242),
    {
      size: at(sheet, 40, 76),
      fit: at(sheet, 128, 400),
      align: 'left',
      colour: tones.light,
      under: tones.p1,
      angle: 0.04,
    },
  );
}

export const map1 = mapOf(1);
export const map2 = mapOf(2);
export const map3 = mapOf(3);
