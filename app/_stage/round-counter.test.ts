import { describe, expect, it } from 'vitest';
import { createRoundCounter } from './round-counter';

describe('rounds derived from a stream', () => {
  it('counts a knock-out once, however long the loser lies', () => {
    const counter = createRoundCounter();
    counter.add({ timer: 80, health1: 50, health2: 10 });
    for (let frame = 0; frame < 60; frame++) counter.add({ timer: 79, health1: 50, health2: 0 });
    expect(counter.add({ timer: 79, health1: 50, health2: 0 })).toEqual([1, 0]);
  });

  it('counts the next round after the timer rose', () => {
    const counter = createRoundCounter();
    counter.add({ timer: 79, health1: 50, health2: 0 });
    counter.add({ timer: 99, health1: 100, health2: 100 });
    expect(counter.add({ timer: 12, health1: 0, health2: 3 })).toEqual([1, 1]);
  });

  it('gives a round that ran out of time to the healthier side', () => {
    const counter = createRoundCounter();
    expect(counter.add({ timer: 0, health1: 31, health2: 30 })).toEqual([1, 0]);
  });

  it('gives a double knock-out to both, as the rules do', () => {
    const counter = createRoundCounter();
    expect(counter.add({ timer: 50, health1: 0, health2: 0 })).toEqual([1, 1]);
    expect(counter.result).toBe(3);
  });

  it('gives equal percentages at time-up to nobody', () => {
    const counter = createRoundCounter();
    expect(counter.add({ timer: 0, health1: 40, health2: 40 })).toEqual([0, 0]);
  });

  it('does not take a join in the middle for a new round', () => {
    const counter = createRoundCounter();
    expect(counter.add({ timer: 42, health1: 40, health2: 80 })).toEqual([0, 0]);
  });
});
