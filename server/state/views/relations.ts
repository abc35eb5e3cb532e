import { z } from 'zod';
import type { StoryRelation } from '../../db/generated/client';
import { PLAYER } from '../references';
import type { Snapshot } from '../rows/snapshot';

export const relation = z.object({
  from_id: z.string(),
  from_name: z.string(),
  to_id: z.string(),
  to_name: z.string(),
  relation_type: z.string(),
  affinity: z.number(),
  quantity: z.number().nullable(),
  active: z.boolean(),
  activated_turn: z.number(),
  deactivated_turn: z.number().nullable(),
});

export const personalRelation = z.object({
  npc_id: z.string(),
  npc_name: z.string(),
  scenario_npc_id: z.string(),
  affinity_score: z.number(),
  relation_type: z.string(),
  interaction_count: z.number(),
  active: z.boolean(),
  activated_turn: z.number(),
  deactivated_turn: z.number().nullable(),
});

interface Named {
  readonly id: string;
  readonly name: string;
  readonly scenarioId: string;
}

/** Everybody and everything that a relation of a session may name, by id. */
export function namesIn({ player, entities, items }: Snapshot): ReadonlyMap<string, Named> {
  const named: Named[] = [
    { id: player.id, name: player.name, scenarioId: PLAYER },
    ...entities.map(({ id, name, scenarioEntityId }) => ({ id, name, scenarioId: scenarioEntityId })),
    ...items.map(({ id, name, scenarioItemId }) => ({ id, name, scenarioId: scenarioItemId })),
  ];
  return new Map(named.map((one) => [one.id, one]));
}

/** @param ids tells ends by instance, or by what the scenario calls them */
export function viewRelation(
  row: StoryRelation,
  names: ReadonlyMap<string, Named>,
  ids: 'instance' | 'scenario',
) {
  const idOf = (id: string) => (ids === 'instance' ? id : (names.get(id)?.scenarioId ?? id));
  return {
    from_id: idOf(row.fromId),
    from_name: names.get(row.fromId)?.name ?? '',
    to_id: idOf(row.toId),
    to_name: names.get(row.toId)?.name ?? '',
    relation_type: row.type,
    affinity: row.affinity,
    quantity: row.quantity,
    active: row.isActive,
    activated_turn: row.activatedTurn,
    deactivated_turn: row.deactivatedTurn,
  };
}

export function viewPersonalRelation(
  row: StoryRelation,
  names: ReadonlyMap<string, Named>,
  playerId: string,
) {
  const npcId = row.fromId === playerId ? row.toId : row.fromId;
  const npc = names.get(npcId);
  return {
    npc_id: npcId,
    npc_name: npc?.name ?? '',
    scenario_npc_id: npc?.scenarioId ?? '',
    affinity_score: row.affinity,
    relation_type: row.type,
    interaction_count: row.interactions,
    active: row.isActive,
    activated_turn: row.activatedTurn,
    deactivated_turn: row.deactivatedTurn,
  };
}
