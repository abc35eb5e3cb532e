import { describe, expect, it } from 'vitest';
import { type HeardRun, stingerOf } from './stinger-of';

const run = (change: Partial<HeardRun> = {}): HeardRun => ({
  moment: 'scene',
  sequenceId: 'harbour',
  version: 4,
  items: [{ id: 'tea', quantity: 1 }],
  ...change,
});

describe('what is heard of a run', () => {
  it('is a sheet that is laid down, for the first step and for each next one', () => {
    expect(stingerOf(undefined, run())).toBe('scene');
    expect(stingerOf(run(), run({ version: 5, sequenceId: 'market' }))).toBe('scene');
    expect(stingerOf(run({ moment: 'continue' }), run({ version: 5, moment: 'fight' }))).toBe('scene');
  });

  it('is nothing where nothing else is shown', () => {
    expect(stingerOf(run(), run())).toBeUndefined();
    expect(stingerOf(run(), run({ version: 5 }))).toBeUndefined();
    expect(stingerOf(run({ moment: 'over' }), run({ moment: 'over', version: 5 }))).toBeUndefined();
  });

  it.each(['continue', 'ending', 'over'] as const)('is the moment %s, whatever came before', (moment) => {
    for (const before of [undefined, run(), run({ moment: 'fight' })])
      expect(stingerOf(before, run({ moment, version: 9, items: [{ id: 'tea', quantity: 2 }] }))).toBe(
        moment,
      );
  });

  it('is what was earned on the way, once: a fight’s were heard with its result', () => {
    const richer = run({ version: 5, sequenceId: 'market', items: [{ id: 'tea', quantity: 2 }] });
    expect(stingerOf(run(), richer)).toBe('item');
    expect(stingerOf(run({ moment: 'fight' }), richer)).toBe('scene');
  });
});
