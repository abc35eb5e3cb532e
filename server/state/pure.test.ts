import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenario } from '../../proto/scenario';
import { nextStatus } from './life';
import { changedHp, clampAffinity, progressPercentage } from './numbers';
import { actionsAllowed, PHASE_NAMES, ruleScopes } from './phases';
import { changedNumbers } from './player-numbers';
import { positionAt } from './position';
import { checkReferences } from './references';
import { tale } from './testing/tale';
import { isoDuration, isoTime } from './times';

const TALE = scenario.parse(tale('Pure'));

describe('the rules of the State Manager', () => {
  it('STATE-4: active and paused turn into each other, both end, and ended stays', () => {
    const calls = ['pause', 'resume', 'end'] as const;
    const table = Object.fromEntries(
      (['active', 'paused', 'ended'] as const).map((from) => [
        from,
        calls.map((call) => nextStatus(from, call)),
      ]),
    );
    expect(table).toEqual({
      active: ['paused', undefined, 'ended'],
      paused: [undefined, 'active', 'ended'],
      ended: [undefined, undefined, undefined],
    });
  });

  it('STATE-8: each phase allows what the contract lists', () => {
    expect(
      PHASE_NAMES.map((phase) => [phase, actionsAllowed(phase).join(' '), ruleScopes(phase).join(' ')]),
    ).toEqual([
      ['exploration', 'move inspect talk use_item', 'movement perception interaction'],
      ['dialogue', 'talk negotiate threaten', 'persuasion deception emotion'],
      ['combat', 'attack skill defend item', 'initiative attack defense damage'],
      ['rest', 'rest heal prepare', 'recovery time_pass'],
    ]);
  });

  it('STATE-3: progress is a text with two digits, and may exceed 100', () => {
    expect([progressPercentage(1, 1), progressPercentage(2, 5), progressPercentage(9, 10)]).toEqual([
      '3.33',
      '50.00',
      '300.00',
    ]);
  });

  it('STATE-1: times have microseconds and no zone, durations are ISO 8601', () => {
    expect(isoTime(new Date('2026-02-01T10:20:30.045Z'))).toBe('2026-02-01T10:20:30.045000');
    expect([0, 1_500, 61_000, 3_600_000, 90_061_250].map(isoDuration)).toEqual([
      'PT0S',
      'PT1.5S',
      'PT1M1S',
      'PT1H',
      'P1DT1H1M1.25S',
    ]);
  });

  it('STATE-10: HP stay within 0 and the most, affinity within 0 and 100, whatever is added', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer(), (hp, max, change) => {
        const after = changedHp(Math.min(hp, max), change, max);
        expect(after >= 0 && after <= max).toBe(true);
        expect(Math.abs(clampAffinity(change) - 50)).toBeLessThanOrEqual(50);
      }),
    );
  });

  it('STATE-10: MP, SAN and gold are never below 0, other numbers may be; names have no case', () => {
    const before = { hp: 100, maxHp: 100, mp: 50, san: 10, stats: {} };
    const after = changedNumbers(before, { HP: -130, mp: -60, San: -11, gold: -5, STR: -2, str: -1 });
    expect(after).toEqual({ hp: 0, maxHp: 100, mp: 0, san: 0, stats: { gold: 0, str: -3 } });
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`n${n}`, 1]));
    expect(changedNumbers(before, many)).toBeUndefined();
  });

  it('STATE-7: ids follow the numbers, and lead nowhere where there is nothing', () => {
    expect(positionAt(TALE, 1, 2)).toEqual({ act: 1, sequence: 2, actId: 'act-1', sequenceId: 'seq-2' });
    expect(positionAt(TALE, 2, 1)).toMatchObject({ actId: 'act-2', sequenceId: 'seq-3' });
    expect(positionAt(TALE, 99, 4)).toMatchObject({ actId: 'act-99', sequenceId: 'seq-4' });
    expect(positionAt(TALE, 1, 1, { sequenceId: 'seq-2' })).toMatchObject({ sequenceId: 'seq-2' });
    expect(positionAt({ acts: [], sequences: TALE.sequences }, 1, 3)).toMatchObject({ sequenceId: 'seq-3' });
  });

  it('STATE-6: each unknown or double name is found where it stands, and can be left out', () => {
    const [pilot] = TALE.npcs;
    if (!pilot) throw new Error('The tale has a pilot.');
    const broken = {
      ...TALE,
      npcs: [...TALE.npcs, pilot],
      acts: TALE.acts.map((act) => ({ ...act, sequences: [...act.sequences, 'nowhere'] })),
      relations: [
        ...TALE.relations,
        { from_id: 'ghost', to_id: 'player', relation_type: 'x', affinity: 1, meta: {} },
      ],
    };
    const { clean, faults } = checkReferences(broken);
    expect(faults.map(({ type, path, name }) => `${type} ${path.join('.')} ${name}`).sort()).toEqual([
      'duplicate npcs.2 pilot',
      'unknown_reference acts.0.sequences.2 nowhere',
      'unknown_reference acts.1.sequences.1 nowhere',
      'unknown_reference relations.3.from_id ghost',
    ]);
    expect(clean).toEqual(TALE);
    expect(checkReferences(clean).faults).toEqual([]);
  });
});
