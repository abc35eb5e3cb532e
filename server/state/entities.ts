import type { StoryEntity, StoryEntityKind } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { type EntityState, newEntity } from './copies';
import { MAX_ENTITIES, type Page } from './limits';
import { changedHp } from './numbers';
import { findEntity, findNamed, pickEntity } from './rows/entities';
import { changeSession, findSession } from './rows/sessions';

/** Who is where the session stands: in its sequence, or at its location. */
export async function entitiesHere(
  ctx: StateContext,
  sessionId: string,
  kind: StoryEntityKind,
  { onlyActive, page }: { readonly onlyActive: boolean; readonly page: Page },
): Promise<StoryEntity[]> {
  const { sequenceId, location } = await findSession(ctx.db, sessionId);
  const standing = kind === 'npc' ? { departedAt: null } : { hp: { gt: 0 } };
  return ctx.db.storyEntity.findMany({
    where: {
      sessionId,
      kind,
      OR: [{ sequenceIds: { has: sequenceId } }, { locations: { has: location } }],
      ...(onlyActive ? standing : {}),
    },
    orderBy: { ordinal: 'asc' },
    skip: page.skip,
    take: page.limit,
  });
}

export interface Spawn {
  readonly kind: StoryEntityKind;
  readonly scenarioEntityId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly state?: EntityState | undefined;
  readonly ruleId?: number | undefined;
}

/**
 * Puts somebody new where the session stands.
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active or is full
 */
export function spawn(ctx: StateContext, sessionId: string, text: Spawn): Promise<StoryEntity> {
  return changeSession(ctx, sessionId, async (tx, session) => {
    if ((await tx.storyEntity.count({ where: { sessionId } })) >= MAX_ENTITIES)
      throw new AppError('CONFLICT', `A session has at most ${MAX_ENTITIES} NPCs and enemies.`, {
        detail: { maxEntities: MAX_ENTITIES },
      });
    const { ruleId = 0, description = '', tags = [], state } = text;
    const data = newEntity({
      ...{ ...text, ruleId, description, tags, state, sessionId },
      ...{ sequenceIds: [session.sequenceId], locations: [session.location] },
    });
    return tx.storyEntity.create({ data });
  });
}

/** Takes somebody out of a session, with what stood between them and others; who is gone already stays gone. */
export function removeEntity(
  ctx: StateContext,
  sessionId: string,
  name: string,
  kind: StoryEntityKind,
): Promise<void> {
  return changeSession(ctx, sessionId, async (tx) => {
    const named = await findNamed(tx, sessionId, [name]);
    const found = pickEntity(
      named.filter((one) => one.kind === kind),
      name,
    );
    if (!found) return;
    await tx.storyRelation.deleteMany({
      where: { sessionId, OR: [{ fromId: found.id }, { toId: found.id }] },
    });
    await tx.storyEntity.delete({ where: { id: found.id } });
  });
}

/** An NPC leaves the story. @throws {AppError} NOT_FOUND also when they have left already, CONFLICT */
export function depart(ctx: StateContext, sessionId: string, name: string): Promise<StoryEntity> {
  return setDeparted(ctx, sessionId, name, true);
}

/** An NPC comes back. @throws {AppError} NOT_FOUND also when they are there, CONFLICT */
export function comeBack(ctx: StateContext, sessionId: string, name: string): Promise<StoryEntity> {
  return setDeparted(ctx, sessionId, name, false);
}

function setDeparted(
  ctx: StateContext,
  sessionId: string,
  name: string,
  isDeparting: boolean,
): Promise<StoryEntity> {
  return changeSession(ctx, sessionId, async (tx, _session, at) => {
    const npc = await findEntity(tx, sessionId, name, 'npc');
    if ((npc.departedAt !== null) === isDeparting)
      throw new AppError('NOT_FOUND', `${npc.name} has ${isDeparting ? 'left already' : 'not left'}.`);
    return tx.storyEntity.update({
      where: { id: npc.id },
      data: { departedAt: isDeparting ? at : null },
    });
  });
}

/**
 * Adds to the HP of an enemy, who is defeated at 0.
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active
 */
export function changeEnemyHp(
  ctx: StateContext,
  sessionId: string,
  name: string,
  change: number,
): Promise<StoryEntity> {
  return changeSession(ctx, sessionId, async (tx) => {
    const { id, hp, maxHp } = await findEntity(tx, sessionId, name, 'enemy');
    return tx.storyEntity.update({ where: { id }, data: { hp: changedHp(hp, change, maxHp) } });
  });
}

/** Defeats an enemy; again changes nothing. @throws {AppError} NOT_FOUND, CONFLICT when the session is not active */
export function defeat(ctx: StateContext, sessionId: string, name: string): Promise<StoryEntity> {
  return changeSession(ctx, sessionId, async (tx) => {
    const { id } = await findEntity(tx, sessionId, name, 'enemy');
    return tx.storyEntity.update({ where: { id }, data: { hp: 0 } });
  });
}
