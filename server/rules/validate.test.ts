import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { PHASE_TABLE, PHASES } from '../../proto/phases';
import { ACTION_TYPES, REFUSALS } from '../../proto/rules';
import { ladderOf } from '../../proto/testing/ladder';
import { validateAction } from './validate';

const ask = (action_type: string, action_data: Record<string, unknown> = {}) =>
  validateAction({ session_id: 's', action_type, action_data });

const words = { en: 'x', ko: 'x' };
const fight = {
  kind: 'fight',
  title: words,
  opponent: 'e',
  level: 1,
  won: [],
  lost: [],
  next: [{ ending: 'x' }],
};
const scene = {
  kind: 'scene',
  title: words,
  choices: [
    { id: 'open', label: words, tone: 'talk', effects: [], next: [] },
    { id: 'shut', label: words, tone: 'talk', if: [{ has: 'key' }], effects: [], next: [] },
  ],
  next: [{ ending: 'x' }],
};

describe('RULES-2: an action is allowed where the table of phases has it', () => {
  it('in each phase the words of its row, and no other', () => {
    const all = new Set(PHASES.flatMap((phase) => PHASE_TABLE[phase].actions));
    const items = [{ item_id: 'potion' }];
    for (const phase of PHASES)
      for (const action of all) {
        const { allowed, reason } = ask(action, { phase, item_id: 'potion', items });
        const isHere = PHASE_TABLE[phase].actions.includes(action);
        expect([action, phase, allowed, reason]).toEqual([
          action,
          phase,
          isHere,
          isHere ? null : 'not_in_phase',
        ]);
      }
  });

  it.each([
    ['talk', 'paused', 'paused'],
    ['talk', 'ended', 'ended'],
    ['pause', 'active', null],
    ['pause', 'paused', 'wrong_status'],
    ['resume', 'paused', null],
    ['resume', 'active', 'wrong_status'],
    ['resume', 'ended', 'ended'],
    ['end', 'active', null],
    ['end', 'paused', null],
    ['end', 'ended', 'ended'],
  ])('%s in a session that is %s: %s', (action, status, reason) => {
    expect(ask(action, { status })).toMatchObject({ allowed: reason === null, reason });
  });

  it.each([
    ['use_item', { item_id: 'potion', items: [{ scenario_item_id: 'potion', quantity: 2 }] }, null],
    ['use_item', { item_id: 7, quantity: 3, items: [{ rule_id: 7, quantity: 2 }] }, 'not_owned'],
    ['use_item', { item_id: 'potion', items: [] }, 'not_owned'],
    ['use_item', { items: [] }, 'malformed'],
    ['item', { phase: 'combat', item_id: 'potion', items: [{ item_id: 'potion' }] }, null],
    ['continue', { continues: 1 }, null],
    ['continue', { continues: 0 }, 'no_continues'],
    ['continue', { continues: 2, price: 5, coins: 4 }, 'no_coins'],
    ['continue', {}, 'malformed'],
    ['fight', { phase: 'combat', step: fight }, null],
    ['fight', { phase: 'rest', step: fight }, 'not_in_phase'],
    ['fight', { phase: 'combat', step: scene }, 'wrong_step'],
    ['fight', { step: fight }, 'malformed'],
    ['choose', { phase: 'dialogue', step: scene, choice: 'open' }, null],
    ['choose', { step: scene, choice: 'shut' }, 'conditions'],
    ['choose', { step: scene, choice: 'shut', items: [{ scenario_item_id: 'key' }] }, null],
    ['choose', { step: scene, choice: 'gone' }, 'no_such_choice'],
    ['choose', { step: fight, choice: 'open' }, 'wrong_step'],
    ['rest', { phase: 'rest', step: fight }, 'wrong_step'],
    ['rest', { phase: 'rest' }, null],
    ['fly', {}, 'unknown_action'],
    ['constructor', {}, 'unknown_action'],
    ['talk', { phase: 'night' }, 'malformed'],
  ])('%s with %j: %s', (action, data, reason) => {
    const ruling = ask(action, data);
    expect(ruling).toMatchObject({ session_id: 's', allowed: reason === null, reason });
    if (reason === 'malformed') expect(ruling.issues?.[0]?.path).toBeTruthy();
  });

  it('whatever is sent is ruled on: it never throws, and what is not allowed has a reason of the set', () => {
    const sent = fc.dictionary(
      fc.constantFrom('phase', 'status', 'step', 'choice', 'items', 'scenario', 'character', 'x'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...ACTION_TYPES), fc.string()), sent, (action, data) => {
        const { allowed, reason } = ask(action, data);
        expect(allowed).toBe(reason === null);
        if (reason !== null) expect(REFUSALS).toContain(reason);
      }),
    );
  });
});

