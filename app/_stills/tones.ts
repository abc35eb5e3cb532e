import { INK, PAPER } from '../_stage/palette';

/** `dark` is ink paper with light print; `light` is the poster itself. */
export type Theme = 'dark' | 'light';

/** The colour that a still is printed in beside ink and paper. */
export type Spot = 'p1' | 'p2' | 'gold' | 'good';

/** The flat colours of one still, from the tokens of the page's theme (app/_ui/styles/tokens.css). */
export interface Tones {
  readonly ground: string;
  readonly raised: string;
  readonly text: string;
  readonly quiet: string;
  /** Outlines: ink in both themes. */
  readonly line: string;
  readonly p1: string;
  readonly p2: string;
  readonly gold: string;
  readonly good: string;
  /** The still's own colour, and four planes of it, from the brightest sky to what is near. */
  readonly spot: string;
  readonly sky: string;
  readonly far: string;
  readonly mid: string;
  readonly near: string;
  /** What shines, and the same in shade. */
  readonly light: string;
  readonly lightShade: string;
}

const TOKENS = {
  dark: {
    ground: INK,
    raised: '#1e1b27',
    text: PAPER,
    quiet: '#b3a9bd',
    p1: '#ff5a36',
    p2: '#3d8bff',
    gold: '#ffc53d',
    good: '#46c98b',
  },
  light: {
    ground: PAPER,
    raised: '#fff9ec',
    text: INK,
    quiet: '#5d5568',
    p1: '#d93a18',
    p2: '#1b5fd6',
    gold: '#e0a11d',
    good: '#1f8a58',
  },
} as const;

/** Shares of the spot colour in each plane: at night the sky is the brightest, by day the nearest is the strongest. */
const PLANES = {
  dark: { sky: 0.5, far: 0.33, mid: 0.2, near: 0.09 },
  light: { sky: 0.2, far: 0.42, mid: 0.68, near: 1 },
} as const;

const made = new Map<string, Tones>();

/** The tones of a theme and a spot colour; made once. */
export function tonesOf(theme: Theme, spot: Spot): Tones {
  const key = `${theme} ${spot}`;
  let tones = made.get(key);
  if (tones === undefined) {
    const tokens = TOKENS[theme];
    const planes = PLANES[theme];
    const colour = tokens[spot];
    // Gold in ink alone would turn olive.
    const base = theme === 'dark' && spot === 'gold' ? mix(INK, tokens.p1, 0.14) : tokens.ground;
    tones = {
      ...tokens,
      line: INK,
      spot: colour,
      sky: mix(base, colour, planes.sky),
      far: mix(base, colour, planes.far),
      mid: mix(base, colour, planes.mid),
      near: theme === 'dark' ? mix(base, colour, planes.near) : mix(colour, INK, 0.5),
      light: theme === 'dark' ? PAPER : '#fff9ec',
      lightShade: theme === 'dark' ? '#b9ab94' : '#d8c9ab',
    };
    made.set(key, tones);
  }
  return tones;
}

/** The colour at `share` of the way between two, both `#rrggbb`. */
export function mix(from: string, to: string, share: number): string {
  let out = '#';
  for (let i = 1; i < 7; i += 2) {
    const a = Number.parseInt(from.slice(i, i + 2), 16);
    const b = Number.parseInt(to.slice(i, i + 2), 16);
    out += Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  }
  return out;
}
