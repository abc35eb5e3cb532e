import type { MetricSeries } from './metric-series';

/** A curve at the screen's resolution: about one point a pixel column, none of its extremes lost. */
export interface Columns {
  readonly steps: number[];
  readonly min: number[];
  readonly max: number[];
  readonly last: number[];
}

/** Parts of the visible width over which a drawn line takes its mean. */
const SMOOTHING_WINDOWS = 40;

/** The same to be drawn: null where the line is interrupted. */
export interface Drawing {
  readonly steps: number[];
  readonly min: (number | null)[];
  readonly max: (number | null)[];
  readonly last: (number | null)[];
}

/**
 * What a chart draws of the positions `from` to `to`: a line through the mean of each point's surroundings,
 * and around it the smallest and largest value there. Points further apart than that stay as they are.
 * @param breaks positions, in order, before which a piece of the line ends and from which another begins
 */
export function toDrawing(
  series: MetricSeries,
  from: number,
  to: number,
  columns: number,
  breaks: readonly number[] = [],
): Drawing {
  const { steps, min, max, last } = toColumns(series, from, to, columns);
  const reach = (to - from) / SMOOTHING_WINDOWS / 2;
  const drawing: Drawing = { steps: [], min: [], max: [], last: [] };
  let nextBreak = 0;
  let pieceBegin = 0;
  let begin = 0;
  let end = 0;
  for (const [at, step] of steps.entries()) {
    for (; (breaks[nextBreak] ?? Number.POSITIVE_INFINITY) <= step; nextBreak += 1) {
      if (at === 0 || pieceBegin === at) continue;
      drawing.steps.push(Math.max(breaks[nextBreak] ?? step, steps[at - 1] ?? step));
      for (const column of [drawing.min, drawing.max, drawing.last]) column.push(null);
      pieceBegin = at;
    }
    const pieceEnd = breaks[nextBreak] ?? Number.POSITIVE_INFINITY;
    begin = Math.max(begin, pieceBegin);
    while ((steps[begin] ?? step) < step - reach) begin += 1;
    while (end < steps.length && (steps[end] ?? 0) <= step + reach && (steps[end] ?? 0) < pieceEnd) end += 1;
    let sum = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = begin; i < end; i++) {
      sum += last[i] ?? 0;
      low = Math.min(low, min[i] ?? low);
      high = Math.max(high, max[i] ?? high);
    }
    drawing.steps.push(step);
    drawing.last.push(sum / (end - begin));
    drawing.min.push(low);
    drawing.max.push(high);
  }
  return drawing;
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
