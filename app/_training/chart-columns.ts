import type { MetricSeries } from './metric-series';

/** A curve as it is drawn: about one point a pixel column, none of its extremes lost. */
export interface Columns {
  readonly steps: number[];
  readonly min: number[];
  readonly max: number[];
  readonly last: number[];
}

/**
 * Joins the points from step `from` to `to` into at most `columns` of equal width, and keeps one
 * neighbour on each side so that lines reach the edges.
 */
export function toColumns(series: MetricSeries, from: number, to: number, columns: number): Columns {
  const drawn: Columns = { steps: [], min: [], max: [], last: [] };
  const first = Math.max(0, series.indexOf(from) - 1);
  const end = Math.min(series.length, series.indexOf(to) + 1);
  const width = Math.max((to - from) / Math.max(1, columns), Number.MIN_VALUE);
  let column = Number.NaN;
  for (let i = first; i < end; i++) {
    const step = series.steps[i] ?? 0;
    const low = series.min[i] ?? 0;
    const high = series.max[i] ?? 0;
    const value = series.last[i] ?? 0;
    const own = Math.floor((step - from) / width);
    const at = drawn.steps.length - 1;
    if (own === column && at >= 0) {
      drawn.steps[at] = step;
      drawn.min[at] = Math.min(drawn.min[at] ?? low, low);
      drawn.max[at] = Math.max(drawn.max[at] ?? high, high);
      drawn.last[at] = value;
    } else {
      column = own;
      drawn.steps.push(step);
      drawn.min.push(low);
      drawn.max.push(high);
      drawn.last.push(value);
    }
  }
  return drawn;
}
