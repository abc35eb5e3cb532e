import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { toColumns, toDrawing } from './chart-columns';
import { createMetricSeries } from './metric-series';
import { createMetricStore, interval, type MetricPoint } from './metric-store';
import { createPlacing, stepAt } from './placing';
import { summarize } from './summary';

const point = (step: number, reward = step, q_value?: number): MetricPoint => ({
  step,
  episode: 1,
  loss: 0.5,
  reward,
  ...(q_value === undefined ? {} : { q_value }),
  episode_length: 30,
});
const steps = (store: ReturnType<typeof createMetricStore>, field: 'reward' | 'q_value' | 'win_rate') =>
  Array.from(store.curve(field).series.steps.slice(0, store.curve(field).series.length));

const curve = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 1,
    maxLength: 500,
  })
  .map((pairs) => {
    let step = 0;
    return pairs.map(([ahead, value]) => {
      step += ahead;
      return { step, value };
    });
  });

describe('a curve', () => {
  it('stays bounded and keeps its extremes, its order and its last point', () => {
    fc.assert(
      fc.property(curve, (points) => {
        const series = createMetricSeries(16);
        for (const { step, value } of points) series.add(step, value, value, value);
        const { length } = series;
        const values = points.map(({ value }) => value);
        expect(length).toBeLessThanOrEqual(16);
        expect(Math.min(...series.min.slice(0, length))).toBe(Math.min(...values));
        expect(Math.max(...series.max.slice(0, length))).toBe(Math.max(...values));
        expect([series.steps[length - 1], series.last[length - 1]]).toEqual([
          points.at(-1)?.step,
          points.at(-1)?.value,
        ]);
        const kept = Array.from(series.steps.slice(0, length));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      }),
    );
  });

  it('is drawn with about one point a column and none of its extremes lost', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 50 }), (points, count) => {
        const series = createMetricSeries(1000);
        for (const { step, value } of points) series.add(step, value, value, value);
        const columns = toColumns(series, 0, points.at(-1)?.step ?? 1, count);
        const values = points.map(({ value }) => value);
        expect(columns.steps.length).toBeLessThanOrEqual(count + 2);
        expect(Math.min(...columns.min)).toBe(Math.min(...values));
        expect(Math.max(...columns.max)).toBe(Math.max(...values));
        expect(columns.last.at(-1)).toBe(points.at(-1)?.value);
      }),
    );
  });

  it('is drawn to the edges of a part that is looked at closely', () => {
    const series = createMetricSeries(1000);
    for (let step = 10; step <= 100; step += 10) series.add(step, step, step, step);
    expect(toColumns(series, 35, 55, 100).steps).toEqual([30, 40, 50, 60]);
  });
});

describe('the drawing of a curve', () => {
  it('runs through the mean of noise, inside a band of all of it', () => {
    const series = createMetricSeries(10_000);
    for (let step = 1; step <= 800; step++) series.add(step, 1, 3, step % 2 === 0 ? 1 : 3);
    const { min, max, last } = toDrawing(series, 0, 800, 800);
    expect([new Set(min), new Set(max)]).toEqual([new Set([1]), new Set([3])]);
    for (const value of last) expect(Math.abs((value ?? 0) - 2)).toBeLessThan(0.35);
  });

  it('leaves few points where they are', () => {
    const series = createMetricSeries(100);
    for (const step of [0, 500, 1000]) series.add(step, step - 1, step + 1, step);
    expect(toDrawing(series, 0, 1000, 300)).toEqual({
      steps: [0, 500, 1000],
      min: [-1, 499, 999],
      max: [1, 501, 1001],
      last: [0, 500, 1000],
    });
  });
});

