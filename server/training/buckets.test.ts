import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, bucketsToMeasurements, createBucketSeries } from './buckets';

const points = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.float({ noNaN: true, noDefaultInfinity: true })),
  { minLength: 1, maxLength: 400 },
);

describe('a curve kept in buckets', () => {
  it('keeps its extremes when something measured is no number', () => {
    const series = createBucketSeries('loss', 8);
    for (const [step, value] of [
      [1, Number.NaN],
      [2, 3],
      [3, Number.NaN],
      [4, 1],
      [5, Number.NaN],
    ] as const)
      series.add(step, value);
    expect(series.buckets).toEqual([
      { field: 'loss', fromStep: 0, toStep: 5, min: 1, max: 3, last: Number.NaN },
    ]);
  });

  it('stays bounded and in order, and forgets no extreme and not the last value', () => {
    fc.assert(
      fc.property(points, (steps) => {
        const series = createBucketSeries('loss', 8);
        let step = 0;
        for (const [ahead, value] of steps) {
          step += ahead;
          series.add(step, value);
        }
        const values = steps.map(([, value]) => value);
        const { buckets } = series;
        expect(buckets.length).toBeLessThanOrEqual(8);
        expect(Math.min(...buckets.map((bucket) => bucket.min))).toBe(Math.min(...values));
        expect(Math.max(...buckets.map((bucket) => bucket.max))).toBe(Math.max(...values));
        expect(buckets.at(-1)).toMatchObject({ toStep: step, last: values.at(-1) });
        for (const [index, bucket] of buckets.entries()) {
          expect(bucket.toStep).toBeGreaterThanOrEqual(bucket.fromStep);
          expect(bucket.fromStep).toBeGreaterThan(buckets[index - 1]?.toStep ?? -1);
        }
      }),
    );
  });

  it('can be saved by its changes alone, however often and even when a save fails', () => {
    const saves = fc.array(fc.constantFrom('none', 'save', 'fail'), { minLength: 400, maxLength: 400 });
    fc.assert(
      fc.property(points, saves, (steps, plan) => {
        const series = createBucketSeries('loss', 8);
        let saved: Bucket[] = [];
        const save = () => {
          const { changed, rebuilt } = series.takeChanges();
          const from = rebuilt ? 0 : (changed[0]?.fromStep ?? Number.POSITIVE_INFINITY);
          saved = [...saved.filter((bucket) => bucket.fromStep < from), ...changed];
        };
        let step = 0;
        for (const [index, [ahead, value]] of steps.entries()) {
          step += ahead;
          series.add(step, value);
          if (plan[index] === 'save') save();
          if (plan[index] === 'fail') {
            series.takeChanges();
            series.returnChanges();
          }
        }
        save();
        expect(saved).toEqual(series.buckets);
      }),
    );
  });

  it('gives measurements back, leaving out the steps of other curves', () => {
    const bucket = (field: string, toStep: number, last: number): Bucket => ({
      field,
      fromStep: toStep - 50,
      toStep,
      min: last,
      max: last,
      last,
    });
    const fields = { loss: 1, reward: 2, q_value: 3, episode_length: 4, episode: 5 };
    const buckets = [300, 100].flatMap((step) =>
      Object.entries(fields).map(([field, value]) => bucket(field, step, value)),
    );
    expect(bucketsToMeasurements([...buckets, bucket('win_rate', 200, 0.5)])).toEqual([
      { step: 100, episode: 5, loss: 1, reward: 2, qValue: 3, episodeLength: 4 },
      { step: 300, episode: 5, loss: 1, reward: 2, qValue: 3, episodeLength: 4 },
    ]);
  });
});
