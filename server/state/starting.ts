import { randomUUID } from 'node:crypto';
import type { StorySession } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { copyScenario } from './copies';
import { MAX_LIVE_SESSIONS } from './limits';
import { positionAt } from './position';
import type { Tx } from './rows/tx';
import { versionContent } from './rows/versions';

/** How a session begins; whatever is not given is at its start. */
export interface Beginning {
  readonly scenarioId: string;
  /** A number is kept as a number. */
  readonly userId?: string | number | undefined;
  readonly act?: number | undefined;
  readonly sequence?: number | undefined;
  readonly actId?: string | undefined;
  readonly sequenceId?: string | undefined;
  readonly location?: string | undefined;
}

const FIRST_LOCATION = 'Starting Town';

/**
 * Starts a session of a scenario's newest version: a copy of everything in it, in one transaction.
 * @throws {AppError} NOT_FOUND for an unknown scenario, CONFLICT when the user has as many sessions as allowed
 */
export function start(ctx: StateContext, beginning: Beginning): Promise<StorySession> {
  return ctx.change(async (tx) => {
    const userId = beginning.userId === undefined ? null : String(beginning.userId);
    if (userId !== null) await requireRoom(tx, userId);
    const version = await newestVersion(tx, beginning.scenarioId);
    const scenario = await versionContent(tx, ctx.versions, version.id);
    const at = new Date(ctx.clock.now());
    const [id, playerId] = [randomUUID(), randomUUID()];
    const session = await tx.storySession.create({
      data: {
        ...{ id, scenarioId: beginning.scenarioId, versionId: version.id, playerId },
        ...{ userId, userIdIsNumber: typeof beginning.userId === 'number' },
        ...positionAt(scenario, beginning.act ?? 1, beginning.sequence ?? 1, beginning),
        location: beginning.location ?? FIRST_LOCATION,
        ...{ startedAt: at, createdAt: at, updatedAt: at },
      },
    });
    await tx.storyPlayer.create({ data: { id: playerId, sessionId: id, createdAt: at, updatedAt: at } });
    const { entities, items, relations } = copyScenario(scenario, id, playerId, at);
    if (entities.length > 0) await tx.storyEntity.createMany({ data: entities });
    if (items.length > 0) await tx.storyItem.createMany({ data: items });
    if (relations.length > 0) await tx.storyRelation.createMany({ data: relations });
    await tx.storyTurn.create({
      data: {
        ...{ id: randomUUID(), sessionId: id, number: 0, phase: session.phase, type: 'initial_state' },
        stateChanges: {},
        createdAt: at,
      },
    });
    await tx.storyPhase.create({
      data: { id: randomUUID(), sessionId: id, phase: session.phase, turn: 0, reason: 'session_start', at },
    });
    return session;
  });
}

/** The version is held until the session stands, so that no injection sweeps it away meanwhile. */
async function newestVersion(tx: Tx, scenarioId: string): Promise<{ readonly id: string }> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from "ScenarioVersion" where "scenarioId" = ${scenarioId}::uuid
    order by version desc limit 1 for key share`;
  if (!row) throw new AppError('NOT_FOUND', `There is no scenario ${scenarioId}.`);
  return row;
}

/** Starts of one user take turns, so that they are counted right. @throws {AppError} CONFLICT */
async function requireRoom(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`story:${userId}`}, 0))::text`;
  const live = await tx.storySession.count({ where: { userId, status: { in: ['active', 'paused'] } } });
  if (live >= MAX_LIVE_SESSIONS)
    throw new AppError('CONFLICT', `${MAX_LIVE_SESSIONS} sessions are under way already; end one first.`, {
      detail: { maxSessions: MAX_LIVE_SESSIONS },
    });
}
