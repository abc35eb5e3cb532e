import { z } from 'zod';

/**
 * Answers as the contract's tables have them, with nothing missing and nothing more but what STATE-3 adds: written
 * down here a second time, so that the server's own schemas can't drift from the tables unseen.
 */
const uuid = z.guid();
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
const duration = z.string().regex(/^P(\d+D)?(T(\d+H)?(\d+M)?([\d.]+S)?)?$/);
const phase = z.enum(['exploration', 'dialogue', 'combat', 'rest']);
const bag = z.record(z.string(), z.unknown());
const state = z.strictObject({
  numeric: z.record(z.string(), z.number()),
  boolean: z.record(z.string(), z.boolean()),
});

export const session = z.strictObject({
  session_id: uuid,
  scenario_id: uuid,
  user_id: z.union([z.int(), z.string()]).nullable(),
  player_id: uuid,
  current_act: z.int(),
  current_sequence: z.int(),
  current_act_id: z.string(),
  current_sequence_id: z.string(),
  current_phase: phase,
  current_turn: z.int(),
  location: z.string(),
  status: z.enum(['active', 'paused', 'ended']),
  started_at: time,
  ended_at: time.nullable(),
  created_at: time,
  updated_at: time,
});

const somebody = {
  rule_id: z.int(),
  name: z.string(),
  description: z.string(),
  current_hp: z.int(),
  tags: z.array(z.string()),
  state,
  assigned_sequence_id: z.string().nullable(),
  assigned_location: z.string().nullable(),
};
export const npc = z.strictObject({
  npc_id: uuid,
  scenario_npc_id: z.string(),
  ...somebody,
  is_departed: z.boolean(),
});
export const enemy = z.strictObject({
  enemy_id: uuid,
  enemy_instance_id: uuid,
  scenario_enemy_id: z.string(),
  ...somebody,
  is_defeated: z.boolean(),
});
export const item = z.strictObject({
  item_id: uuid,
  scenario_item_id: z.string(),
  rule_id: z.int(),
  name: z.string(),
  description: z.string(),
  item_type: z.string(),
  meta: bag,
});
export const owned = z.strictObject({
  player_id: uuid,
  item_id: uuid,
  rule_id: z.int(),
  item_name: z.string(),
  description: z.string(),
  quantity: z.int(),
  active: z.boolean(),
  activated_turn: z.int(),
  deactivated_turn: z.int().nullable(),
  category: z.string(),
  item_state: bag,
  acquired_at: time,
});

const short = {
  turn_number: z.int(),
  phase_at_turn: phase,
  turn_type: z.string(),
  state_changes: bag,
  created_at: time,
};
export const turnShort = z.strictObject(short);
export const turn = z.strictObject({ turn_id: uuid, session_id: uuid, ...short });
export const turnWithEntities = turn.extend({
  related_entities: z.array(z.strictObject({ id: uuid, name: z.string(), entity_type: z.string() })),
});
export const turnNow = z.strictObject({
  session_id: uuid,
  current_turn: z.int(),
  phase_at_turn: phase,
  turn_type: z.string(),
  created_at: time,
});
export const turnDuration = z.strictObject({
  turn_number: z.int(),
  phase_at_turn: phase,
  turn_type: z.string(),
  created_at: time,
  next_turn_at: time.nullable(),
  duration: duration.nullable(),
});
export const turnsSummary = z.strictObject({
  total_turns: z.int(),
  phases_used: z.array(phase),
  turn_types_used: z.array(z.string()),
  first_turn_at: time,
  last_turn_at: time,
  total_session_duration: duration,
  avg_turn_duration: duration,
});

const change = {
  previous_phase: phase.nullable(),
  new_phase: phase,
  turn_at_transition: z.int(),
  transition_reason: z.string().nullable(),
  transitioned_at: time,
};
export const phaseShort = z.strictObject(change);
export const phaseLong = z.strictObject({ phase_id: uuid, session_id: uuid, ...change });
export const phaseSummary = z.strictObject({
  new_phase: phase,
  transition_count: z.int(),
  first_visit: time,
  last_visit: time,
  total_duration: duration,
});

const edge = (end: z.ZodType) =>
  z.strictObject({
    from_id: end,
    from_name: z.string(),
    to_id: end,
    to_name: z.string(),
    relation_type: z.string(),
    affinity: z.int(),
    quantity: z.int().nullable(),
    active: z.boolean(),
    activated_turn: z.int(),
    deactivated_turn: z.int().nullable(),
  });
const personal = z.strictObject({
  npc_id: uuid,
  npc_name: z.string(),
  scenario_npc_id: z.string(),
  affinity_score: z.int().min(0).max(100),
  relation_type: z.string(),
  interaction_count: z.int(),
  active: z.boolean(),
  activated_turn: z.int(),
  deactivated_turn: z.int().nullable(),
});
const stat = z.int().nullable();
const player = {
  ...{ player_id: uuid, name: z.string(), hp: z.int(), mp: z.int(), san: z.int() },
  ...{ str: stat, dex: stat, int: stat, lux: stat },
  ...{ tags: z.array(z.string()), created_at: time, updated_at: time },
};
export const changedPlayer = z.strictObject({ ...player, state, relations: z.array(z.unknown()) });
export const playerState = z.strictObject({
  player: z.strictObject({
    hp: z.int(),
    gold: z.int(),
    items: z.array(
      z.strictObject({
        ...{ item_id: uuid, name: z.string(), description: z.string(), item_type: z.string() },
        ...{ meta: bag, is_stackable: z.boolean(), quantity: z.int() },
      }),
    ),
  }),
  player_npc_relations: z.array(
    z.strictObject({ npc_id: uuid, npc_name: z.string(), affinity_score: z.int() }),
  ),
});
export const context = z.strictObject({
  session,
  player: z.strictObject(player),
  player_relations: z.array(personal),
  npcs: z.array(npc),
  enemies: z.array(enemy),
  inventory: z.array(z.strictObject({ id: uuid, name: z.string(), active: z.boolean(), quantity: z.int() })),
  relations: z.array(edge(uuid)),
  context_scope: z.strictObject({ sequence_id: z.string().nullable(), include_inactive: z.boolean() }),
  turn: turnNow,
  snapshot_timestamp: time,
});

const there = z.strictObject({
  ...{ id: uuid, scenario_entity_id: z.string(), rule_id: z.int(), name: z.string() },
  ...{ description: z.string(), entity_type: z.enum(['npc', 'enemy']), tags: z.array(z.string()) },
  ...{ state, is_defeated: z.boolean().nullable() },
});
export const sequence = z.strictObject({
  ...{ scenario_id: uuid, sequence_id: z.string(), sequence_name: z.string() },
  ...{ location_name: z.string().nullable(), description: z.string().nullable() },
  ...{ goal: z.string().nullable(), exit_triggers: z.array(z.string()), metadata: bag },
  ...{ npcs: z.array(there), enemies: z.array(there) },
  entity_relations: z.array(edge(z.string())),
  player_npc_relations: z.array(personal),
});
export const act = z.strictObject({
  ...{ scenario_id: uuid, act_id: z.string(), act_name: z.string() },
  ...{ act_description: z.string().nullable(), exit_criteria: z.string().nullable() },
  ...{ sequence_ids: z.array(z.string()), metadata: bag },
});
