import type { Route } from '../../proto/sessions';
import type { WireSample } from '../../proto/wire-report';

/** A panel is drawn in these units and stretched to its place. */
export const PANEL = { width: 1_000, height: 100 } as const;

/** Samples further apart than this are no neighbours: the page was not there in between. */
const BREAK_MS = 2_500;

const TICK_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600] as const;
const MOST_TICKS = 6;
const SCALES = [10, 20, 50, 100, 150, 200, 300, 500, 1_000, 2_000, 5_000, 10_000] as const;

/** Milliseconds that the picture shows. */
export function durationOf(
  stories: readonly ({ readonly samples: readonly WireSample[] } | undefined)[],
): number {
  const ends = stories.map((story) => {
    const last = story?.samples.at(-1);
    return last ? last.at + last.span : 0;
  });
  return Math.max(1_000, ...ends);
}

/** Moments with a label under the picture, ms. */
export function ticksOf(durationMs: number): number[] {
  const step = TICK_STEPS_S.find((seconds) => durationMs / 1_000 / seconds <= MOST_TICKS) ?? 7_200;
  const count = Math.floor(durationMs / 1_000 / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step * 1_000);
}

/** The round number at the top of a panel. */
export function scaleOf(largest: number): number {
  return SCALES.find((scale) => scale >= largest) ?? 10_000;
}

export interface Place {
  readonly durationMs: number;
  /** The value at the top of the panel. */
  readonly top: number;
}

const x = (atMs: number, { durationMs }: Place) =>
  round((Math.min(atMs, durationMs) / durationMs) * PANEL.width);
const y = (value: number, { top }: Place) =>
  round(PANEL.height * (1 - Math.min(1, Math.max(0, value / top))));
const round = (value: number) => Math.round(value * 10) / 10;
const middle = ({ at, span }: WireSample) => at + span / 2;

/** Stretches without a hole. */
function pieces(samples: readonly WireSample[]): WireSample[][] {
  const found: WireSample[][] = [];
  let last: WireSample | undefined;
  for (const sample of samples) {
    const isNext = last && sample.at - (last.at + last.span) <= BREAK_MS;
    if (isNext) found.at(-1)?.push(sample);
    else found.push([sample]);
    last = sample;
  }
  return found;
}

/** A line through the samples; it breaks where the page was not there. */
export function linePath(
  samples: readonly WireSample[],
  read: (sample: WireSample) => number,
  place: Place,
): string {
  return pieces(samples)
    .map((piece) => {
      const [first] = piece;
      const last = piece.at(-1);
      if (!first || !last) return '';
      const points = piece.map((sample) => `${x(middle(sample), place)} ${y(read(sample), place)}`);
      const from = `${x(first.at, place)} ${y(read(first), place)}`;
      const to = `${x(last.at + last.span, place)} ${y(read(last), place)}`;
      return `M${[from, ...points, to].join('L')}`;
    })
    .join('');
}

/** The surface between two values. */
export function bandPath(
  samples: readonly WireSample[],
  low: (sample: WireSample) => number,
  high: (sample: WireSample) => number,
  place: Place,
): string {
  return pieces(samples)
    .map((piece) => {
      const there = piece.map((sample) => `${x(middle(sample), place)} ${y(high(sample), place)}`);
      const back = piece.map((sample) => `${x(middle(sample), place)} ${y(low(sample), place)}`);
      return `M${[...there, ...back.reverse()].join('L')}Z`;
    })
    .join('');
}

/** Bars from the middle of the panel: upward for player 1, downward for player 2. */
export function barsPath(
  samples: readonly WireSample[],
  read: (sample: WireSample) => number,
  place: Place,
  direction: 'up' | 'down',
): string {
  const half = PANEL.height / 2;
  return samples
    .filter((sample) => read(sample) > 0)
    .map((sample) => {
      const tall = round(Math.min(1, read(sample) / place.top) * (half - 2));
      const from = x(sample.at, place);
      const wide = round(Math.max(1.5, x(sample.at + sample.span, place) - from));
      const top = direction === 'up' ? half - 1 - tall : half + 1;
      return `M${from} ${round(top)}h${wide}v${tall}h${-wide}Z`;
    })
    .join('');
}

/** Share of player 1 in what both simulated again within the last seconds, as the page of `side` knows it. */
export function sharesOf(samples: readonly WireSample[], side: 1 | 2, withinMs = 10_000): WireSample[] {
  return samples.flatMap((sample, index) => {
    let here = 0;
    let there = 0;
    for (let i = index; i >= 0; i -= 1) {
      const one = samples[i];
      if (!one || sample.at - one.at >= withinMs) break;
      here += one.again;
      there += one.againThere;
    }
    if (here + there === 0) return [];
    const ofFirst = side === 1 ? here : there;
    // Carried in a sample, so that it is drawn like every other line.
    return [{ ...sample, loss: Math.round((100 * ofFirst) / (here + there)) }];
  });
}

export interface RouteStretch {
  readonly route: Route;
  readonly at: number;
  readonly to: number;
}

/** By which way, from when to when. */
export function routeStretches(samples: readonly WireSample[]): RouteStretch[] {
  const stretches: { route: Route; at: number; to: number }[] = [];
  for (const { route, at, span } of samples) {
    const last = stretches.at(-1);
    if (last && last.route === route) last.to = at + span;
    else stretches.push({ route, at, to: at + span });
  }
  return stretches;
}

/** What was seen at a moment; undefined where the page was not there. */
export function sampleAt(samples: readonly WireSample[], atMs: number): WireSample | undefined {
  const found = samples.findLast(({ at }) => at <= atMs);
  return found && atMs - found.at <= found.span + BREAK_MS ? found : undefined;
}

/** Minutes and seconds: 1:05. */
export function clock(atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
