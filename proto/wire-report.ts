import { ROUTES, type Route } from './sessions';

/** What a page tells of the line between the two players after a fight (PEER-20), free of any library. */

const DAY_MS = 86_400_000;

/** The numbers of a sample in the order of a row, each with its smallest and largest value: a picture needs no more. */
export const WIRE_COLUMNS = {
  /** When it begins. */
  at: [0, DAY_MS],
  /** How long it is: samples of a long fight are joined. */
  span: [0, DAY_MS],
  /** Frame of the match that was shown at its end. */
  frame: [0, 1_000_000],
  /** Round trip, ms. */
  ping: [0, 10_000],
  /** Mean deviation of the round trip, ms. */
  jitter: [0, 10_000],
  /** Of a thousand packets of the other page, how many never came. */
  loss: [0, 1_000],
  rollbacks: [0, 100_000],
  /** Frames of the deepest rollback. */
  deepest: [0, 60],
  /** Frames that were simulated again here, and on the other page (as it reported). */
  again: [0, 1_000_000],
  againThere: [0, 1_000_000],
  /** For how long the fight waited for the other's inputs, ms. */
  waited: [0, DAY_MS],
  /** Tenths of a frame that this page was ahead of the other; below 0 it was behind. */
  ahead: [-10_000, 10_000],
  /** Input delay, frames. */
  delay: [0, 60],
} as const;

export type WireColumn = keyof typeof WIRE_COLUMNS;

const COLUMN_NAMES = Object.keys(WIRE_COLUMNS) as readonly WireColumn[];

/**
 * About one second of a fight, as one page saw it. Times are whole milliseconds; in a report of a page they count from
 * its first sample, in a stored one from the moment in which both were connected.
 */
export type WireSample = { readonly [C in WireColumn]: number } & { readonly route: Route };

/** What is worth a mark of its own beside the samples. */
export const WIRE_MARK_TYPES = [
  /** The fight waited for the other's inputs. */
  'wait',
  /** This page itself did not run: a busy or sleeping machine. */
  'frozen',
  /** Nothing was heard of the other. */
  'silent',
  /** The other's line to the server was gone. */
  'away',
  /** The other's hidden tab held the fight up. */
  'held',
  /** Both had agreed to a pause. */
  'pause',
  /** This page was loaded in the middle of the fight. */
  'reload',
  /** The way to the other changed. */
  'route',
  /** The practice network was on. */
  'practice',
] as const;
export type WireMarkType = (typeof WIRE_MARK_TYPES)[number];

export interface WireMark {
  readonly at: number;
  /** How long it lasted; 0 where that means nothing. */
  readonly span: number;
  readonly type: WireMarkType;
}

/** A fight as one page saw it: samples in the order of time, and marks in that of their ends. */
export interface WireStory {
  readonly samples: readonly WireSample[];
  readonly marks: readonly WireMark[];
}

/** Most samples of one report: a longer fight has two seconds in each. */
export const MAX_WIRE_SAMPLES = 720;
export const MAX_WIRE_MARKS = 200;

/** Limits of each number of a row: {@link WIRE_COLUMNS}, then the number of the route. */
export const WIRE_ROW: readonly (readonly [least: number, most: number])[] = [
  ...Object.values(WIRE_COLUMNS),
  [0, ROUTES.length - 1],
];

/** A measured value as a row may carry it: whole and within its limits; what is no number is the least. */
export function fitWire(column: WireColumn, value: number): number {
  const [least, most] = WIRE_COLUMNS[column];
  return Number.isNaN(value) ? Math.max(0, least) : Math.min(most, Math.max(least, Math.round(value)));
}

/** A story as it is sent and stored, in rows: what a page that goes leaves behind may have 64 KiB. */
export interface PackedStory {
  /** As {@link WIRE_ROW} has them. */
  samples: number[][];
  marks: [at: number, span: number, type: number][];
}

export function packStory({ samples, marks }: WireStory): PackedStory {
  return {
    samples: samples.map(rowOf),
    marks: marks.map(({ at, span, type }) => [at, span, WIRE_MARK_TYPES.indexOf(type)]),
  };
}

function rowOf(sample: WireSample): number[] {
  return [...COLUMN_NAMES.map((column) => sample[column]), ROUTES.indexOf(sample.route)];
}

/** What a packed story says; rows and marks of unknown kinds are left out. */
export function unpackStory({ samples, marks }: PackedStory): WireStory {
  return {
    samples: samples.flatMap((row) => sampleOf(row) ?? []),
    marks: marks.flatMap(([at, span, number]) => {
      const type = WIRE_MARK_TYPES[number];
      return type === undefined ? [] : [{ at, span, type }];
    }),
  };
}

function sampleOf(row: readonly number[]): WireSample | undefined {
  const route = ROUTES[row[COLUMN_NAMES.length] ?? -1];
  if (route === undefined) return undefined;
  const columns = COLUMN_NAMES.map((column, index) => [column, row[index] ?? 0] as const);
  return { ...(Object.fromEntries(columns) as Record<WireColumn, number>), route };
}

/** Two neighbours as one: means by time, sums as far as a column goes, extremes as they are. */
export function joinSamples(one: WireSample, two: WireSample): WireSample {
  const sum = (column: WireColumn) => fitWire(column, one[column] + two[column]);
  const span = sum('span');
  const mean = (a: number, b: number) => Math.round((a * one.span + b * two.span) / Math.max(1, span));
  return {
    at: one.at,
    span,
    frame: two.frame,
    ping: mean(one.ping, two.ping),
    jitter: mean(one.jitter, two.jitter),
    loss: mean(one.loss, two.loss),
    rollbacks: sum('rollbacks'),
    deepest: Math.max(one.deepest, two.deepest),
    again: sum('again'),
    againThere: sum('againThere'),
    waited: sum('waited'),
    ahead: mean(one.ahead, two.ahead),
    delay: two.delay,
    route: two.route,
  };
}

/** Half as many samples, each twice as long. */
export function halveSamples(samples: readonly WireSample[]): WireSample[] {
  const halved: WireSample[] = [];
  for (let i = 0; i < samples.length; i += 2) {
    const [one, two] = [samples[i], samples[i + 1]];
    if (one) halved.push(two ? joinSamples(one, two) : one);
  }
  return halved;
}
