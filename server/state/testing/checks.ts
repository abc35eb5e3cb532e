import { ACT, ENEMY, LONG, NPC, PHASE, SEQUENCE, SESSION, SHORT, TURN } from './fields';
import { tale } from './tale';

/** What was remembered of earlier answers. */
export type Known = Record<string, string>;
/** Method, path (`:name` is filled in), body, fields of `data` (of its first entry for a list), and what is remembered. */
export interface Check {
  readonly version: '1' | '2' | '12';
  readonly call: string;
  readonly body?: (known: Known) => unknown;
  readonly fields: string;
  readonly keep?: (data: Ids) => Known;
}
type Ids = Readonly<Record<'scenario_id' | 'session_id' | 'player_id' | 'id', string>>;

const at = '/state/session/:sid';

/** In this order, against one session. */
export const CHECKS: readonly Check[] = [
  {
    ...{ version: '12', call: 'POST /state/scenario/inject', body: () => tale('The Public Tale') },
    fields: 'scenario_id title status message',
    keep: ({ scenario_id }: Ids) => ({ scenario: scenario_id }),
  },
  {
    ...{ version: '2', call: 'POST /state/scenario/validate', body: () => tale('The Public Tale') },
    fields: 'is_valid message summary',
  },
  {
    version: '12',
    call: 'GET /state/scenarios',
    fields: 'scenario_id title description created_at updated_at',
  },
  { version: '2', call: 'GET /state/scenario/list', fields: 'scenario_id title' },
  { version: '12', call: 'GET /state/scenario/:scenario', fields: 'scenario_id title description' },
  {
    ...{ version: '12', call: 'POST /state/session/start', fields: `${SESSION} user_id current_phase` },
    body: ({ scenario }) => ({
      ...{ scenario_id: scenario, current_act: 1, current_sequence: 1, location: 'Starting Town' },
      ...{ current_act_id: 'act-1', current_sequence_id: 'seq-1', user_id: 1 },
    }),
    keep: ({ session_id, player_id }: Ids) => ({ sid: session_id, player: player_id }),
  },
  { version: '12', call: 'GET /state/sessions', fields: SESSION },
  { version: '12', call: 'GET /state/sessions/active', fields: SESSION },
  { version: '12', call: `GET ${at}`, fields: SESSION },
  {
    ...{ version: '12', call: `GET ${at}/progress` },
    fields: 'current_act current_sequence current_turn current_phase location progress_percentage',
  },
  {
    ...{ version: '2', call: `GET ${at}/context` },
    fields:
      'session player player_relations npcs enemies inventory relations context_scope turn snapshot_timestamp',
  },
  { version: '12', call: `GET ${at}/npcs`, fields: NPC },
  { version: '12', call: `GET ${at}/enemies`, fields: ENEMY },
  { version: '12', call: `GET ${at}/enemies?active_only=false`, fields: ENEMY },
  {
    ...{ version: '12', call: `GET ${at}/items` },
    fields: 'item_id scenario_item_id rule_id name description item_type meta',
  },
  { version: '12', call: `GET ${at}/turn`, fields: TURN },
  { version: '12', call: `POST ${at}/turn/add`, fields: TURN },
  { version: '1', call: `GET ${at}/phase`, fields: 'session_id current_phase' },
  ...(['exploration', 'combat', 'rest', 'dialogue'] as const).map(
    (phase): Check => ({
      ...{ version: '1', call: `PUT ${at}/phase`, fields: 'session_id current_phase' },
      body: () => ({ new_phase: phase }),
    }),
  ),
  { version: '1', call: `GET ${at}/act`, fields: 'current_act' },
  {
    version: '12',
    call: `GET ${at}/act/details`,
    fields: 'scenario_id act_id act_name act_description exit_criteria sequence_ids metadata',
  },
  { version: '1', call: `PUT ${at}/act`, body: () => ({ new_act: 2 }), fields: ACT },
  {
    ...{ version: '2', call: `PUT ${at}/act`, fields: 'session_id current_act current_act_id' },
    body: () => ({ new_act: 1, new_act_id: 'act-1', new_sequence_id: 'seq-1' }),
  },
  { version: '1', call: `POST ${at}/act/add`, fields: ACT },
  { version: '1', call: `POST ${at}/act/back`, fields: ACT },
  { version: '1', call: `GET ${at}/sequence`, fields: 'current_sequence' },
  { version: '1', call: `PUT ${at}/sequence`, body: () => ({ new_sequence: 2 }), fields: SEQUENCE },
  {
    ...{ version: '2', call: `PUT ${at}/sequence`, fields: `${SEQUENCE} current_sequence_id` },
    body: () => ({ new_sequence: 1, new_sequence_id: 'seq-1' }),
  },
  { version: '1', call: `POST ${at}/sequence/add`, fields: SEQUENCE },
  { version: '1', call: `POST ${at}/sequence/back`, fields: SEQUENCE },
  {
    ...{ version: '12', call: `GET ${at}/sequence/details` },
    fields:
      'scenario_id sequence_id sequence_name location_name description goal exit_triggers metadata npcs enemies entity_relations player_npc_relations',
  },
  { version: '1', call: `GET ${at}/location`, fields: 'location' },
  {
    ...{ version: '12', call: `PUT ${at}/location`, fields: 'session_id location' },
    body: () => ({ new_location: 'Pier 9' }),
  },
  {
    ...{ version: '1', call: `POST ${at}/npc/spawn`, fields: 'id name' },
    body: () => ({ npc_id: 'npc-1', name: 'Smith', description: '', hp: 100, tags: [], state: {} }),
  },
  {
    ...{ version: '2', call: `POST ${at}/npc/spawn`, fields: 'id name' },
    body: () => ({ scenario_npc_id: 'npc-2', rule_id: 0, name: 'Baker', tags: ['guild'], state: {} }),
    keep: ({ id }: Ids) => ({ npc: id }),
  },
  {
    ...{ version: '2', call: `POST ${at}/npc/:npc/depart` },
    fields: 'npc_id scenario_npc_id name is_departed departed_at',
  },
  { version: '2', call: `POST ${at}/npc/:npc/return`, fields: 'npc_id scenario_npc_id name is_departed' },
  {
    ...{ version: '12', call: 'PUT /state/npc/affinity', fields: 'player_id npc_id new_affinity' },
    body: ({ player, npc, sid }) => ({
      ...{ player_id: player, npc_id: npc, affinity_change: 10 },
      ...{ session_id: sid, relation_type: 'neutral' },
    }),
  },
  { version: '12', call: `DELETE ${at}/npc/:npc`, fields: 'status' },
  { version: '12', call: `DELETE ${at}/npc/:npc`, fields: 'status' },
  {
    ...{ version: '1', call: `POST ${at}/enemy/spawn`, fields: 'id name' },
    body: () => ({ enemy_id: 'e-1', name: 'Slime', hp: 30, attack: 10, defense: 5 }),
  },
  {
    ...{ version: '2', call: `POST ${at}/enemy/spawn`, fields: 'id name' },
    body: () => ({ scenario_enemy_id: 'e-2', name: 'Wolf', tags: [], state: {} }),
    keep: ({ id }: Ids) => ({ enemy: id }),
  },
  {
    ...{
      version: '12',
      call: 'PUT /state/enemy/:enemy/hp',
      body: ({ sid }) => ({ session_id: sid, hp_change: -5 }),
    },
    fields: 'enemy_id enemy_instance_id current_hp is_defeated',
  },
  {
    ...{ version: '12', call: 'POST /state/enemy/:enemy/defeat?session_id=:sid' },
    fields: 'enemy_id enemy_instance_id status',
  },
  { version: '12', call: `DELETE ${at}/enemy/:enemy`, fields: 'status' },
  {
    ...{ version: '2', call: 'POST /state/player/item/earn' },
    fields: 'player_id item_id quantity total_quantity',
    body: ({ sid, player }) => ({ session_id: sid, player_id: player, rule_id: 101, quantity: 3 }),
  },
  {
    ...{ version: '1', call: 'POST /state/player/item/earn' },
    fields: 'player_id item_id quantity updated_at',
    body: ({ sid, player }) => ({ session_id: sid, player_id: player, item_id: 101, quantity: 1 }),
  },
  {
    ...{ version: '2', call: 'POST /state/player/item/earn', fields: 'skipped reason' },
    body: ({ sid, player }) => ({ session_id: sid, player_id: player, quantity: 1 }),
  },
  {
    ...{ version: '12', call: 'POST /state/player/item/use' },
    fields: 'player_id item_id quantity remaining_quantity active',
    body: ({ sid, player }) => ({ session_id: sid, player_id: player, rule_id: 101, quantity: 1 }),
  },
  {
    ...{ version: '12', call: `GET ${at}/inventory` },
    fields:
      'player_id item_id rule_id item_name description quantity active activated_turn deactivated_turn category item_state acquired_at',
  },
  {
    ...{ version: '12', call: 'PUT /state/inventory/update', fields: 'player_id item_id quantity' },
    body: ({ player }) => ({ player_id: player, rule_id: 101, quantity: 5 }),
  },
  {
    ...{ version: '12', call: 'PUT /state/player/:player/hp' },
    fields: 'player_id name current_hp max_hp hp_change',
    body: ({ sid }) => ({ session_id: sid, hp_change: -10, reason: 'fell' }),
  },
  {
    ...{ version: '12', call: 'PUT /state/player/:player/stats' },
    fields: 'player_id name hp mp san str dex int lux tags created_at updated_at state relations',
    body: ({ sid }) => ({ session_id: sid, stat_changes: { STR: 2, gold: 30 } }),
  },
  { version: '12', call: 'GET /state/player/:player', fields: 'player player_npc_relations' },
  {
    ...{ version: '2', call: 'POST /state/commit', fields: 'commit_id updated_fields message' },
    body: ({ sid }) => ({
      turn_id: `${sid}:1`,
      update: {
        diffs: [
          { state_entity_id: 'player', diff: { hp: -4, san: 1, stats: { STR: 1 } } },
          { state_entity_id: 'pilot', diff: { affinity: 5 } },
          { state_entity_id: 'rat', diff: { hp: -3, location: 'Gate' } },
        ],
        relations: [
          { cause_entity_id: 'player', effect_entity_id: 'cook', type: '우호적', affinity_score: 70 },
        ],
      },
    }),
  },
  {
    ...{ version: '2', call: 'POST /state/commit', fields: 'commit_id updated_fields message' },
    body: ({ sid }) => ({ turn_id: `${sid}:2`, diffs: [{ entity_id: 'player', diff: { hp: 2 } }] }),
  },
  { version: '12', call: `GET ${at}/turns`, fields: LONG },
  { version: '12', call: `GET ${at}/turns/recent?limit=5`, fields: SHORT },
  { version: '12', call: `GET ${at}/turn/latest`, fields: SHORT },
  { version: '12', call: `GET ${at}/turn/0`, fields: `${LONG} related_entities` },
  { version: '12', call: `GET ${at}/turns/range?start=0&end=10`, fields: LONG },
  {
    ...{ version: '1', call: `GET ${at}/turns/statistics/by-phase` },
    fields: 'phase_at_turn turn_count first_turn last_turn',
  },
  {
    ...{ version: '12', call: `GET ${at}/turns/statistics/by-type` },
    fields: 'turn_type turn_count first_turn last_turn first_at last_at',
  },
  {
    ...{ version: '12', call: `GET ${at}/turns/duration-analysis` },
    fields: 'turn_number phase_at_turn turn_type created_at next_turn_at duration',
  },
  {
    ...{ version: '12', call: `GET ${at}/turns/summary` },
    fields:
      'total_turns phases_used turn_types_used first_turn_at last_turn_at total_session_duration avg_turn_duration',
  },
  { version: '1', call: `GET ${at}/phases`, fields: `phase_id session_id ${PHASE}` },
  { version: '1', call: `GET ${at}/phases/recent?limit=5`, fields: PHASE },
  { version: '1', call: `GET ${at}/phases/by-phase?phase=combat`, fields: PHASE },
  { version: '1', call: `GET ${at}/phases/range?start_turn=0&end_turn=10`, fields: PHASE },
  { version: '1', call: `GET ${at}/phase/latest`, fields: PHASE },
  { version: '1', call: `GET ${at}/phases/statistics`, fields: 'phase total_duration transition_count' },
  { version: '1', call: `GET ${at}/phases/pattern`, fields: 'previous_phase new_phase transition_count' },
  {
    ...{ version: '1', call: `GET ${at}/phases/summary` },
    fields: 'new_phase transition_count first_visit last_visit total_duration',
  },
  { version: '12', call: `POST ${at}/pause`, fields: 'message' },
  { version: '1', call: 'GET /state/sessions/paused', fields: SESSION },
  { version: '12', call: `POST ${at}/resume`, fields: 'message' },
  { version: '12', call: `POST ${at}/end`, fields: 'message' },
  { version: '1', call: 'GET /state/sessions/ended', fields: SESSION },
  { version: '2', call: `DELETE ${at}`, fields: 'session_id status' },
];
