import type { Field, MetricStore } from './metric-store';

/** A curve in a few numbers. */
export interface Summary {
  readonly step: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** The newest point of a curve and the curve's extremes; undefined while it is empty. */
export function summarize(store: MetricStore, field: Field): Summary | undefined {
  const { length, steps, min, max, last } = store.series(field);
  if (length === 0) return undefined;
  // Around a win rate lies its confidence interval, whose edges nobody measured.
  const [lows, highs] = field === 'win_rate' ? [last, last] : [min, max];
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    lowest = Math.min(lowest, lows[i] ?? lowest);
    highest = Math.max(highest, highs[i] ?? highest);
  }
  return { step: steps[length - 1] ?? 0, last: last[length - 1] ?? 0, min: lowest, max: highest };
}
