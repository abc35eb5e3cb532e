import { z } from 'zod';
import type { StoryEntity } from '../../db/generated/client';
import { readState } from '../rows/json';

const entityState = z.object({
  numeric: z.record(z.string(), z.number()),
  boolean: z.record(z.string(), z.boolean()),
});
const common = {
  rule_id: z.number(),
  name: z.string(),
  description: z.string(),
  current_hp: z.number(),
  tags: z.array(z.string()),
  state: entityState,
  assigned_sequence_id: z.string().nullable(),
  assigned_location: z.string().nullable(),
};

export const npcInfo = z.object({
  npc_id: z.string(),
  scenario_npc_id: z.string(),
  ...common,
  is_departed: z.boolean(),
});

export const enemyInfo = z.object({
  enemy_id: z.string(),
  enemy_instance_id: z.string(),
  scenario_enemy_id: z.string(),
  ...common,
  is_defeated: z.boolean(),
});

/** What the state of somebody says, HP included. */
function viewState({ state, hp }: StoryEntity) {
  const { numeric, boolean } = readState(state);
  return { numeric: { HP: hp, ...numeric }, boolean };
}

/** @param at the sequence that is told of somebody who appears in several, where it is one of theirs */
function viewCommon(row: StoryEntity, at: string | undefined) {
  const index = Math.max(0, at === undefined ? 0 : row.sequenceIds.indexOf(at));
  return {
    rule_id: row.ruleId,
    name: row.name,
    description: row.description,
    current_hp: row.hp,
    tags: row.tags,
    state: viewState(row),
    assigned_sequence_id: row.sequenceIds[index] ?? null,
    assigned_location: row.locations[index] || null,
  };
}

export function viewNpc(row: StoryEntity, at?: string) {
  return {
    npc_id: row.id,
    scenario_npc_id: row.scenarioEntityId,
    ...viewCommon(row, at),
    is_departed: row.departedAt !== null,
  };
}

/** An enemy is defeated when no HP are left. */
export function viewEnemy(row: StoryEntity, at?: string) {
  return {
    enemy_id: row.id,
    enemy_instance_id: row.id,
    scenario_enemy_id: row.scenarioEntityId,
    ...viewCommon(row, at),
    is_defeated: row.hp === 0,
  };
}

export const sequenceEntity = z.object({
  id: z.string(),
  scenario_entity_id: z.string(),
  rule_id: z.number(),
  name: z.string(),
  description: z.string(),
  entity_type: z.enum(['npc', 'enemy']),
  tags: z.array(z.string()),
  state: entityState,
  is_defeated: z.boolean().nullable(),
});

/** Somebody as the details of a sequence tell them. */
export function viewSequenceEntity(row: StoryEntity) {
  return {
    id: row.id,
    scenario_entity_id: row.scenarioEntityId,
    rule_id: row.ruleId,
    name: row.name,
    description: row.description,
    entity_type: row.kind,
    tags: row.tags,
    state: viewState(row),
    is_defeated: row.kind === 'enemy' ? row.hp === 0 : null,
  };
}
