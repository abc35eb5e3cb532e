import { describe, expect, it } from 'vitest';
import { step } from '../../proto/scenario-steps';
import { askedBy } from './story-facts';

const title = { en: 'A step', ko: '단계' };

describe('what a step asks about', () => {
  it('is what its choices, its variants and its ways on name, each once', () => {
    const fight = step.parse({
      ...{ kind: 'fight', title, opponent: 'mire', level: 40, won: [], lost: [] },
      variants: [{ if: [{ flag: 'warned' }, { affinity: 'mire', least: 60 }], level: 30 }],
      next: [{ if: [{ noFlag: 'warned' }, { result: 'won' }], to: 'a' }, { to: 'b' }],
    });
    expect(askedBy(fight)).toEqual({
      ...{ flags: ['warned'], affinities: ['mire'], items: [] },
      ...{ stamina: false, losses: false, last: true },
    });
    const scene = step.parse({
      ...{ kind: 'scene', title, next: [{ to: 'a', if: [{ losses: { most: 2 } }] }] },
      choices: [
        {
          ...{ id: 'go', label: title, tone: 'move', effects: [], if: [{ has: 'rope' }] },
          next: [{ if: [{ stamina: { least: 50 } }], to: 'b' }],
        },
      ],
    });
    expect(askedBy(scene)).toMatchObject({ items: ['rope'], stamina: true, losses: true, last: false });
  });

  it('is nothing where nothing depends on anything', () => {
    const rest = step.parse({ kind: 'rest', title, effects: [], next: [{ to: 'a' }] });
    expect(Object.values(askedBy(rest)).flat().some(Boolean)).toBe(false);
  });
});
