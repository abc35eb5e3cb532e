/**
 * One curve as typed columns: for each point the position it ends with, and the smallest, largest and
 * last value since the point before. Points are in the order of their positions, of which some may be equal.
 */
export interface MetricSeries {
  readonly length: number;
  readonly steps: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Adds a point at the end; its position is not before the last point's. */
  add(step: number, min: number, max: number, last: number): void;
  /** The first point at or after a position; `length` if there is none. */
  indexOf(step: number): number;
}

const FIRST_CAPACITY = 1024;

/**
 * Creates an empty curve that never holds more than `maxPoints`: when it is full, neighbours are
 * joined two by two, so its resolution halves and every extreme stays.
 */
export function createMetricSeries(maxPoints: number): MetricSeries {
  let capacity = Math.min(FIRST_CAPACITY, maxPoints);
  let steps = new Float64Array(capacity);
  let min = new Float64Array(capacity);
  let max = new Float64Array(capacity);
  let last = new Float64Array(capacity);
  let length = 0;

  const grow = () => {
    capacity = Math.min(maxPoints, capacity * 2);
    const larger = (from: Float64Array) => {
      const to = new Float64Array(capacity);
      to.set(from);
      return to;
    };
    [steps, min, max, last] = [larger(steps), larger(min), larger(max), larger(last)];
  };

  const halve = () => {
    let to = 0;
    for (let from = 0; from < length; from += 2) {
      const second = Math.min(from + 1, length - 1);
      steps[to] = steps[second] ?? 0;
      last[to] = last[second] ?? 0;
      min[to] = Math.min(min[from] ?? 0, min[second] ?? 0);
      max[to] = Math.max(max[from] ?? 0, max[second] ?? 0);
      to += 1;
    }
    length = to;
  };

  return {
    get length() {
      return length;
    },
    get steps() {
      return steps;
    },
    get min() {
      return min;
    },
    get max() {
      return max;
    },
    get last() {
      return last;
    },
    add(step, low, high, value) {
      if (length === capacity) {
        if (capacity < maxPoints) grow();
        else halve();
      }
      steps[length] = step;
      min[length] = low;
      max[length] = high;
      last[length] = value;
      length += 1;
    },
    indexOf(step) {
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((steps[middle] ?? 0) < step) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
