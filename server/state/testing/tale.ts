import type { ScenarioInput } from '../../../proto/scenario';

/** A scenario with something of everything; scenario ids are short names. */
export function tale(title: string): ScenarioInput {
  return {
    title,
    description: 'Two acts, three sequences.',
    acts: [
      {
        id: 'act-1',
        name: 'The Harbour',
        description: 'Where it begins.',
        exit_criteria: 'the guard is beaten',
        sequences: ['seq-1', 'seq-2'],
      },
      { id: 'act-2', name: 'The Tower', sequences: ['seq-3'] },
    ],
    sequences: [
      {
        id: 'seq-1',
        name: 'Quay',
        location_name: 'Pier 9',
        goal: 'talk to the pilot',
        exit_triggers: ['talked'],
        npcs: ['pilot', 'cook'],
        enemies: ['rat'],
        items: ['rope'],
      },
      { id: 'seq-2', name: 'Gate', location_name: 'Gate', npcs: ['pilot'], enemies: ['guard'] },
      { id: 'seq-3', name: 'Roof', enemies: ['guard'] },
    ],
    npcs: [
      {
        scenario_npc_id: 'pilot',
        name: 'Pilot',
        description: 'Knows the river.',
        tags: ['friend'],
        state: { numeric: { HP: 80, STR: 4 }, boolean: { awake: true } },
        rule_id: 7,
      },
      { scenario_npc_id: 'cook', name: 'Cook' },
    ],
    enemies: [
      {
        scenario_enemy_id: 'rat',
        name: 'Rat',
        state: { numeric: { HP: 12, attack: 2 } },
        dropped_items: [101],
        rule_id: 3,
      },
      { scenario_enemy_id: 'guard', name: 'Guard', rule_id: 4 },
    ],
    items: [
      {
        scenario_item_id: 'potion',
        rule_id: 101,
        name: 'Potion',
        item_type: 'heal',
        meta: { heal_amount: 20 },
      },
      { scenario_item_id: 'rope', rule_id: 102, name: 'Rope', meta: { is_stackable: false } },
    ],
    relations: [
      { from_id: 'player', to_id: 'pilot', relation_type: 'friend', affinity: 60 },
      { from_id: 'rat', to_id: 'cook', relation_type: 'hostile', affinity: -40 },
      { from_id: 'cook', to_id: 'rope', relation_type: 'owns', affinity: 0 },
    ],
  };
}

/** A database has it, and nobody's row. */
export const NOBODYS_ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
