import { describe, expect, it } from 'vitest';
import { type ScenarioInput, scenario } from './scenario';
import { checkScenario, type GameFacts } from './scenario-check';
import { type LadderInput, ladderOf } from './testing/ladder';

const GAME: GameFacts = { handicapBounds: { powerPercent: [50, 150] }, characters: [1, 2] };

const check = (input: ScenarioInput) => checkScenario(scenario.parse(input), GAME);

/** A sound ladder after one change. */
function changed(change: (ladder: LadderInput) => void) {
  const ladder = ladderOf();
  change(ladder);
  return check(ladder).map(({ path }) => path);
}

describe('a scenario of the public format', () => {
  it('is sound without acts, steps and ladders', () => {
    expect(check({ title: 'T' })).toEqual([]);
    expect(check({ title: 'T', sequences: [{ id: 's', name: 'S' }] })).toEqual([]);
  });

  it('has every reference that leads nowhere listed, with its place', () => {
    const issues = check({
      title: 'T',
      acts: [
        { id: 'a', name: 'A', sequences: ['s', 'gone'] },
        { id: 'a', name: 'B', sequences: ['s'] },
      ],
      sequences: [{ id: 's', name: 'S', npcs: ['nobody'], enemies: ['none'], items: ['nothing'] }],
      npcs: [{ scenario_npc_id: 'n', name: 'N' }],
      enemies: [{ scenario_enemy_id: 'n', name: 'E', dropped_items: [4] }],
      items: [
        { scenario_item_id: 'i', rule_id: 3, name: 'I' },
        { scenario_item_id: 'j', rule_id: 3, name: 'J' },
      ],
      relations: [{ from_id: 'player', to_id: 'who' }],
    });
    expect(issues.map(({ path }) => path).sort()).toEqual([
      'acts[0].sequences[1]',
      'acts[1].id',
      'acts[1].sequences[0]',
      'enemies[0].dropped_items[0]',
      'enemies[0].scenario_enemy_id',
      'items[1].rule_id',
      'relations[0].to_id',
      'sequences[0].enemies[0]',
      'sequences[0].items[0]',
      'sequences[0].npcs[0]',
    ]);
    for (const { message } of issues) expect(message.length).toBeGreaterThan(10);
  });
});

describe('a ladder', () => {
  it('that leads somewhere has no faults', () => {
    expect(check(ladderOf())).toEqual([]);
  });

  it.each<[string, string[], (ladder: LadderInput) => void]>([
    [
      'a first sequence that is not there',
      ['metadata.ladder.first'],
      ({ ladder }) => (ladder.first = 'gone'),
    ],
    ['a climber who is no character', ['metadata.ladder.character'], ({ ladder }) => (ladder.character = 9)],
    [
      'an opponent who is nobody',
      ['sequences[1].metadata.step.opponent'],
      ({ fight }) => (fight.opponent = 'gone'),
    ],
    ['an opponent who is no character', ['enemies[0].rule_id'], ({ enemies }) => (enemies[0].rule_id = 7)],
    [
      'an opponent of a variant who is not there',
      ['sequences[1].metadata.step.variants[0].opponent'],
      ({ fight }) => (fight.variants = [{ if: [], opponent: 'gone' }]),
    ],
    [
      'a handicap out of bounds',
      ['sequences[1].metadata.step.opponentHandicap.powerPercent'],
      ({ fight }) => (fight.opponentHandicap = { powerPercent: 151 }),
    ],
    [
      'a handicap of an item out of bounds',
      ['items[0].meta.handicap.powerPercent'],
      ({ items }) => (items[0].meta = { ...items[0].meta, handicap: { powerPercent: 49 } }),
    ],
    [
      'a speaker who is nobody',
      ['sequences[0].metadata.step.speaker'],
      ({ scene }) => (scene.speaker = 'gone'),
    ],
    [
      'two choices of one name',
      ['sequences[0].metadata.step.choices[1].id'],
      ({ scene }) => (scene.choices[1].id = 'brave'),
    ],
    [
      'choices that may all be closed',
      ['sequences[0].metadata.step.choices'],
      ({ scene }) => {
        for (const choice of scene.choices) choice.if = [{ has: 'charm' }];
      },
    ],
    [
      'a flag that nothing sets',
      ['sequences[1].metadata.step.variants[0].if[0].flag'],
      ({ fight }) => (fight.variants = [{ if: [{ flag: 'never' }] }]),
    ],
    [
      'an effect on what is not there',
      ['sequences[1].metadata.step.won[0].item', 'sequences[1].metadata.step.won[1].departs'],
      ({ fight }) => (fight.won = [{ item: 'gone', quantity: 1 }, { departs: 'rival' }]),
    ],
    [
      'a way on to nowhere',
      ['sequences[2].metadata.step.next[0].to', 'sequences[2].id'],
      ({ rest }) => (rest.next = [{ to: 'gone' }]),
    ],
    [
      'a way on to both',
      ['sequences[2].metadata.step.next[0]'],
      ({ rest }) => (rest.next = [{ to: 'fight', ending: 'glory' }]),
    ],
    [
      'a way on that conditions may close',
      ['sequences[2].metadata.step.next'],
      ({ rest }) => (rest.next = [{ if: [{ result: 'won' }], to: 'fight' }]),
    ],
    [
      'a way on behind one that is always taken',
      ['sequences[2].metadata.step.next[1]'],
      ({ rest }) => (rest.next = [{ to: 'fight' }, { if: [{ result: 'won' }], ending: 'glory' }]),
    ],
    [
      'a sequence that is never reached',
      ['sequences[2].id'],
      ({ fight }) => (fight.next = [{ ending: 'glory' }]),
    ],
    [
      'no ending that can be reached, and one that nothing leads to',
      ['sequences[0].id', 'sequences[1].id', 'sequences[2].id', 'metadata.ladder.endings[0].id'],
      ({ fight }) => (fight.next = [{ to: 'rest' }]),
    ],
    [
      'rests that lead to each other',
      ['sequences[2].id'],
      ({ rest }) =>
        (rest.next = [
          { if: [{ flag: 'bold' }], to: 'rest' },
          { if: [{ noFlag: 'bold' }], to: 'fight' },
        ]),
    ],
    [
      'a line that is said nowhere',
      ['metadata.ladder.lines[0].where[0]', 'metadata.ladder.lines[0].choice'],
      ({ ladder }) => (ladder.lines[0] = { ...ladder.lines[0], where: ['gone'], choice: 'brave' }),
    ],
    [
      'an item with one language',
      ['items[0].meta.name.ko'],
      ({ items }) => (items[0].meta = { ...items[0].meta, name: { en: 'Charm' } }),
    ],
    ['an npc without words', ['npcs[0].metadata.name'], ({ npcs }) => (npcs[0].metadata = {})],
    [
      'a sequence in no act',
      ['sequences[2].id'],
      (ladder) => {
        ladder.acts = [{ id: 'act', name: 'Act', sequences: ['scene', 'fight'] }];
      },
    ],
    [
      'a sequence without a step',
      ['sequences[2].metadata.step', 'sequences[2].id'],
      ({ sequences }) => (sequences[2].metadata = {}),
    ],
  ])('with %s is told so, and nothing else', (_what, paths, change) => {
    expect(changed(change)).toEqual(paths);
  });
});
