import { randomUUID } from 'node:crypto';
import type { Scenario } from '../../proto/scenario';
import type { Prisma, StoryEntityKind } from '../db/generated/client';
import { clampAffinity, toInt32 } from './numbers';
import { PLAYER } from './references';
import { toJson } from './rows/json';

/** Rows of one session, copied from its scenario: each with an id of its own beside the scenario's. */
export interface Copies {
  readonly entities: Prisma.StoryEntityCreateManyInput[];
  readonly items: Prisma.StoryItemCreateManyInput[];
  readonly relations: Prisma.StoryRelationCreateManyInput[];
}

/** Numbers and switches of an NPC or an enemy, as scenarios and spawns give them. */
export interface EntityState {
  readonly numeric?: Readonly<Record<string, number>> | undefined;
  readonly boolean?: Readonly<Record<string, boolean>> | undefined;
}

const DEFAULTS: Readonly<Record<StoryEntityKind, Readonly<Record<string, number>>>> = {
  npc: { HP: 100, MP: 50, SAN: 10 },
  enemy: { HP: 30, attack: 10, defense: 5 },
};

interface NewEntity {
  readonly sessionId: string;
  readonly kind: StoryEntityKind;
  readonly scenarioEntityId: string;
  readonly ruleId: number;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly state: EntityState | undefined;
  readonly sequenceIds: readonly string[];
  readonly locations: readonly string[];
  readonly droppedItems?: readonly number[];
  readonly departedAt?: Date | null;
}

/** The row of somebody new in a session; numbers that are not given are the kind's. */
export function newEntity(text: NewEntity): Prisma.StoryEntityCreateManyInput & { readonly id: string } {
  const { HP: hp = 0, ...numeric } = { ...DEFAULTS[text.kind], ...text.state?.numeric };
  const full = Math.max(0, toInt32(numeric.max_hp ?? hp));
  return {
    id: randomUUID(),
    sessionId: text.sessionId,
    kind: text.kind,
    scenarioEntityId: text.scenarioEntityId,
    ruleId: text.ruleId,
    name: text.name,
    description: text.description,
    tags: [...text.tags],
    hp: Math.min(full, Math.max(0, toInt32(hp))),
    maxHp: full,
    state: { numeric, boolean: { ...text.state?.boolean } },
    droppedItems: [...(text.droppedItems ?? [])],
    sequenceIds: [...text.sequenceIds],
    locations: [...text.locations],
    departedAt: text.departedAt ?? null,
  };
}

/** Copies what a scenario holds for one session. Pure but for the new ids. */
export function copyScenario(scenario: Scenario, sessionId: string, playerId: string, at: Date): Copies {
  const where = (list: 'npcs' | 'enemies', id: string) => {
    const found = scenario.sequences.filter((sequence) => sequence[list].includes(id));
    return {
      sequenceIds: found.map((sequence) => sequence.id),
      locations: found.map(({ location_name: name }) => name ?? ''),
    };
  };
  const npcs = scenario.npcs.map((npc) =>
    newEntity({
      ...{ sessionId, kind: 'npc', scenarioEntityId: npc.scenario_npc_id, ruleId: npc.rule_id },
      ...{ name: npc.name, description: npc.description, tags: npc.tags, state: npc.state },
      ...where('npcs', npc.scenario_npc_id),
      departedAt: npc.is_departed ? at : null,
    }),
  );
  const enemies = scenario.enemies.map((enemy) =>
    newEntity({
      ...{ sessionId, kind: 'enemy', scenarioEntityId: enemy.scenario_enemy_id, ruleId: enemy.rule_id },
      ...{ name: enemy.name, description: enemy.description, tags: enemy.tags, state: enemy.state },
      ...where('enemies', enemy.scenario_enemy_id),
      droppedItems: enemy.dropped_items,
    }),
  );
  const items = scenario.items.map((item) => ({
    id: randomUUID(),
    sessionId,
    scenarioItemId: item.scenario_item_id,
    ruleId: item.rule_id,
    name: item.name,
    description: item.description,
    itemType: item.item_type,
    meta: toJson(item.meta),
  }));
  const entities = [...npcs, ...enemies];
  const npcIds = new Set(npcs.map(({ id }) => id));
  const ids = new Map([
    [PLAYER, playerId],
    ...items.map(({ scenarioItemId, id }): [string, string] => [scenarioItemId, id]),
    ...entities.toReversed().map(({ scenarioEntityId, id }): [string, string] => [scenarioEntityId, id]),
  ]);
  const relations = scenario.relations.flatMap((relation) => {
    const [fromId, toId] = [ids.get(relation.from_id), ids.get(relation.to_id)];
    if (fromId === undefined || toId === undefined) return [];
    const isPersonal = (fromId === playerId && npcIds.has(toId)) || (toId === playerId && npcIds.has(fromId));
    return {
      ...{ sessionId, fromId, toId, type: relation.relation_type },
      affinity: isPersonal ? clampAffinity(relation.affinity) : relation.affinity,
      meta: toJson(relation.meta),
    };
  });
  return { entities, items, relations };
}
