import { describe, expect, it } from 'vitest';
import { diverged, namedReason, ourReason, REASONS, stepsDone, threadDied, timeOver } from './reasons';

describe('TRAIN-2: why a training ended', () => {
  it('has a name and its numbers, whoever wrote the sentence', () => {
    for (const [code, text] of Object.entries(REASONS))
      expect(namedReason(text)).toEqual({ code, values: [] });
    expect(namedReason(stepsDone(20_000))).toEqual({ code: 'stepsDone', values: [20_000] });
    expect(namedReason(timeOver(600))).toEqual({ code: 'timeOver', values: [600] });
    expect(namedReason(threadDied(-1))).toEqual({ code: 'threadDied', values: [-1] });
    expect(namedReason(diverged(1_100, 0.0005))).toEqual({ code: 'diverged', values: [1_100, 0.0005] });
    expect(namedReason(diverged(1_100, 5e-7))).toEqual({ code: 'diverged', values: [1_100, 5e-7] });
  });

  it('is nothing where somebody else wrote it', () => {
    for (const text of ['', 'CUDA error at 10.0.0.7', `${REASONS.lost} 10.0.0.7`, 'All x steps are done.']) {
      expect(namedReason(text)).toBeUndefined();
      expect(ourReason(text)).toBeUndefined();
    }
  });
});
