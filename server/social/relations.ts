import { MAX_RELATIONS, RELATION_KINDS, type RelationKind } from '../../proto/social';
import type { Db } from '../db/client';
import { AppError } from '../errors';

/** How players stand to each other. The other one is never told. */

export interface RelatedPlayer {
  readonly playerId: string;
  readonly playerName: string;
  readonly kinds: RelationKind[];
}

/** Everybody on whom a player has a word, by name. */
export async function listRelations(db: Db, ownerId: string): Promise<RelatedPlayer[]> {
  const rows = await db.relation.findMany({
    where: { ownerId },
    select: { targetId: true, kind: true, target: { select: { username: true } } },
    orderBy: [{ target: { usernameKey: 'asc' } }, { kind: 'asc' }],
    take: MAX_RELATIONS * RELATION_KINDS.length,
  });
  const byId = new Map<string, RelatedPlayer>();
  for (const { targetId, kind, target } of rows) {
    const known = byId.get(targetId) ?? { playerId: targetId, playerName: target.username, kinds: [] };
    byId.set(targetId, known);
    if (isRelationKind(kind)) known.kinds.push(kind);
  }
  return [...byId.values()];
}

/**
 * Sets or takes back one relation; a favourite and a block exclude each other, the newer one holds. Doing it twice is the
 * same as once.
 * @throws {AppError} BAD_REQUEST for oneself, NOT_FOUND for an unknown player, CONFLICT beyond MAX_RELATIONS
 */
export async function setRelation(
  db: Db,
  { ownerId, targetId, kind, on }: { ownerId: string; targetId: string; kind: RelationKind; on: boolean },
): Promise<void> {
  if (ownerId === targetId) throw new AppError('BAD_REQUEST', 'That is you.');
  if (!on) {
    await db.relation.deleteMany({ where: { ownerId, targetId, kind } });
    return;
  }
  const target = await db.user.findUnique({ where: { id: targetId }, select: { id: true } });
  if (!target) throw new AppError('NOT_FOUND', `There is no player ${targetId}.`);
  const opposite = kind === 'favourite' ? 'block' : kind === 'block' ? 'favourite' : undefined;
  await db.$transaction(async (tx) => {
    // One at a time for each owner, so that nobody gets past the limit in parallel.
    await tx.$queryRaw`select "id" from "User" where "id" = ${ownerId} for update`;
    const count = await tx.relation.count({ where: { ownerId, kind, targetId: { not: targetId } } });
    if (count >= MAX_RELATIONS)
      throw new AppError('CONFLICT', `You have ${MAX_RELATIONS} people on this list; take one off it first.`);
    if (opposite) await tx.relation.deleteMany({ where: { ownerId, targetId, kind: opposite } });
    await tx.relation.createMany({ data: [{ ownerId, targetId, kind }], skipDuplicates: true });
  });
}

/** Whether one of the two has blocked the other: they ask each other for nothing and are brought together by nobody. */
export async function isApart(db: Db, oneId: string, twoId: string): Promise<boolean> {
  const block = await db.relation.findFirst({
    where: {
      kind: 'block',
      OR: [
        { ownerId: oneId, targetId: twoId },
        { ownerId: twoId, targetId: oneId },
      ],
    },
    select: { kind: true },
  });
  return block !== null;
}

/** Whether a player wants no words of another. */
export async function hearsNothingOf(db: Db, ownerId: string, speakerId: string): Promise<boolean> {
  const relation = await db.relation.findFirst({
    where: { ownerId, targetId: speakerId, kind: { in: ['block', 'mute'] } },
    select: { kind: true },
  });
  return relation !== null;
}

function isRelationKind(kind: string): kind is RelationKind {
  return RELATION_KINDS.some((known) => known === kind);
}
