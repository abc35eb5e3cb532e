import { z } from 'zod';
import type { ScenarioSequence } from '../../../proto/scenario';
import type { Snapshot } from '../rows/snapshot';
import { inScope, type Scope } from '../scope';
import { isoTime } from '../times';
import { enemyInfo, npcInfo, sequenceEntity, viewEnemy, viewNpc, viewSequenceEntity } from './entities';
import { playerInfo, viewPlayer } from './player';
import { namesIn, personalRelation, relation, viewPersonalRelation, viewRelation } from './relations';
import { sessionInfo, viewSession } from './session';
import { turnNow, viewTurnNow } from './turns';

export const context = z.object({
  session: sessionInfo,
  player: playerInfo,
  player_relations: z.array(personalRelation),
  npcs: z.array(npcInfo),
  enemies: z.array(enemyInfo),
  inventory: z.array(
    z.object({ id: z.string(), name: z.string(), active: z.boolean(), quantity: z.number() }),
  ),
  relations: z.array(relation),
  context_scope: z.object({ sequence_id: z.string().nullable(), include_inactive: z.boolean() }),
  turn: turnNow,
  snapshot_timestamp: z.string(),
});

/** Everything that a game master is given, at one moment. */
export function viewContext(snapshot: Snapshot, scope: Scope, at: Date) {
  const { session, player, items, turn } = snapshot;
  const there = inScope(snapshot, scope);
  const names = namesIn(snapshot);
  const sequenceId = scope.sequenceId ?? session.sequenceId;
  return {
    session: viewSession(session),
    player: viewPlayer(player),
    player_relations: there.personal.map((row) => viewPersonalRelation(row, names, player.id)),
    npcs: there.npcs.map((row) => viewNpc(row, sequenceId)),
    enemies: there.enemies.map((row) => viewEnemy(row, sequenceId)),
    inventory: items
      .filter(({ quantity, acquiredAt }) => quantity > 0 || (scope.includesInactive && acquiredAt !== null))
      .map(({ id, name, quantity }) => ({ id, name, active: quantity > 0, quantity })),
    relations: there.relations.map((row) => viewRelation(row, names, 'instance')),
    context_scope: { sequence_id: scope.sequenceId ?? null, include_inactive: scope.includesInactive },
    turn: viewTurnNow(turn),
    snapshot_timestamp: isoTime(at),
  };
}

export const sequenceDetails = z.object({
  scenario_id: z.string(),
  sequence_id: z.string(),
  sequence_name: z.string(),
  location_name: z.string().nullable(),
  description: z.string().nullable(),
  goal: z.string().nullable(),
  exit_triggers: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  npcs: z.array(sequenceEntity),
  enemies: z.array(sequenceEntity),
  entity_relations: z.array(relation),
  player_npc_relations: z.array(personalRelation),
});

export function viewSequence(snapshot: Snapshot, sequence: ScenarioSequence) {
  const { session, player } = snapshot;
  const there = inScope(snapshot, { sequenceId: sequence.id, includesInactive: true });
  const names = namesIn(snapshot);
  return {
    scenario_id: session.scenarioId,
    sequence_id: sequence.id,
    sequence_name: sequence.name,
    location_name: sequence.location_name ?? null,
    description: sequence.description ?? null,
    goal: sequence.goal ?? null,
    exit_triggers: sequence.exit_triggers,
    metadata: { ...sequence.metadata },
    npcs: there.npcs.filter(({ departedAt }) => departedAt === null).map(viewSequenceEntity),
    enemies: there.enemies.map(viewSequenceEntity),
    entity_relations: there.relations.map((row) => viewRelation(row, names, 'scenario')),
    player_npc_relations: there.personal.map((row) => viewPersonalRelation(row, names, player.id)),
  };
}
