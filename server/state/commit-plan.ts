import { AppError } from '../errors';
import type { Change, CommitUpdate, DiffEntry } from './commit-text';
import type { World } from './commit-world';
import { changedHp, clampAffinity, toInt32 } from './numbers';
import { applyRelation, Edges, type PlanRelation } from './plan-relations';
import { changedNumbers, type PlayerNumbers } from './player-numbers';
import { tooManyStats } from './players';
import { isPlayer, pickEntity, unknownEntity } from './rows/entities';
import { readState } from './rows/json';

interface PlannedEntity {
  readonly hp: number;
  readonly numeric: Readonly<Record<string, number>>;
}

/** What a commit will write. */
export interface CommitPlan {
  /** Undefined when nothing of it changes. */
  readonly player: PlayerNumbers | undefined;
  readonly entities: ReadonlyMap<string, PlannedEntity>;
  readonly relations: readonly PlanRelation[];
  /** Where the session then stands. */
  readonly act: number;
  readonly sequence: number;
  readonly location: string;
  /** In the public system's order and words. */
  readonly updatedFields: readonly string[];
  /** What is otherwise than before, for TRACE. */
  readonly changes: readonly Change[];
}

const ORDER = [
  ...[
    'player_hp_updated',
    'player_san_updated',
    'player_stats_updated',
    'enemy_hp_updated',
    'npc_hp_updated',
  ],
  ...['entity_stats_updated', 'npc_affinity_updated', 'relations_updated', 'location_updated'],
  ...['turn_incremented', 'act_updated', 'sequence_updated'],
] as const;
type Field = (typeof ORDER)[number];

/**
 * Decides what a commit changes, entry by entry.
 * @throws {AppError} NOT_FOUND for who is not there, UNPROCESSABLE for a player with too many numbers
 */
export function planCommit(world: World, update: CommitUpdate): CommitPlan {
  const draft = new Draft(world);
  for (const entry of update.diffs) draft.apply(entry);
  for (const entry of update.relations) {
    applyRelation(world, draft.edges, entry);
    draft.fields.add('relations_updated');
  }
  return draft.plan();
}

/** A commit half way. */
class Draft {
  readonly #world: World;
  #player: PlayerNumbers;
  readonly #entities = new Map<string, PlannedEntity>();
  readonly edges: Edges;
  readonly fields = new Set<Field>(['turn_incremented']);
  #act: number | undefined;
  #sequence: number | undefined;
  #location: string | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#player = world.player;
    this.edges = new Edges(world.relations);
  }

  apply({ entity, diff }: DiffEntry): void {
    if (entity !== undefined && isPlayer(this.#world.session, entity)) this.#changePlayer(diff);
    else if (entity !== undefined) this.#changeEntity(entity, diff);
    this.#move(diff);
  }

  #changePlayer({ hp, san, stats }: DiffEntry['diff']): void {
    const changes = { ...stats, ...(hp === undefined ? {} : { hp }), ...(san === undefined ? {} : { san }) };
    const changed = changedNumbers(this.#player, changes);
    if (!changed) throw tooManyStats();
    this.#player = changed;
    if (hp !== undefined) this.fields.add('player_hp_updated');
    if (san !== undefined) this.fields.add('player_san_updated');
    if (stats !== undefined) this.fields.add('player_stats_updated');
  }

  #changeEntity(name: string, { hp, san, stats, affinity }: DiffEntry['diff']): void {
    const { session, entities } = this.#world;
    const row = pickEntity(entities, name);
    if (!row) throw unknownEntity(session.id, name);
    const before = this.#entities.get(row.id) ?? { hp: row.hp, numeric: readState(row.state).numeric };
    const counted = { ...stats, ...(san === undefined ? {} : { SAN: san }) };
    const numeric = { ...before.numeric };
    for (const [key, change] of Object.entries(counted))
      numeric[key] = toInt32((Object.hasOwn(numeric, key) ? (numeric[key] ?? 0) : 0) + change);
    this.#entities.set(row.id, { hp: changedHp(before.hp, hp ?? 0, row.maxHp), numeric });
    if (hp !== undefined) this.fields.add(row.kind === 'enemy' ? 'enemy_hp_updated' : 'npc_hp_updated');
    if (Object.keys(counted).length > 0) this.fields.add('entity_stats_updated');
    if (affinity === undefined) return;
    if (row.kind !== 'npc')
      throw new AppError('UNPROCESSABLE', `Only an NPC has an affinity; ${name} is an enemy.`);
    this.edges.changeAffinity(session, row.id, (held) => clampAffinity(held + affinity));
    this.fields.add('npc_affinity_updated');
  }

  #move({ act, sequence, location }: DiffEntry['diff']): void {
    this.#act = act ?? this.#act;
    this.#sequence = sequence ?? this.#sequence;
    this.#location = location ?? this.#location;
    if (act !== undefined) this.fields.add('act_updated');
    if (sequence !== undefined) this.fields.add('sequence_updated');
    if (location !== undefined) this.fields.add('location_updated');
  }

  plan(): CommitPlan {
    const { player: before } = this.#world;
    const after = this.#player;
    return {
      player: after === before ? undefined : after,
      entities: this.#entities,
      relations: this.edges.changed(),
      ...this.#place(),
      updatedFields: ORDER.filter((field) => this.fields.has(field)),
      changes: [
        ...this.#playerChanges(),
        ...this.#entityChanges(),
        ...this.edges.changes(),
        ...this.#moves(),
      ],
    };
  }

  #playerChanges(): Change[] {
    const { player: before, session } = this.#world;
    const flat = ({ hp, mp, san, stats }: PlayerNumbers) =>
      new Map(Object.entries({ ...stats, hp, mp, san }));
    return differences(session.playerId, flat(before), flat(this.#player));
  }

  #entityChanges(): Change[] {
    return this.#world.entities.flatMap((row) => {
      const after = this.#entities.get(row.id);
      if (!after) return [];
      const flat = (hp: number, numeric: Readonly<Record<string, number>>) =>
        new Map(Object.entries({ ...numeric, hp }));
      return differences(row.id, flat(row.hp, readState(row.state).numeric), flat(after.hp, after.numeric));
    });
  }

  #place() {
    const { session } = this.#world;
    const act = this.#act ?? session.act;
    const sequence = this.#sequence ?? (act === session.act ? session.sequence : 1);
    return { act, sequence, location: this.#location ?? session.location };
  }

  #moves(): Change[] {
    const { act, sequence, location } = this.#world.session;
    const before = new Map(Object.entries({ act, sequence, location }));
    return differences(undefined, before, new Map(Object.entries(this.#place())));
  }
}

function differences(
  entity: string | undefined,
  before: ReadonlyMap<string, number | string>,
  after: ReadonlyMap<string, number | string>,
): Change[] {
  return [...after].flatMap(([field, value]) => {
    const was = before.get(field) ?? null;
    if (was === value) return [];
    return { ...(entity === undefined ? {} : { entity_id: entity }), field, before: was, after: value };
  });
}
