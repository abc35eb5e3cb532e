import { breath, type Desk, drum, skin, wood } from './instruments';

/** Moments of a story that are heard, outside of its fights. */
export const STINGER_KINDS = ['scene', 'choice', 'item', 'continue', 'ending', 'over'] as const;
export type StingerKind = (typeof STINGER_KINDS)[number];

/** How each moment sounds: paper and ink for the pages, wood for what is won, the drum for what ends. */
export const STINGERS = {
  /** A sheet is laid down, and pressed. */
  scene(desk) {
    breath(desk, 1800, 700, 0.9, { volume: 0.16, length: 0.22 });
    skin(desk, 120, 70, { after: 0.16, volume: 0.22, length: 0.14 });
  },
  /** A stamp. */
  choice(desk) {
    wood(desk, 620, { volume: 0.22, length: 0.06 });
    breath(desk, 900, 300, 1, { after: 0.01, volume: 0.14, length: 0.08 });
  },
  item(desk) {
    for (const [i, pitch] of [523, 784].entries())
      wood(desk, pitch, { after: i * 0.09, volume: 0.28, length: 0.2 });
    breath(desk, 600, 2600, 1, { volume: 0.08, length: 0.2 });
  },
  /** Somebody counts. */
  continue(desk) {
    for (let i = 0; i < 3; i += 1) drum(desk, i * 0.42, 0.44 - i * 0.1);
  },
  ending(desk) {
    for (const [i, pitch] of [392, 523, 659, 784].entries())
      wood(desk, pitch, { after: i * 0.13, volume: 0.32, length: 0.34 });
    for (const [after, volume] of [
      [0, 0.4],
      [0.39, 0.6],
      [0.52, 0.7],
    ] as const)
      drum(desk, after, volume);
    breath(desk, 500, 3200, 0.7, { after: 0.39, volume: 0.14, length: 0.6 });
  },
  over(desk) {
    for (const [i, pitch] of [392, 330, 262].entries())
      wood(desk, pitch, { after: i * 0.2, volume: 0.26, length: 0.3 });
    skin(desk, 80, 34, { after: 0.6, volume: 0.6, length: 0.7 });
  },
} as const satisfies Record<StingerKind, (desk: Desk) => void>;
