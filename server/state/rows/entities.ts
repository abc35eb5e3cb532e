import type { StoryEntity, StoryEntityKind, StorySession } from '../../db/generated/client';
import { AppError } from '../../errors';
import { PLAYER } from '../references';
import type { Tx } from './tx';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a name is an instance's id; others are the scenario's. */
export function isInstanceId(name: string): boolean {
  return UUID.test(name);
}

/** Whether a name means the session's player. */
export function isPlayer(session: Pick<StorySession, 'playerId'>, name: string): boolean {
  return name === PLAYER || name.toLowerCase() === session.playerId;
}

/** @throws {AppError} NOT_FOUND unless the name is the session's player */
export function requirePlayer(session: Pick<StorySession, 'id' | 'playerId'>, name: string): void {
  if (!isPlayer(session, name))
    throw new AppError('NOT_FOUND', `The session ${session.id} has no player ${name}.`);
}

const WORDS: Readonly<Record<StoryEntityKind, string>> = { npc: 'NPC', enemy: 'enemy' };

export function unknownEntity(sessionId: string, name: string, kind?: StoryEntityKind): AppError {
  return new AppError(
    'NOT_FOUND',
    `The session ${sessionId} has no ${kind ? WORDS[kind] : 'entity'} ${name}.`,
    {
      detail: { entity_id: name },
    },
  );
}

const isStanding = ({ hp, departedAt }: StoryEntity) => hp > 0 && !departedAt;

/**
 * Finds who is meant by a name among some of a session. Several may have the same scenario id: the oldest that
 * stands is meant, else the oldest.
 */
export function pickEntity(entities: readonly StoryEntity[], name: string): StoryEntity | undefined {
  const byId = entities.find(({ id }) => id === name.toLowerCase());
  if (byId) return byId;
  const called = entities.filter(({ scenarioEntityId }) => scenarioEntityId === name);
  return called.find(isStanding) ?? called[0];
}

/** Everybody of a session whom some of the names mean, oldest first; one statement. */
export function findNamed(tx: Tx, sessionId: string, names: readonly string[]): Promise<StoryEntity[]> {
  const ids = names.filter(isInstanceId);
  return tx.storyEntity.findMany({
    where: {
      sessionId,
      OR: [{ id: { in: ids } }, { scenarioEntityId: { in: [...names] } }],
    },
    orderBy: { ordinal: 'asc' },
  });
}

/** @throws {AppError} NOT_FOUND */
export async function findEntity(
  tx: Tx,
  sessionId: string,
  name: string,
  kind: StoryEntityKind,
): Promise<StoryEntity> {
  const named = await findNamed(tx, sessionId, [name]);
  const found = pickEntity(
    named.filter((one) => one.kind === kind),
    name,
  );
  if (!found) throw unknownEntity(sessionId, name, kind);
  return found;
}
