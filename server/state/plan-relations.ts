import type { Change, RelationEntry } from './commit-text';
import type { World } from './commit-world';
import { clampAffinity } from './numbers';
import { isPlayer, pickEntity, unknownEntity } from './rows/entities';
import { FIRST_AFFINITY, personalRelation, type RelationText, textOf } from './rows/relations';

/** A relation as it will be, and whether there is a row of it. */
export interface PlanRelation {
  readonly relation: RelationText;
  readonly isNew: boolean;
}

type Ends = Pick<RelationText, 'fromId' | 'toId' | 'type'>;
const keyOf = ({ fromId, toId, type }: Ends) => JSON.stringify([fromId, toId, type]);

/** The relations of a commit half way: those that are there, and those that it makes. */
export class Edges {
  readonly #before: ReadonlyMap<string, RelationText>;
  readonly #now: Map<string, RelationText>;
  readonly #touched = new Set<string>();

  constructor(relations: readonly RelationText[]) {
    this.#before = new Map(relations.map((one) => [keyOf(one), textOf(one)]));
    this.#now = new Map(this.#before);
  }

  get(ends: Ends): RelationText | undefined {
    return this.#now.get(keyOf(ends));
  }

  set(relation: RelationText): void {
    this.#now.set(keyOf(relation), relation);
    this.#touched.add(keyOf(relation));
  }

  /** Changes what an NPC thinks of the player. */
  changeAffinity(
    { playerId, turn }: { readonly playerId: string; readonly turn: number },
    npcId: string,
    change: (held: number) => number,
  ): void {
    const { relation } = personalRelation([...this.#now.values()], { playerId, npcId, turn: turn + 1 });
    this.set({
      ...relation,
      affinity: change(relation.affinity),
      interactions: relation.interactions + 1,
    });
  }

  changed(): PlanRelation[] {
    return [...this.#touched].flatMap((key) => {
      const relation = this.#now.get(key);
      return relation ? { relation, isNew: !this.#before.has(key) } : [];
    });
  }

  changes(): Change[] {
    return this.changed().flatMap(({ relation }): Change[] => {
      const was = this.#before.get(keyOf(relation));
      const ends = { entity_id: relation.fromId, to_id: relation.toId, relation_type: relation.type };
      return (['affinity', 'quantity', 'isActive'] as const).flatMap((name) => {
        const [before, after] = [was?.[name] ?? null, relation[name]];
        const field = name === 'isActive' ? 'active' : name;
        return before === after ? [] : { ...ends, field, before, after };
      });
    });
  }
}

/** Begins or changes a relation. @throws {AppError} NOT_FOUND for an end that is not there */
export function applyRelation(world: World, edges: Edges, entry: RelationEntry): void {
  const { session, entities } = world;
  const [fromId, toId] = [idOf(world, entry.cause), idOf(world, entry.effect)];
  const other = fromId === session.playerId ? toId : toId === session.playerId ? fromId : undefined;
  const isPersonal = entities.some(({ id, kind }) => id === other && kind === 'npc');
  const turn = session.turn + 1;
  const held = edges.get({ fromId, toId, type: entry.type });
  const affinity = entry.affinity ?? held?.affinity ?? FIRST_AFFINITY;
  const quantity = entry.quantity ?? held?.quantity ?? null;
  const isActive = quantity === null || quantity > 0;
  edges.set({
    ...{ fromId, toId, type: entry.type, quantity, isActive },
    affinity: isPersonal ? clampAffinity(affinity) : affinity,
    interactions: (held?.interactions ?? 0) + 1,
    activatedTurn: held && (held.isActive || !isActive) ? held.activatedTurn : turn,
    deactivatedTurn: isActive ? null : held && !held.isActive ? held.deactivatedTurn : turn,
  });
}

function idOf({ session, entities, items }: World, name: string): string {
  if (isPlayer(session, name)) return session.playerId;
  const found =
    pickEntity(entities, name) ??
    items.find(({ id, scenarioItemId }) => id === name.toLowerCase() || scenarioItemId === name);
  if (!found) throw unknownEntity(session.id, name);
  return found.id;
}
