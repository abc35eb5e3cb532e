import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenario } from '../../../proto/scenario';
import short from '../../ladders/testing/short.json';
import { openChoices, takeChoice, takeFight, takeRest } from './course';
import { apply, firstFacts, ladderOf, stepAt } from './facts';
import { planFight, startHealth } from './fight-plan';
import { walkEverywhere } from './testing/walk';

const ladder = ladderOf(scenario.parse(short));

describe('the course of a run', () => {
  it('every road of the short ladder ends, and both endings are on one', () => {
    const { endings, sequences } = walkEverywhere(ladder);
    expect([...endings].sort()).toEqual(['home', 'road']);
    expect(sequences.size).toBe(ladder.scenario.sequences.length);
  });

  it('a step is taken only where it is one', () => {
    const facts = firstFacts(ladder);
    expect(stepAt(ladder, facts.sequenceId).kind).toBe('fight');
    expect(() => takeChoice(ladder, facts, 'stay')).toThrow(/not the moment/);
    expect(() => takeRest(ladder, facts)).toThrow(/not the moment/);
    const won = takeFight(ladder, facts, { result: 'won', healthLeft: 100, drops: [] });
    expect(won.goal.kind).toBe('sequence');
    expect(() => takeFight(ladder, won.facts, { result: 'won', healthLeft: 1, drops: [] })).toThrow(
      /not the moment/,
    );
  });

  it('what can’t be chosen is refused, and changes nothing', () => {
    const won = takeFight(ladder, firstFacts(ladder), { result: 'won', healthLeft: 100, drops: [] });
    const before = JSON.stringify(won.facts);
    expect(() => takeChoice(ladder, won.facts, 'fly')).toThrow(/can’t be chosen/);
    expect(JSON.stringify(won.facts)).toBe(before);
    const step = stepAt(ladder, won.facts.sequenceId);
    if (step.kind !== 'scene') throw new Error('the gate is a scene');
    expect(openChoices(step, won.facts).length).toBeGreaterThan(1);
  });

  it('effects keep every number in its bounds, in whatever order they come', () => {
    const effect = fc.oneof(
      fc.record({ stamina: fc.integer({ min: -100, max: 100 }) }),
      fc.record({ nerve: fc.integer({ min: -100, max: 100 }) }),
      fc.record({ affinity: fc.constantFrom('a', 'b'), change: fc.integer({ min: -100, max: 100 }) }),
      fc.record({ item: fc.constantFrom('x', 'y'), quantity: fc.integer({ min: -9, max: 9 }) }),
      fc.record({ flag: fc.constantFrom('f', 'g') }),
      fc.record({ departs: fc.constantFrom('a', 'b') }),
      fc.record({ returns: fc.constantFrom('a', 'b') }),
    );
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 60 }), (effects) => {
        const facts = effects.reduce(apply, firstFacts(ladder));
        const shares = [facts.stamina, ...Object.values(facts.affinities)];
        expect(shares.every((value) => value >= 0 && value <= 100)).toBe(true);
        expect(facts.nerve >= 0 && facts.nerve <= 20).toBe(true);
        expect(Object.values(facts.items).every((count) => count >= 0)).toBe(true);
        expect(new Set(facts.flags).size).toBe(facts.flags.length);
        expect(new Set(facts.departed).size).toBe(facts.departed.length);
      }),
    );
  });

  it('who is worn out begins with less health, and never with less than 70 %', () => {
    expect(startHealth(100)).toBe(100);
    expect(startHealth(40)).toBe(100);
    expect(startHealth(0)).toBe(70);
    for (let stamina = 1; stamina <= 100; stamina += 1)
      expect(startHealth(stamina)).toBeGreaterThanOrEqual(startHealth(stamina - 1));
    const facts = firstFacts(ladder);
    const step = stepAt(ladder, facts.sequenceId);
    if (step.kind !== 'fight') throw new Error('the yard is a fight');
    const { handicaps } = planFight(ladder, step, facts);
    // What the step itself says stands above it.
    expect(handicaps[0].startHealthPercent ?? 100).toBe(step.playerHandicap?.startHealthPercent ?? 100);
  });
});
