import type { StoryEntity, StoryRelation } from '../db/generated/client';
import type { Snapshot } from './rows/snapshot';

/** What of a session is looked at. */
export interface Scope {
  /** Of this sequence only. */
  readonly sequenceId?: string | undefined;
  /** Departed and defeated ones, items used up and ended relations too. */
  readonly includesInactive: boolean;
}

export interface Scoped {
  readonly npcs: readonly StoryEntity[];
  readonly enemies: readonly StoryEntity[];
  /** Between the player and an NPC. */
  readonly personal: readonly StoryRelation[];
  /** All others whose both ends are in the scope. */
  readonly relations: readonly StoryRelation[];
}

/** Whether somebody plays no part at the moment: an NPC who has left, an enemy who is defeated. */
export function isInactive({ kind, departedAt, hp }: StoryEntity): boolean {
  return kind === 'npc' ? departedAt !== null : hp === 0;
}

/** Picks what is in a scope. Items and the player are in every scope. */
export function inScope(snapshot: Snapshot, { sequenceId, includesInactive }: Scope): Scoped {
  const { player, items } = snapshot;
  const there = snapshot.entities.filter(
    (one) =>
      (sequenceId === undefined || one.sequenceIds.includes(sequenceId)) &&
      (includesInactive || !isInactive(one)),
  );
  const npcs = there.filter(({ kind }) => kind === 'npc');
  const npcIds = new Set(npcs.map(({ id }) => id));
  const ends = new Set([player.id, ...items.map(({ id }) => id), ...there.map(({ id }) => id)]);
  const isPersonal = ({ fromId, toId }: StoryRelation) =>
    (fromId === player.id && npcIds.has(toId)) || (toId === player.id && npcIds.has(fromId));
  const relations = snapshot.relations.filter(
    (one) => ends.has(one.fromId) && ends.has(one.toId) && (includesInactive || one.isActive),
  );
  return {
    npcs,
    enemies: there.filter(({ kind }) => kind === 'enemy'),
    personal: relations.filter(isPersonal),
    relations: relations.filter((one) => !isPersonal(one)),
  };
}