describe('the drawing of an interrupted curve', () => {
  const at = (positions: number[]) => {
    const series = createMetricSeries(100);
    for (const position of positions) series.add(position, position, position, position);
    return series;
  };

  it('breaks the line before a restart and before what is no number, and smooths across neither', () => {
    const drawing = toDrawing(at([10, 20, 30, 40, 50]), 0, 50, 1000, [30, 45]);
    expect(drawing.steps).toEqual([10, 20, 30, 30, 40, 45, 50]);
    expect(drawing.last).toEqual([10, 20, null, 30, 40, null, 50]);
    const noisy = createMetricSeries(1000);
    for (let i = 0; i < 1000; i++) noisy.add(i, 0, 0, i < 500 ? 0 : 100);
    const values = toDrawing(noisy, 0, 1000, 1000, [500]).last;
    expect(new Set(values)).toEqual(new Set([0, null, 100]));
  });

  it('is not broken before its first point', () => {
    expect(toDrawing(at([30, 40]), 0, 50, 1000, [10, 20]).last).toEqual([30, 40]);
  });
});

describe('the metric store', () => {
  it('counts every measurement once: a trainer that restarts begins a stretch after its last', () => {
    const store = createMetricStore();
    store.append(Array.from({ length: 200 }, (_, i) => point((i + 1) * 10)));
    store.append(Array.from({ length: 299 }, (_, i) => point((i + 1) * 10, 1)));
    expect(steps(store, 'reward')).toHaveLength(499);
    expect(steps(store, 'reward').slice(199, 202)).toEqual([2000, 2010, 2020]);
    expect(store.placing.stretches).toEqual([
      { from: 0, offset: 0 },
      { from: 2010, offset: 2000 },
    ]);
    expect(summarize(store, 'reward')).toMatchObject({ step: 2990, run: 2, last: 1 });
    expect(store.latest).toMatchObject({ step: 2990 });
  });

  it('numbers by arrival what a trainer without steps sends', () => {
    const store = createMetricStore();
    store.append([point(0, 5), point(0, 6), point(0, 7)]);
    expect(steps(store, 'reward')).toEqual([0, 1, 2]);
    expect(summarize(store, 'reward')).toMatchObject({ step: 2, run: 1, last: 7 });
  });

  it('keeps two measurements of one step', () => {
    const store = createMetricStore();
    store.append([point(10, 1), point(10, 2), point(20, 3)]);
    expect(steps(store, 'reward')).toEqual([10, 10, 20]);
  });

  it('puts every measurement after the one before, whatever steps it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 300 }), (told) => {
        const placing = createPlacing();
        const positions = told.map((step) => placing.place(step));
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        if (told.length > 0 && placing.count < 200 && told.at(-1) !== 0)
          expect(stepAt(placing.stretches, positions.at(-1) ?? 0)).toBe(told.at(-1));
      }),
    );
  });

  it('lets the evaluations of a restarted trainer follow it', () => {
    const store = createMetricStore();
    store.append([point(500), point(1000), point(500, 1), point(1000, 1)]);
    store.setEvaluations([
      { step: 500, rounds: 20, wins: 10 },
      { step: 1000, rounds: 20, wins: 11 },
      { step: 500, rounds: 20, wins: 3 },
    ]);
    expect(steps(store, 'win_rate')).toEqual([500, 1000, 1500]);
    expect(summarize(store, 'win_rate')).toMatchObject({ step: 500, run: 2, last: 0.15 });
  });

  it('leaves a gap where a trainer gives no Q value', () => {
    const store = createMetricStore();
    store.append([point(1, 0, 0.5), point(2), point(3, 0, 0.7)]);
    expect(steps(store, 'q_value')).toEqual([1, 3]);
  });

  it('puts history before what came live, whichever was first', () => {
    const buckets = [100, 200, 300].map((toStep) => ({ field: 'reward', toStep, min: 1, max: 9, last: 5 }));
    const store = createMetricStore();
    store.append([point(250), point(260)]);
    store.prepend(buckets);
    expect(steps(store, 'reward')).toEqual([100, 200, 250, 260]);
    expect([store.curve('reward').series.min[0], store.curve('reward').series.max[0]]).toEqual([1, 9]);
    store.append([point(270)]);
    expect(steps(store, 'reward')).toEqual([100, 200, 250, 260, 270]);
    const other = createMetricStore();
    other.prepend(buckets);
    other.append([point(250), point(260), point(270)]);
    expect(steps(other, 'reward')).toEqual([100, 200, 250, 260, 270]);
  });

  it('shows evaluations with their interval, also where the database knew the rate before', () => {
    const store = createMetricStore();
    store.prepend([
      { field: 'win_rate', toStep: 0, min: 0.2, max: 0.2, last: 0.2 },
      { field: 'win_rate', toStep: 500, min: 0.5, max: 0.5, last: 0.5 },
    ]);
    store.setEvaluations([{ step: 500, rounds: 20, wins: 10 }]);
    expect(steps(store, 'win_rate')).toEqual([0, 500]);
    const { min, max, last } = store.curve('win_rate').series;
    expect([last[1], min[0]]).toEqual([0.5, 0.2]);
    expect(min[1]).toBeCloseTo(0.299, 2);
    expect(max[1]).toBeCloseTo(0.701, 2);
  });

  it('tells its listeners of changes, and only of those', () => {
    const store = createMetricStore();
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.append([]);
    store.setEvaluations([]);
    expect(listener).toHaveBeenCalledTimes(0);
    store.append([point(1)]);
    store.setEvaluations([{ step: 1, rounds: 4, wins: 1 }]);
    store.setEvaluations([{ step: 1, rounds: 4, wins: 1 }]);
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    store.append([point(2)]);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

describe('the numbers under a chart', () => {
  it('are the newest value and the extremes', () => {
    const store = createMetricStore();
    expect(summarize(store, 'reward')).toBeUndefined();
    store.append([point(1, 5), point(2, -3), point(3, 4)]);
    expect(summarize(store, 'reward')).toEqual({
      step: 3,
      run: 1,
      last: 4,
      extremes: { min: -3, max: 5 },
      holes: undefined,
    });
  });

  it('of a win rate are rates, not the edges of its interval', () => {
    const store = createMetricStore();
    store.setEvaluations([
      { step: 0, rounds: 20, wins: 5 },
      { step: 500, rounds: 20, wins: 15 },
    ]);
    expect(summarize(store, 'win_rate')).toMatchObject({
      step: 500,
      last: 0.75,
      extremes: { min: 0.25, max: 0.75 },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('say %f where it was measured', (value) => {
    const store = createMetricStore();
    store.append([point(900, 2), point(1000, 1), point(1100, value), point(1200, value)]);
    expect(summarize(store, 'reward')).toEqual({
      step: 1200,
      run: 1,
      last: value,
      extremes: { min: 1, max: 2 },
      holes: { count: 2, firstStep: 1100, lastStep: 1200 },
    });
    store.append([point(1300, 5), point(1400, value), point(1500, 6)]);
    expect(store.curve('reward').holes).toEqual([
      { from: 1100, to: 1200, count: 2 },
      { from: 1400, to: 1400, count: 1 },
    ]);
    expect(summarize(store, 'reward')).toMatchObject({ last: 6, holes: { count: 3, lastStep: 1400 } });
    expect(summarize(store, 'loss')).toMatchObject({ last: 0.5, holes: undefined });
  });

  it('say it too of what the database kept, and when there was never a number', () => {
    const store = createMetricStore();
    store.append([point(1000, Number.NaN), point(1010, Number.NaN), point(1020, Number.NaN)]);
    expect(summarize(store, 'reward')).toMatchObject({ last: Number.NaN, extremes: undefined });
    store.prepend([
      { field: 'reward', toStep: 99, min: 1, max: 3, last: 2 },
      { field: 'reward', toStep: 199, min: Number.NaN, max: Number.NaN, last: 4 },
      { field: 'win_rate', toStep: 99, min: Number.NaN, max: Number.NaN, last: Number.NaN },
    ]);
    expect(summarize(store, 'reward')).toMatchObject({
      extremes: { min: 1, max: 4 },
      holes: { count: 4, firstStep: 199, lastStep: 1020 },
    });
    expect(summarize(store, 'win_rate')).toMatchObject({ last: Number.NaN });
  });
});

describe('the confidence interval of a win rate', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is Wilson’s', (wins, rounds, low, high) => {
    const [from, to] = interval(wins, rounds);
    expect(from).toBeCloseTo(low, 3);
    expect(to).toBeCloseTo(high, 3);
  });
});
