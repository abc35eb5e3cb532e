/** A part of a training in which the steps only rise: a trainer that starts again begins another one. */
export interface Stretch {
  /** Position of its first measurement. */
  readonly from: number;
  /** Position of its step 0. */
  readonly offset: number;
}

/** Gives every measurement a position on one line, by its step and by the order of arrival. */
export interface Placing {
  /** Oldest first; never empty. */
  readonly stretches: readonly Stretch[];
  /** How many stretches have begun, also those too old to be told apart. */
  readonly count: number;
  /** Position of the newest measurement; undefined before the first. */
  readonly last: number | undefined;
  /** Position of the next measurement, never before the one before. */
  place(step: number): number;
}

/** More restarts than a chart could show; older ones are joined. */
const MAX_STRETCHES = 200;

/**
 * A step identifies no measurement: a trainer that restarts counts from the beginning again, and one that sends no step
 * sends 0 for ever. So a step that goes back starts a stretch after the newest position, and zeros are
 * numbered as they arrive.
 */
export function createPlacing(): Placing {
  const stretches: Stretch[] = [{ from: 0, offset: 0 }];
  let offset = 0;
  let count = 1;
  let last: number | undefined;
  let lastStep = 0;

  function next(step: number, before: number): number {
    if (step === 0 && lastStep === 0) return before + 1;
    if (step >= lastStep && offset + step >= before) return offset + step;
    // Not at the position of the one before, which belongs to another stretch.
    offset = step > 0 ? before : before + 1;
    count += 1;
    stretches.push({ from: offset + step, offset });
    if (stretches.length > MAX_STRETCHES) stretches.splice(1, 1);
    return offset + step;
  }

  return {
    stretches,
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    place(step) {
      last = last === undefined ? step : next(step, last);
      lastStep = step;
      return last;
    },
  };
}

/** The step that a position stands for, in the stretch in which it lies. */
export function stepAt(stretches: readonly Stretch[], position: number): number {
  const stretch = stretches.findLast(({ from }) => from <= position);
  return position - (stretch?.offset ?? 0);
}
