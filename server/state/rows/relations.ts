import type { StoryRelation } from '../../db/generated/client';
import { AppError } from '../../errors';
import { MAX_RELATIONS } from '../limits';
import type { Tx } from './tx';

/** What a relation begins with where nobody says. */
export const FIRST_AFFINITY = 50;
const DEFAULT_TYPE = 'neutral';

/** Relations whose both ends are among these, oldest first. */
export function relationsAmong(tx: Tx, sessionId: string, ids: readonly string[]): Promise<StoryRelation[]> {
  return tx.storyRelation.findMany({
    where: { sessionId, fromId: { in: [...ids] }, toId: { in: [...ids] } },
    orderBy: { ordinal: 'asc' },
  });
}

/** What of a relation is written. */
export interface RelationText {
  readonly fromId: string;
  readonly toId: string;
  readonly type: string;
  readonly affinity: number;
  readonly quantity: number | null;
  readonly interactions: number;
  readonly isActive: boolean;
  readonly activatedTurn: number;
  readonly deactivatedTurn: number | null;
}

/** A relation without what the database adds to it. */
export function textOf(row: RelationText): RelationText {
  const { fromId, toId, type, affinity, quantity, interactions, isActive, activatedTurn, deactivatedTurn } =
    row;
  return { fromId, toId, type, affinity, quantity, interactions, isActive, activatedTurn, deactivatedTurn };
}

/** Writes relations as they now are; `textOf` has made them of rows. @throws {AppError} CONFLICT when there would be too many */
export async function writeRelations(
  tx: Tx,
  sessionId: string,
  relations: readonly RelationText[],
  { areNew }: { readonly areNew: boolean },
): Promise<void> {
  if (areNew) {
    const count = await tx.storyRelation.count({ where: { sessionId } });
    if (count + relations.length > MAX_RELATIONS)
      throw new AppError('CONFLICT', `A session has at most ${MAX_RELATIONS} relations.`, {
        detail: { maxRelations: MAX_RELATIONS },
      });
    await tx.storyRelation.createMany({ data: relations.map((one) => ({ ...one, sessionId })) });
    return;
  }
  for (const { fromId, toId, type, ...data } of relations)
    await tx.storyRelation.update({
      where: { sessionId_fromId_toId_type: { sessionId, fromId, toId, type } },
      data,
    });
}

/**
 * The relation that a change of affinity between the player and an NPC means: the one of the type, else the oldest.
 * Where there is none it begins, at 0.
 */
export function personalRelation(
  relations: readonly RelationText[],
  between: { readonly playerId: string; readonly npcId: string; readonly turn: number },
  type?: string,
): { readonly relation: RelationText; readonly isNew: boolean } {
  const { playerId, npcId, turn } = between;
  const theirs = relations.filter(
    ({ fromId, toId }) => (fromId === playerId && toId === npcId) || (fromId === npcId && toId === playerId),
  );
  const found = type === undefined ? theirs[0] : theirs.find((one) => one.type === type);
  if (found) return { relation: found, isNew: false };
  const relation = {
    ...{ fromId: playerId, toId: npcId, type: type ?? DEFAULT_TYPE },
    ...{ affinity: 0, quantity: null, interactions: 0 },
    ...{ isActive: true, activatedTurn: turn, deactivatedTurn: null },
  };
  return { relation, isNew: true };
}
