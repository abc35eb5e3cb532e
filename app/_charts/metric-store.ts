import { createMetricSeries, type MetricSeries } from './metric-series';

/** Curves of a training, by their names on the wire; the win rate comes from its evaluations. */
export const FIELDS = ['reward', 'win_rate', 'loss', 'q_value', 'episode_length'] as const;
export type Field = (typeof FIELDS)[number];

/** A measurement as the stream brings it. */
export interface MetricPoint {
  readonly step: number;
  readonly episode: number;
  readonly loss: number;
  readonly reward: number;
  readonly q_value?: number | undefined;
  readonly episode_length: number;
}

/** A stretch of a curve as the database keeps it. */
export interface MetricBucket {
  readonly field: string;
  readonly toStep: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
}

/** How the policy did without exploring. */
export interface EvaluationPoint {
  readonly step: number;
  readonly rounds: number;
  readonly wins: number;
}

/** The curves of one training: plain data that charts read when it changes. */
export interface MetricStore {
  series(field: Field): MetricSeries;
  /** The newest measurement; undefined before the first. */
  readonly latest: MetricPoint | undefined;
  /** Raised by every change. */
  readonly version: number;
  /** Adds measurements; those of steps that are known already are left out. */
  append(metrics: readonly MetricPoint[]): void;
  /** Puts what is older than everything here before it, each field's buckets in the order of their steps. */
  prepend(buckets: readonly MetricBucket[]): void;
  /** Adds evaluations; known ones change nothing. */
  appendEvaluations(evaluations: readonly EvaluationPoint[]): void;
  clear(): void;
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Creates an empty store of at most `maxPoints` points a curve. */
export function createMetricStore(maxPoints = 100_000): MetricStore {
  const listeners = new Set<() => void>();
  const curves = new Map<Field, MetricSeries>();
  const winRates = new Map<number, readonly [low: number, high: number, rate: number]>();
  /** Steps of evaluations that came as such. */
  const evaluated = new Set<number>();
  let latest: MetricPoint | undefined;
  let version = 0;

  const series = (field: Field): MetricSeries => {
    const known = curves.get(field);
    if (known) return known;
    const created = createMetricSeries(maxPoints);
    curves.set(field, created);
    return created;
  };
  const add = (field: Field, step: number, value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value)) series(field).add(step, value, value, value);
  };
  const rebuildWinRate = () => {
    const curve = createMetricSeries(maxPoints);
    for (const [step, values] of [...winRates].sort(([a], [b]) => a - b)) curve.add(step, ...values);
    curves.set('win_rate', curve);
  };
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };

  return {
    series,
    get latest() {
      return latest;
    },
    get version() {
      return version;
    },
    append(metrics) {
      for (const point of metrics) {
        add('reward', point.step, point.reward);
        add('loss', point.step, point.loss);
        add('q_value', point.step, point.q_value);
        add('episode_length', point.step, point.episode_length);
        if (!latest || point.step >= latest.step) latest = point;
      }
      if (metrics.length > 0) changed();
    },
    prepend(buckets) {
      for (const { field, toStep, last } of buckets) {
        // The database keeps no number of rounds, so an evaluation that is known by itself says more.
        if (field === 'win_rate' && !winRates.has(toStep)) winRates.set(toStep, [last, last, last]);
      }
      rebuildWinRate();
      for (const field of FIELDS) {
        if (field === 'win_rate') continue;
        const newer = curves.get(field);
        const before = newer && newer.length > 0 ? (newer.steps[0] ?? 0) : Number.POSITIVE_INFINITY;
        const joined = createMetricSeries(maxPoints);
        for (const bucket of buckets) {
          if (bucket.field !== field || bucket.toStep >= before) continue;
          joined.add(bucket.toStep, bucket.min, bucket.max, bucket.last);
        }
        for (let i = 0; newer && i < newer.length; i++) {
          joined.add(newer.steps[i] ?? 0, newer.min[i] ?? 0, newer.max[i] ?? 0, newer.last[i] ?? 0);
        }
        curves.set(field, joined);
      }
      if (buckets.length > 0) changed();
    },
    appendEvaluations(evaluations) {
      const points = evaluations.filter(({ rounds }) => rounds > 0);
      if (points.every(({ step }) => evaluated.has(step))) return;
      for (const { step, rounds, wins } of points) {
        evaluated.add(step);
        winRates.set(step, [...interval(wins, rounds), wins / rounds]);
      }
      rebuildWinRate();
      changed();
    },
    clear() {
      curves.clear();
      winRates.clear();
      evaluated.clear();
      latest = undefined;
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Where the true rate lies with 95 % confidence: Wilson's score interval. */
export function interval(wins: number, rounds: number): [low: number, high: number] {
  const z = 1.96;
  const rate = wins / rounds;
  const scale = 1 + (z * z) / rounds;
  const middle = (rate + (z * z) / (2 * rounds)) / scale;
  const spread = (z / scale) * Math.sqrt((rate * (1 - rate)) / rounds + (z * z) / (4 * rounds * rounds));
  return [Math.max(0, middle - spread), Math.min(1, middle + spread)];
}
