import type { Measurement } from '../../engine/learning/learner';

/** Smallest, largest and last value of one field over the steps `fromStep` to `toStep`, both included. */
export interface Bucket {
  field: string;
  fromStep: number;
  toStep: number;
  min: number;
  max: number;
  last: number;
}

/** A curve kept at bounded size: when it is full its resolution halves, and no extreme is lost. */
export interface BucketSeries {
  readonly field: string;
  readonly buckets: readonly Bucket[];
  add(step: number, value: number): void;
  /**
   * Buckets that changed since the last call, oldest first, and whether every earlier one is void
   * because the resolution changed.
   */
  takeChanges(): { changed: Bucket[]; rebuilt: boolean };
  /** The changes last taken were not saved: all of the curve counts as changed again. */
  returnChanges(): void;
}

/** Steps that a bucket covers at first. */
const FIRST_WIDTH = 100;

/** Creates an empty series of at most `capacity` buckets (an even number). */
export function createBucketSeries(field: string, capacity: number): BucketSeries {
  let buckets: Bucket[] = [];
  let width = FIRST_WIDTH;
  let savedCount = 0;
  let rebuilt = false;

  const startOf = (step: number) => Math.floor(step / width) * width;
  const halve = () => {
    width *= 2;
    const merged: Bucket[] = [];
    for (const bucket of buckets) {
      const previous = merged.at(-1);
      const fromStep = startOf(bucket.fromStep);
      if (previous?.fromStep === fromStep) widen(previous, bucket);
      else merged.push({ ...bucket, fromStep });
    }
    buckets = merged;
    savedCount = 0;
    rebuilt = true;
  };

  return {
    field,
    get buckets() {
      return buckets;
    },
    add(step, value) {
      const last = buckets.at(-1);
      if (last?.fromStep === startOf(step)) {
        widen(last, { toStep: step, min: value, max: value, last: value });
        savedCount = Math.min(savedCount, buckets.length - 1);
        return;
      }
      while (buckets.length >= capacity) halve();
      const fromStep = startOf(step);
      const open = buckets.at(-1);
      if (open?.fromStep === fromStep) {
        widen(open, { toStep: step, min: value, max: value, last: value });
        return;
      }
      buckets.push({ field, fromStep, toStep: step, min: value, max: value, last: value });
    },
    takeChanges() {
      const changes = { changed: buckets.slice(savedCount).map((bucket) => ({ ...bucket })), rebuilt };
      savedCount = buckets.length;
      rebuilt = false;
      return changes;
    },
    returnChanges() {
      savedCount = 0;
      rebuilt = true;
    },
  };
}

function widen(bucket: Bucket, by: Pick<Bucket, 'toStep' | 'min' | 'max' | 'last'>): void {
  bucket.toStep = by.toStep;
  bucket.min = extreme(Math.min, bucket.min, by.min);
  bucket.max = extreme(Math.max, bucket.max, by.max);
  bucket.last = by.last;
}

/** What is no number has no place in an order: it gives way to the other one. */
function extreme(choose: (a: number, b: number) => number, one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : choose(one, other);
}

/** Fields of a measurement that are kept as curves, by their names on the wire. */
export const METRIC_FIELDS = {
  loss: (measurement) => measurement.loss,
  reward: (measurement) => measurement.reward,
  q_value: (measurement) => measurement.qValue,
  episode_length: (measurement) => measurement.episodeLength,
  episode: (measurement) => measurement.episode,
} as const satisfies Record<string, (measurement: Measurement) => number>;

/** Curves of a training as measurements, one a step at which any curve has a bucket's last value. */
export function bucketsToMeasurements(buckets: readonly Bucket[]): Measurement[] {
  const bySteps = new Map<number, Map<string, number>>();
  for (const { toStep, field, last } of buckets) {
    const values = bySteps.get(toStep) ?? new Map<string, number>();
    values.set(field, last);
    bySteps.set(toStep, values);
  }
  const measurements: Measurement[] = [];
  for (const [step, values] of [...bySteps].sort(([a], [b]) => a - b)) {
    const value = (field: keyof typeof METRIC_FIELDS) => values.get(field);
    const [loss, reward, qValue] = [value('loss'), value('reward'), value('q_value')];
    // A step of another curve alone, such as the win rate's, is no measurement.
    if (loss === undefined || reward === undefined || qValue === undefined) continue;
    measurements.push({
      step,
      episode: value('episode') ?? 0,
      loss,
      reward,
      qValue,
      episodeLength: value('episode_length') ?? 0,
    });
  }
  return measurements;
}
