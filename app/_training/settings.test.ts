import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe('the settings of a training', () => {
  it('leave out what was not filled in, so that the service chooses', () => {
    expect(readSettings(form({ learningRate: '', name: '  ', opponent: 'rushdown' }))).toEqual({
      opponent: 'rushdown',
    });
  });

  it('are numbers where numbers are meant', () => {
    expect(readSettings(form({ learningRate: '0.001', maxSteps: '5000', characterId: '2' }))).toEqual({
      learningRate: 0.001,
      maxSteps: 5000,
      characterId: 2,
    });
  });

  it('keep a zero, which is a seed like any other', () => {
    expect(readSettings(form({ seed: '0' }))).toEqual({ seed: 0 });
  });
});
