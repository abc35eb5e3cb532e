import type { Scenario, ScenarioSequence } from '../../proto/scenario';
import type { StorySession } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { sessionOfPlayer } from './rows/players';
import { findSession } from './rows/sessions';
import { readSnapshot, type Snapshot } from './rows/snapshot';
import { versionContent } from './rows/versions';

/** Everything of a session at one moment. @throws {AppError} NOT_FOUND */
export function context(ctx: StateContext, sessionId: string): Promise<Snapshot> {
  return readSnapshot(ctx.db, sessionId);
}

/** The same, by its player. @throws {AppError} NOT_FOUND */
export async function contextOfPlayer(ctx: StateContext, playerId: string): Promise<Snapshot> {
  return readSnapshot(ctx.db, await sessionOfPlayer(ctx.db, playerId));
}

export type ScenarioAct = Scenario['acts'][number];

/** The act that a session is in, as its scenario tells it. @throws {AppError} NOT_FOUND also for the act */
export async function actDetails(
  ctx: StateContext,
  sessionId: string,
): Promise<{ readonly session: StorySession; readonly act: ScenarioAct }> {
  const session = await findSession(ctx.db, sessionId);
  const { acts } = await versionContent(ctx.db, ctx.versions, session.versionId);
  const act = acts.find(({ id }) => id === session.actId);
  if (!act) throw new AppError('NOT_FOUND', `The scenario has no act ${session.actId}.`);
  return { session, act };
}

/** The sequence that a session is in, with everybody there. @throws {AppError} NOT_FOUND also for the sequence */
export async function sequenceDetails(
  ctx: StateContext,
  sessionId: string,
): Promise<{ readonly snapshot: Snapshot; readonly sequence: ScenarioSequence }> {
  const found = await readSnapshot(ctx.db, sessionId);
  const { sequenceId, versionId } = found.session;
  const { sequences } = await versionContent(ctx.db, ctx.versions, versionId);
  const sequence = sequences.find(({ id }) => id === sequenceId);
  if (!sequence) throw new AppError('NOT_FOUND', `The scenario has no sequence ${sequenceId}.`);
  return { snapshot: found, sequence };
}

/** The scenario as a session started with it. @throws {AppError} NOT_FOUND */
export async function scenarioOf(ctx: StateContext, sessionId: string): Promise<Scenario> {
  const { versionId } = await findSession(ctx.db, sessionId);
  return versionContent(ctx.db, ctx.versions, versionId);
}
