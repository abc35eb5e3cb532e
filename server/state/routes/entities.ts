import { z } from 'zod';
import { MAX_ENTITY_NAME } from '../../../proto/scenario';
import type { StoryEntity } from '../../db/generated/client';
import { isoTimeOrNull } from '../times';
import { enemyInfo, npcInfo, viewEnemy, viewNpc } from '../views/entities';
import { entityName, int32, page, queryFlag, storyId, uuid } from './fields';
import { requireOne } from './missing';
import { type StateRoute, sessionRoute, stateRoute } from './route';

const tag = 'entities';
const read = { method: 'GET', tag, who: 'owner' } as const;
const write = { method: 'POST', tag, who: 'trusted' } as const;
const gone = z.object({ status: z.literal('success') });
const made = z.object({ id: z.string(), name: z.string() });

const numbers = <T extends z.ZodType>(one: T) =>
  z
    .record(z.string().min(1).max(50), one)
    .refine((value) => Object.keys(value).length <= 50, 'at most 50 names');
const spawned = {
  name: z.string().min(1).max(MAX_ENTITY_NAME),
  description: z.string().max(4_000).optional(),
  tags: z.array(z.string().max(100)).max(100).optional(),
  state: z
    .object({ numeric: numbers(z.number()).optional(), boolean: numbers(z.boolean()).optional() })
    .optional(),
  rule_id: int32.optional(),
};

const changedNpc = z.object({
  npc_id: z.string(),
  scenario_npc_id: z.string(),
  name: z.string(),
  is_departed: z.boolean(),
  departed_at: z.string().nullable(),
});
const viewChangedNpc = (row: StoryEntity) => ({
  npc_id: row.id,
  scenario_npc_id: row.scenarioEntityId,
  name: row.name,
  is_departed: row.departedAt !== null,
  departed_at: isoTimeOrNull(row.departedAt),
});

export const entityRoutes: readonly StateRoute[] = [
  sessionRoute({
    ...{ ...read, path: '/npcs' },
    summary: 'NPCs of the present sequence or location who have not left',
    fields: page,
    output: z.array(npcInfo),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.entitiesHere(sid, 'npc', { onlyActive: true, page: slice })).map((row) => viewNpc(row)),
  }),
  sessionRoute({
    ...{ ...read, path: '/enemies' },
    summary: 'Enemies of the present sequence or location',
    fields: { active_only: queryFlag.default(true), ...page },
    output: z.array(enemyInfo),
    run: async ({ sid, active_only: onlyActive, ...slice }, { state }) =>
      (await state.entitiesHere(sid, 'enemy', { onlyActive, page: slice })).map((row) => viewEnemy(row)),
  }),
  sessionRoute({
    ...{ ...write, path: '/npc/spawn' },
    summary: 'Put an NPC where the session stands',
    fields: { ...spawned, scenario_npc_id: storyId.optional(), npc_id: storyId.optional() },
    output: made,
    async run({ sid, scenario_npc_id, npc_id, rule_id: ruleId, ...text }, { state }) {
      const scenarioEntityId = requireOne('scenario_npc_id', scenario_npc_id ?? npc_id);
      const { id, name } = await state.spawn(sid, { ...text, kind: 'npc', scenarioEntityId, ruleId });
      return { id, name };
    },
  }),
  sessionRoute({
    ...{ ...write, path: '/enemy/spawn' },
    summary: 'Put an enemy where the session stands',
    fields: { ...spawned, scenario_enemy_id: storyId.optional(), enemy_id: storyId.optional() },
    output: made,
    async run({ sid, scenario_enemy_id, enemy_id, rule_id: ruleId, ...text }, { state }) {
      const scenarioEntityId = requireOne('scenario_enemy_id', scenario_enemy_id ?? enemy_id);
      const { id, name } = await state.spawn(sid, { ...text, kind: 'enemy', scenarioEntityId, ruleId });
      return { id, name };
    },
  }),
  sessionRoute({
    ...{ ...write, method: 'DELETE', path: '/npc/:npc' },
    summary: 'Take an NPC out of the session; who is gone stays gone',
    fields: { npc: entityName },
    output: gone,
    async run({ sid, npc }, { state }) {
      await state.removeEntity(sid, npc, 'npc');
      return { status: 'success' as const };
    },
  }),
  sessionRoute({
    ...{ ...write, method: 'DELETE', path: '/enemy/:enemy' },
    summary: 'Take an enemy out of the session; who is gone stays gone',
    fields: { enemy: entityName },
    output: gone,
    async run({ sid, enemy }, { state }) {
      await state.removeEntity(sid, enemy, 'enemy');
      return { status: 'success' as const };
    },
  }),
  sessionRoute({
    ...{ ...write, path: '/npc/:npc/depart' },
    summary: 'An NPC leaves; 404 when they have left already',
    fields: { npc: entityName },
    output: changedNpc,
    run: async ({ sid, npc }, { state }) => viewChangedNpc(await state.depart(sid, npc)),
  }),
  sessionRoute({
    ...{ ...write, path: '/npc/:npc/return' },
    summary: 'An NPC comes back; 404 when they have not left',
    fields: { npc: entityName },
    output: changedNpc.omit({ departed_at: true }),
    async run({ sid, npc }, { state }) {
      const { departed_at: _, ...rest } = viewChangedNpc(await state.comeBack(sid, npc));
      return rest;
    },
  }),
  stateRoute({
    ...{ ...write, method: 'PUT', path: '/enemy/:enemy/hp' },
    summary: 'Add to an enemy’s HP; at 0 they are defeated',
    input: z.object({ enemy: entityName, session_id: uuid, hp_change: int32 }),
    output: z.object({
      enemy_id: z.string(),
      enemy_instance_id: z.string(),
      current_hp: z.number(),
      is_defeated: z.boolean(),
    }),
    async run({ enemy, session_id, hp_change }, { state }) {
      const { id, hp } = await state.changeEnemyHp(session_id, enemy, hp_change);
      return { enemy_id: id, enemy_instance_id: id, current_hp: hp, is_defeated: hp === 0 };
    },
  }),
  stateRoute({
    ...{ ...write, path: '/enemy/:enemy/defeat' },
    summary: 'Defeat an enemy; again changes nothing',
    input: z.object({ enemy: entityName, session_id: uuid }),
    inQuery: ['session_id'],
    output: z.object({
      enemy_id: z.string(),
      enemy_instance_id: z.string(),
      status: z.literal('defeated'),
    }),
    async run({ enemy, session_id }, { state }) {
      const { id } = await state.defeat(session_id, enemy);
      return { enemy_id: id, enemy_instance_id: id, status: 'defeated' as const };
    },
  }),
];
