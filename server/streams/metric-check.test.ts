import { describe, expect, it } from 'vitest';
import type { TrainingMetrics } from '../grpc/gen/proto/training';
import { checkMetrics } from './metric-check';

const metrics = (more: Partial<TrainingMetrics> = {}): TrainingMetrics => ({
  session_id: 's',
  step: 1,
  episode: 1,
  loss: 0.5,
  reward: -1,
  episode_length: 10,
  ...more,
});

describe('GRPC-10: a measurement', () => {
  it('passes as it is, a learner that diverges included', () => {
    for (const loss of [0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(checkMetrics(metrics({ loss, q_value: loss }), 's')).toEqual(metrics({ loss, q_value: loss }));
  });

  it('of another training is refused; one without an id is taken for the one that was asked for', () => {
    expect(() => checkMetrics(metrics({ session_id: 'another' }), 's')).toThrow(/contract: id/);
    expect(checkMetrics(metrics({ session_id: '' }), 's')).toEqual(metrics());
  });

  it.each(['step', 'episode', 'episode_length'] as const)('with a negative %s is refused', (field) => {
    expect(() => checkMetrics(metrics({ [field]: -1 }), 's')).toThrow(/contract: number/);
  });
});
