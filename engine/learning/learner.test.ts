import { describe, expect, it } from 'vitest';
import { createStrikeTask } from '../../server/training/testing/strike';
import { Learner, type LearnerSettings } from './learner';

const SETTINGS: LearnerSettings = {
  seed: 1,
  learningRate: 1e-3,
  discount: 0.97,
  explorationSteps: 3000,
  hiddenSizes: [24, 24],
};

function train(settings: LearnerSettings, steps: number): Learner {
  const learner = new Learner(createStrikeTask(), settings);
  for (let i = 0; i < steps; i++) learner.advance();
  return learner;
}

describe('a learner', () => {
  it.each([1, 2, 3])('learns to walk up and strike, from seed %i', { timeout: 30_000 }, (seed) => {
    const before = train({ ...SETTINGS, seed }, 0).evaluate(createStrikeTask(), 100);
    const after = train({ ...SETTINGS, seed }, 8000).evaluate(createStrikeTask(), 100);
    expect(before.wins).toBeLessThan(50);
    expect(after.wins).toBeGreaterThan(95);
    expect(after.step).toBe(8000);
  });

  it('learns the same thing from the same seed', () => {
    const first = train(SETTINGS, 1500);
    const second = train(SETTINGS, 1500);
    expect(first.network.parameters).toEqual(second.network.parameters);
    expect(first.measure()).toEqual(second.measure());
    expect(train({ ...SETTINGS, seed: 9 }, 1500).network.parameters).not.toEqual(first.network.parameters);
  });

  it('measures only what it learned, and each update once', () => {
    const learner = new Learner(createStrikeTask(), SETTINGS);
    expect(learner.measure()).toBeUndefined();
    for (let i = 0; i < 600; i++) learner.advance();
    const measured = learner.measure();
    expect(measured).toMatchObject({ step: 600 });
    expect(measured?.loss).toBeGreaterThan(0);
    expect(learner.measure()).toBeUndefined();
  });

  it('reports the length of the episode that ended last', () => {
    const learner = new Learner(createStrikeTask(), SETTINGS);
    let length = 0;
    let finished = 0;
    let reports = 0;
    while (learner.step < 2000) {
      length += 1;
      if (learner.advance()) {
        finished = length;
        length = 0;
      }
      const measured = learner.measure();
      if (!measured) continue;
      expect(measured).toMatchObject({ episode: learner.episode - 1, episodeLength: finished });
      reports += 1;
    }
    expect(reports).toBeGreaterThan(300);
  });

  it('is not disturbed by being evaluated', () => {
    const plain = train(SETTINGS, 1200);
    const evaluated = train(SETTINGS, 600);
    evaluated.evaluate(createStrikeTask(), 5);
    for (let i = 0; i < 600; i++) evaluated.advance();
    expect(evaluated.network.parameters).toEqual(plain.network.parameters);
  });
});
