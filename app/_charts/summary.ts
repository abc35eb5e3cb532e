import type { Field, MetricStore } from './metric-store';
import { stepAt } from './placing';

/** A curve in a few numbers. */
export interface Summary {
  /** Of the newest measurement. */
  readonly step: number;
  /** Which run of the trainer it belongs to, from 1: one that starts again begins another. */
  readonly run: number;
  /** The newest value: NaN or an infinity where the trainer measured one. */
  readonly last: number;
  /** Smallest and largest number; undefined when there was none. */
  readonly extremes: { readonly min: number; readonly max: number } | undefined;
  /** Where it was no number; undefined when it never was. */
  readonly holes:
    | { readonly count: number; readonly firstStep: number; readonly lastStep: number }
    | undefined;
}

/** The newest value of a curve, its extremes and its holes; undefined while it is empty. */
export function summarize(store: MetricStore, field: Field): Summary | undefined {
  const { series, holes, newest } = store.curve(field);
  if (!newest) return undefined;
  const { stretches, count } = store.placing;
  const { length, min, max, last } = series;
  // Around a win rate lies its confidence interval, whose edges nobody measured.
  const [lows, highs] = field === 'win_rate' ? [last, last] : [min, max];
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    lowest = Math.min(lowest, lows[i] ?? lowest);
    highest = Math.max(highest, highs[i] ?? highest);
  }
  const [first, latest] = [holes[0], holes.at(-1)];
  return {
    step: stepAt(stretches, newest.position),
    run: count - stretches.filter(({ from }) => from > newest.position).length,
    last: newest.value,
    extremes: length > 0 ? { min: lowest, max: highest } : undefined,
    holes:
      first && latest
        ? {
            count: holes.reduce((sum, hole) => sum + hole.count, 0),
            firstStep: stepAt(stretches, first.from),
            lastStep: stepAt(stretches, latest.to),
          }
        : undefined,
  };
}
