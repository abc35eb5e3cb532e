import type { Prisma, StorySession, StoryStatus } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { type LifeCall, nextStatus } from './life';
import { KEPT_ENDED_MS, KEPT_UNTOUCHED_MS, type Page } from './limits';
import { findSession, findSessions, lockSession, unknownSession, updateSession } from './rows/sessions';

/** @throws {AppError} NOT_FOUND */
export function session(ctx: StateContext, id: string): Promise<StorySession> {
  return findSession(ctx.db, id);
}

export interface SessionChoice {
  /** Of this user only. */
  readonly userId?: string | undefined;
  readonly status?: StoryStatus | undefined;
  readonly page: Page;
}

/** Newest first. */
export function sessions(ctx: StateContext, choice: SessionChoice): Promise<StorySession[]> {
  return findSessions(ctx.db, choice);
}

/** Pauses, resumes or ends a session. @throws {AppError} NOT_FOUND, CONFLICT where the state allows no such call */
function live(ctx: StateContext, id: string, call: LifeCall): Promise<StorySession> {
  return ctx.change(async (tx) => {
    const before = await lockSession(tx, id);
    const status = nextStatus(before.status, call);
    if (!status)
      throw new AppError('CONFLICT', `A session that is ${before.status} can't ${call}.`, {
        detail: { session_id: id, status: before.status },
      });
    const at = new Date(ctx.clock.now());
    return updateSession(tx, id, { status, endedAt: status === 'ended' ? at : null }, at);
  });
}

export const pause = (ctx: StateContext, id: string): Promise<StorySession> => live(ctx, id, 'pause');
export const resume = (ctx: StateContext, id: string): Promise<StorySession> => live(ctx, id, 'resume');
export const end = (ctx: StateContext, id: string): Promise<StorySession> => live(ctx, id, 'end');

/** Forgets a session and everything in it. @throws {AppError} NOT_FOUND */
export function remove(ctx: StateContext, id: string): Promise<void> {
  return ctx.change(async (tx) => {
    const { count } = await tx.storySession.deleteMany({ where: { id } });
    if (count === 0) throw unknownSession(id);
  });
}

/**
 * Forgets sessions that ended long ago, and those of no user that nobody has touched for longer, some at a time.
 * @returns how many; call again soon when it is `most`
 */
export async function sweep(ctx: StateContext, most = 500): Promise<number> {
  const before = (ms: number) => ({ lt: new Date(ctx.clock.now() - ms) });
  const untouched = before(KEPT_UNTOUCHED_MS);
  const isOld = {
    OR: [
      { status: 'ended', endedAt: before(KEPT_ENDED_MS) },
      // Nothing is touched before it is made: the index is by that.
      { userId: null, createdAt: untouched, updatedAt: untouched },
    ],
  } satisfies Prisma.StorySessionWhereInput;
  const old = await ctx.db.storySession.findMany({ where: isOld, select: { id: true }, take: most });
  if (old.length === 0) return 0;
  // Said again: somebody may have touched one in between.
  const { count } = await ctx.db.storySession.deleteMany({
    where: { id: { in: old.map(({ id }) => id) }, ...isOld },
  });
  return count;
}
