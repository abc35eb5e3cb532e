import { type Scenario, scenario } from '../../../proto/scenario';
import short from '../../ladders/testing/short.json';
import type { LadderScenario } from '../course/facts';
import { ladderOf } from '../course/facts';

const words = (en: string) => ({ en, ko: en });

/** Somebody's item, as a scenario has it. */
function item(id: string, ruleId: number, meta: Readonly<Record<string, unknown>>) {
  return {
    scenario_item_id: id,
    rule_id: ruleId,
    name: id,
    description: id,
    item_type: 'boost',
    meta: { name: words(id), text: words(id), ...meta },
  };
}

const BENCH = {
  id: 'bench',
  name: 'The bench',
  location_name: 'dojang',
  goal: 'Rest',
  exit_triggers: ['rested'],
  npcs: ['coach'],
  enemies: [],
  items: [],
  metadata: {
    step: {
      kind: 'rest',
      title: words('The bench'),
      heals: 20,
      effects: [{ flag: 'rested' }, { departs: 'coach' }, { returns: 'coach' }, { nerve: 1 }],
      next: [{ if: [], to: 'gate' }],
    },
  },
};

/** The short ladder with a rest between its fight and its talk, a rival who drops three things, and another title. */
export function prizeYard(title = 'The Yard With Prizes'): LadderScenario {
  const [act] = short.acts;
  const [yard, gate] = short.sequences;
  const [rival] = short.enemies;
  if (!act || !yard || !gate || !rival) throw new Error('the short ladder is another one');
  const step = { ...yard.metadata.step, next: [{ if: [{ result: 'lost' }], to: 'yard' }, { to: 'bench' }] };
  const built: Scenario = scenario.parse({
    ...short,
    scenario_id: title,
    title,
    acts: [{ ...act, sequences: ['yard', 'bench', 'gate'] }],
    sequences: [{ ...yard, metadata: { step } }, BENCH, gate],
    enemies: [{ ...rival, dropped_items: [901, 902, 903] }],
    items: [
      item('tea', 901, { kind: 'boost', handicap: { healthPercent: 104 } }),
      item('sash', 902, { kind: 'costume', look: 'sash' }),
      item('coin', 903, { kind: 'token' }),
    ],
  });
  return ladderOf(built);
}
