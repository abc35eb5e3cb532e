import { createMetricSeries, type MetricSeries } from './metric-series';

/** Measurements one after the other that were no numbers: NaN or an infinity. They can't be drawn, only marked. */
export interface Hole {
  readonly from: number;
  to: number;
  count: number;
}

/** The numbers of one curve, and where it had none. */
export interface Curve {
  readonly series: MetricSeries;
  /** Oldest first. */
  readonly holes: readonly Hole[];
  /** What was measured last, be it a number or not. */
  readonly newest: { readonly position: number; readonly value: number } | undefined;
  /** Adds a point whose values may be no numbers. `count` says how many measurements a point without a number stands for. */
  add(position: number, min: number, max: number, last: number, count?: number): void;
}

/** More than a chart could show; later ones are joined. */
const MAX_HOLES = 500;

export function createCurve(maxPoints: number): Curve {
  const series = createMetricSeries(maxPoints);
  const holes: Hole[] = [];
  let newest: { readonly position: number; readonly value: number } | undefined;
  let isInHole = false;
  return {
    series,
    holes,
    get newest() {
      return newest;
    },
    add(position, min, max, last, count = 1) {
      newest = { position, value: last };
      if (Number.isFinite(last)) {
        isInHole = false;
        // The extremes of a stretch that also had a NaN are unknown.
        series.add(position, Number.isFinite(min) ? min : last, Number.isFinite(max) ? max : last, last);
      }
      if (Number.isFinite(last) && Number.isFinite(min) && Number.isFinite(max)) return;
      const open = holes.at(-1);
      if (open && (isInHole || holes.length >= MAX_HOLES)) {
        open.to = position;
        open.count += count;
      } else holes.push({ from: position, to: position, count });
      isInHole = !Number.isFinite(last);
    },
  };
}
