import { type Curve, createCurve } from './curve';
import { createPlacing, type Placing } from './placing';

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
  curve(field: Field): Curve;
  /** Where the trainer began to count anew; the positions of all curves follow them. */
  readonly placing: Placing;
  /** The newest measurement; undefined before the first. */
  readonly latest: MetricPoint | undefined;
  /** Raised by every change. */
  readonly version: number;
  /** Adds measurements that nobody told before. A step that goes back starts a stretch. */
  append(metrics: readonly MetricPoint[]): void;
  /** Puts what is older than everything here before it, each field's buckets in the order of their steps. */
  prepend(buckets: readonly MetricBucket[]): void;
  /** Takes every evaluation so far, oldest first, in place of those it had. */
  setEvaluations(evaluations: readonly EvaluationPoint[]): void;
  clear(): void;
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Creates an empty store of at most `maxPoints` points a curve. */
export function createMetricStore(maxPoints = 100_000): MetricStore {
  const listeners = new Set<() => void>();
  const curves = new Map<Field, Curve>();
  /** Where the measurements of a curve begin, and its history ends. */
  const begins = new Map<Field, number>();
  let placing = createPlacing();
  let history: readonly MetricBucket[] = [];
  let evaluations: readonly EvaluationPoint[] = [];
  let latest: MetricPoint | undefined;
  let version = 0;

  const curve = (field: Field): Curve => {
    const known = curves.get(field);
    if (known) return known;
    const created = createCurve(maxPoints);
    curves.set(field, created);
    return created;
  };
  /** History up to where the measurements begin, then those, if there are any yet. */
  const join = (field: Field, old?: Curve) => {
    const begin = begins.get(field) ?? Number.POSITIVE_INFINITY;
    const joined = createCurve(maxPoints);
    for (const { field: of, toStep, min, max, last } of history)
      if (of === field && toStep < begin) joined.add(toStep, min, max, last);
    if (old) for (const point of pointsFrom(old, begin)) joined.add(...point);
    curves.set(field, joined);
  };
  const add = (field: Field, position: number, value: number | undefined) => {
    if (value === undefined) return;
    if (!begins.has(field)) {
      begins.set(field, position);
      // The stream may begin before the history ends.
      join(field);
    }
    curve(field).add(position, value, value, value);
  };
  const rebuildWinRate = () => {
    const rates = createCurve(maxPoints);
    const known = new Set(evaluations.map(({ step }) => step));
    // The database keeps no number of rounds, so an evaluation that is known by itself says more.
    const older: Rate[] = history
      .filter(({ field, toStep }) => field === 'win_rate' && !known.has(toStep))
      .map(({ toStep, last }) => [toStep, last, last, last]);
    for (const rate of [...older, ...placeRates(evaluations, placing)].sort(([a], [b]) => a - b))
      rates.add(...rate);
    curves.set('win_rate', rates);
  };
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };

  return {
    curve,
    get placing() {
      return placing;
    },
    get latest() {
      return latest;
    },
    get version() {
      return version;
    },
    append(metrics) {
      const { count } = placing;
      for (const point of metrics) {
        const position = placing.place(point.step);
        add('reward', position, point.reward);
        add('loss', position, point.loss);
        add('q_value', position, point.q_value);
        add('episode_length', position, point.episode_length);
        latest = point;
      }
      // An evaluation belongs to a stretch that may have begun only now.
      if (placing.count !== count) rebuildWinRate();
      if (metrics.length > 0) changed();
    },
    prepend(buckets) {
      history = buckets;
      for (const field of FIELDS) if (field !== 'win_rate') join(field, curves.get(field));
      rebuildWinRate();
      if (buckets.length > 0) changed();
    },
    setEvaluations(told) {
      const points = told.filter(({ rounds }) => rounds > 0);
      if (JSON.stringify(points) === JSON.stringify(evaluations)) return;
      evaluations = points;
      rebuildWinRate();
      changed();
    },
    clear() {
      curves.clear();
      begins.clear();
      placing = createPlacing();
      history = [];
      evaluations = [];
      latest = undefined;
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Rate = [position: number, low: number, high: number, rate: number];

/** The points of a curve from a position on, those without a number too, in their order. */
function pointsFrom({ series, holes }: Curve, position: number): Parameters<Curve['add']>[] {
  const points: Parameters<Curve['add']>[] = [];
  for (let i = series.indexOf(position); i < series.length; i++)
    points.push([series.steps[i] ?? 0, series.min[i] ?? 0, series.max[i] ?? 0, series.last[i] ?? 0]);
  for (const { from, to, count } of holes) {
    if (from < position) continue;
    points.push([from, Number.NaN, Number.NaN, Number.NaN, to > from ? count - 1 : count]);
    if (to > from) points.push([to, Number.NaN, Number.NaN, Number.NaN, 1]);
  }
  return points.sort(([a], [b]) => a - b);
}

/** Evaluations where their stretch lies: their steps go back when the trainer's do. */
function placeRates(evaluations: readonly EvaluationPoint[], { stretches }: Placing): Rate[] {
  let stretch = 0;
  return evaluations.map(({ step, rounds, wins }, i) => {
    if (step < (evaluations[i - 1]?.step ?? 0)) stretch = Math.min(stretch + 1, stretches.length - 1);
    return [step + (stretches[stretch]?.offset ?? 0), ...interval(wins, rounds), wins / rounds];
  });
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
