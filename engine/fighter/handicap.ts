/**
 * What one side of a match gets or gives up before it begins: declared, bounded, and part of the state, so that whoever
 * simulates the match knows it. Percent are of what the character has without; whole numbers all of them.
 */
export interface Handicap {
  /** Full health. */
  readonly healthPercent?: number;
  /** Share of that full health at the beginning of each round. */
  readonly startHealthPercent?: number;
  /** Damage dealt. */
  readonly powerPercent?: number;
  /** Damage taken. */
  readonly armourPercent?: number;
  /** Gauge at the beginning of the match, of `MAX_GAUGE`. */
  readonly gaugeStart?: number;
  /** Gauge gained. */
  readonly gaugePercent?: number;
  /** Walk speed. */
  readonly speedPercent?: number;
}

export type HandicapName = keyof Handicap;

/** All of a handicap, each part in its bounds. */
export type FullHandicap = Required<Handicap>;

/** Least and most that a part may be. */
type Bounds = Readonly<Record<HandicapName, readonly [least: number, most: number]>>;

/** A match without handicaps. */
export const NO_HANDICAP: FullHandicap = {
  healthPercent: 100,
  startHealthPercent: 100,
  powerPercent: 100,
  armourPercent: 100,
  gaugeStart: 0,
  gaugePercent: 100,
  speedPercent: 100,
};

/** In the order in which a replay stores them. */
export const HANDICAP_NAMES: readonly HandicapName[] = [
  'healthPercent',
  'startHealthPercent',
  'powerPercent',
  'armourPercent',
  'gaugeStart',
  'gaugePercent',
  'speedPercent',
];

/** What the simulation takes. */
export const HANDICAP_BOUNDS: Bounds = {
  healthPercent: [20, 200],
  startHealthPercent: [5, 100],
  powerPercent: [50, 150],
  armourPercent: [50, 150],
  gaugeStart: [0, 1000],
  gaugePercent: [0, 300],
  speedPercent: [80, 120],
};

/** What several items may come to together: an edge, not a victory. */
export const ITEM_BOUNDS: Bounds = {
  healthPercent: [70, 130],
  startHealthPercent: [50, 100],
  powerPercent: [80, 120],
  armourPercent: [80, 120],
  gaugeStart: [0, 500],
  gaugePercent: [50, 200],
  speedPercent: [92, 108],
};

/**
 * A handicap with nothing left open.
 * @throws RangeError for a part outside `HANDICAP_BOUNDS`, or that is no whole number.
 */
export function fillHandicap(handicap: Handicap = {}): FullHandicap {
  const full = { ...NO_HANDICAP, ...handicap };
  for (const name of HANDICAP_NAMES) {
    const value = full[name];
    const [least, most] = HANDICAP_BOUNDS[name];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`handicap ${name} ${value} is not a whole number from ${least} to ${most}`);
  }
  return full;
}

/**
 * What several handicaps, such as a player's items, come to: what each changes is added up, then held within
 * `ITEM_BOUNDS`. Their order makes no difference.
 */
export function combineHandicaps(list: readonly Handicap[]): FullHandicap {
  const sum: { -readonly [Name in HandicapName]: number } = { ...NO_HANDICAP };
  for (const name of HANDICAP_NAMES) {
    for (const handicap of list) sum[name] += (handicap[name] ?? NO_HANDICAP[name]) - NO_HANDICAP[name];
    const [least, most] = ITEM_BOUNDS[name];
    sum[name] = Math.max(least, Math.min(most, sum[name]));
  }
  return sum;
}

/** Whether a handicap changes nothing. */
export function isNoHandicap(handicap: Handicap = {}): boolean {
  return HANDICAP_NAMES.every((name) => (handicap[name] ?? NO_HANDICAP[name]) === NO_HANDICAP[name]);
}