describe('RULES-3: a scenario', () => {
  it('that leads somewhere is allowed; one that does not has its faults listed with places', () => {
    expect(ask('scenario', { scenario: ladderOf() })).toMatchObject({ allowed: true, issues: [] });
    const spoiled = ladderOf();
    spoiled.fight.opponentHandicap = { powerPercent: 9_000 };
    spoiled.ladder.first = 'gone';
    expect(ask('scenario', { scenario: spoiled })).toMatchObject({
      allowed: false,
      reason: 'invalid',
      issues: [
        { path: 'metadata.ladder.first' },
        { path: 'sequences[1].metadata.step.opponentHandicap.powerPercent' },
      ],
    });
  });

  it('whose form is wrong has the places of that', () => {
    expect(ask('scenario', { scenario: { title: 'T', acts: [{ id: 'a' }] } }).issues).toEqual([
      { path: 'acts[0].name', message: expect.any(String) },
    ]);
    expect(ask('scenario', {}).allowed).toBe(false);
  });
});

describe('RULES-3: a character', () => {
  const own = () => structuredClone(CHARACTERS[0]);

  it.each(CHARACTERS)('as it is here has no faults: $slug', (character) => {
    expect(ask('character', { character: JSON.parse(JSON.stringify(character)) }).issues).toEqual([]);
  });

  it.each<[string, string, (moves: Record<string, unknown>[]) => void]>([
    ['a move without startup', 'moves[0].startup', (moves) => (moves[0] = { ...moves[0], startup: 0 })],
    [
      'a box that is inside out',
      'moves[0].hitboxes[0]',
      (moves) => (moves[0] = { ...moves[0], hitboxes: [{ from: 5, to: 5, x1: 9, x2: 1, y1: 0, y2: 9 }] }),
    ],
    [
      'a box that is out too early',
      'moves[0].hitboxes[0]',
      (moves) => (moves[0] = { ...moves[0], hitboxes: [{ from: 1, to: 2, x1: 0, x2: 1, y1: 0, y2: 9 }] }),
    ],
    ['a blow that fells at once', 'moves[1].damage', (moves) => (moves[1] = { ...moves[1], damage: 900 })],
    ['a guard that helps the attacker', 'moves[1].chip', (moves) => (moves[1] = { ...moves[1], chip: 300 })],
    ['a cancel into nothing', 'moves[2].cancels[0]', (moves) => (moves[2] = { ...moves[2], cancels: [12] })],
    ['a cancel into the air', 'moves[2].cancels[0]', (moves) => (moves[2] = { ...moves[2], cancels: [5] })],
    ['two moves of one name', 'moves[1].id', (moves) => (moves[1] = { ...moves[1], id: moves[0]?.id })],
    [
      'a move that touches nobody',
      'moves[1].hitboxes',
      (moves) => (moves[1] = { ...moves[1], hitboxes: [] }),
    ],
    ['a move missing', 'moves', (moves) => moves.pop()],
  ])('with %s is told where', (_what, path, change) => {
    const character: { moves: unknown } = JSON.parse(JSON.stringify(own()));
    const moves = JSON.parse(JSON.stringify(character.moves));
    change(moves);
    const { allowed, issues } = ask('character', { character: { ...character, moves } });
    expect(allowed).toBe(false);
    expect(issues?.map((issue) => issue.path)).toContain(path);
  });
});
