import { describe, expect, it } from 'vitest';
import { checkConditions, type StoryFacts } from './conditions';
import type { Condition } from './scenario-steps';

const facts: StoryFacts = {
  flags: new Set(['beat-rival']),
  affinities: { coach: 40 },
  items: new Set(['wraps']),
  stamina: 30,
  losses: 0,
  last: { result: 'won', healthLeft: 55 },
};
const nothing: StoryFacts = {
  ...{ flags: new Set(), affinities: {}, items: new Set(), stamina: Number.NaN, losses: Number.NaN },
  last: undefined,
};

describe('conditions', () => {
  it.each<[Condition, boolean]>([
    [{ flag: 'beat-rival' }, true],
    [{ flag: 'other' }, false],
    [{ noFlag: 'other' }, true],
    [{ noFlag: 'beat-rival' }, false],
    [{ affinity: 'coach', least: 40 }, true],
    [{ affinity: 'coach', most: 40 }, true],
    [{ affinity: 'coach', least: 41 }, false],
    [{ affinity: 'toString' }, false],
    [{ has: 'wraps' }, true],
    [{ has: 'coin' }, false],
    [{ result: 'won' }, true],
    [{ result: 'lost' }, false],
    [{ stamina: { least: 30, most: 30 } }, true],
    [{ stamina: { most: 29 } }, false],
    [{ losses: { most: 0 } }, true],
    [{ losses: { least: 1 } }, false],
    [{ healthLeft: { least: 50 } }, true],
    [{ healthLeft: { least: 56 } }, false],
  ])('GM-3: %j is %s', (condition, holds) => {
    expect(checkConditions([condition], facts)).toBe(holds);
  });

  it('GM-3: hold when all do, and none always do', () => {
    expect(checkConditions([], nothing)).toBe(true);
    expect(checkConditions([{ has: 'wraps' }, { result: 'lost' }], facts)).toBe(false);
  });

  it('GM-3: what is not known does not hold, but that a flag is not set does', () => {
    const asked: Condition[] = [
      { flag: 'a' },
      { affinity: 'coach', least: 0 },
      { has: 'a' },
      { result: 'won' },
      { stamina: {} },
      { losses: {} },
      { healthLeft: {} },
    ];
    for (const condition of asked) expect(checkConditions([condition], nothing)).toBe(false);
    expect(checkConditions([{ noFlag: 'a' }], nothing)).toBe(true);
  });
});
