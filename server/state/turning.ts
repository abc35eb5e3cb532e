import { randomUUID } from 'node:crypto';
import type { StoryPhaseName, StorySession, StoryTurn } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { MAX_PHASE_CHANGES } from './limits';
import { changeSession, findSession, updateSession } from './rows/sessions';
import { type TurnText, writeNextTurn } from './rows/turns';

/**
 * Raises the turn of an active session and writes what it was about.
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active or has had all its turns
 */
export function writeTurn(ctx: StateContext, id: string, text: TurnText): Promise<StoryTurn> {
  return changeSession(ctx, id, async (tx, session, at) => {
    const turn = await writeNextTurn(tx, session, text, at);
    await updateSession(tx, id, { turn: turn.number }, at);
    return turn;
  });
}

/**
 * Enters a phase; the present one again records nothing.
 * @param reason kept in the history, at most 200 characters
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active or has changed its phase too often
 */
export function setPhase(
  ctx: StateContext,
  id: string,
  phase: StoryPhaseName,
  reason?: string,
): Promise<StorySession> {
  return changeSession(ctx, id, async (tx, session, at) => {
    if (session.phase === phase) return session;
    if ((await tx.storyPhase.count({ where: { sessionId: id } })) >= MAX_PHASE_CHANGES)
      throw new AppError('CONFLICT', `The session ${id} has changed its phase ${MAX_PHASE_CHANGES} times.`, {
        detail: { maxPhaseChanges: MAX_PHASE_CHANGES },
      });
    await tx.storyPhase.create({
      data: {
        ...{ id: randomUUID(), sessionId: id, previous: session.phase, phase, turn: session.turn },
        ...{ reason: reason ?? null, at },
      },
    });
    return updateSession(tx, id, { phase }, at);
  });
}

/** The phase that a session is in. @throws {AppError} NOT_FOUND */
export async function phase(ctx: StateContext, id: string): Promise<StoryPhaseName> {
  return (await findSession(ctx.db, id)).phase;
}
