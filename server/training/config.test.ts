import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { parseSessionId, parseTrainingConfig } from './config';
import { fromWireConfig, toWireConfig } from './wire';

describe('settings of a training', () => {
  it('are all filled in', () => {
    expect(parseTrainingConfig({})).toEqual(parseTrainingConfig({ characterId: undefined }));
    expect(parseTrainingConfig({ maxSteps: 5 })).toMatchObject({ maxSteps: 5, characterId: 1, seed: 1 });
  });

  it.each([
    ['learningRate', 7],
    ['learningRate', Number.NaN],
    ['maxSteps', 1e9],
    ['maxSteps', 1.5],
    ['characterId', -1],
    ['discount', 1],
    ['opponent', 'nobody'],
    ['characterId', 99],
  ])('are refused by name: %s = %s', (field, value) => {
    expect(() => parseTrainingConfig({ [field]: value })).toThrow(AppError);
    expect(() => parseTrainingConfig({ [field]: value })).toThrow(new RegExp(`^${field} is`));
  });

  it('come back from the wire as they went', () => {
    const config = parseTrainingConfig({ characterId: 2, learningRate: 0.01, opponent: 'zoner', seed: 7 });
    expect(fromWireConfig(toWireConfig(config))).toEqual(config);
  });

  it('that are zero or empty on the wire take their default', () => {
    const empty = { ...toWireConfig(parseTrainingConfig({})), learning_rate: 0, opponent: '', max_steps: 0 };
    expect(parseTrainingConfig(fromWireConfig(empty))).toEqual(parseTrainingConfig({}));
    expect(fromWireConfig(undefined)).toEqual({});
  });
});

describe('the id of a training', () => {
  it.each(['a', 'A9._:-z', '0190b3a6-6d2e-7c11-8c7e-0d5c8f0b2a11'])('may be %s', (id) => {
    expect(parseSessionId(id)).toBe(id);
  });
  it.each(['', '-a', 'a b', 'a/b', 'é', 'x'.repeat(65)])('may not be "%s"', (id) => {
    expect(() => parseSessionId(id)).toThrow(AppError);
  });
});
