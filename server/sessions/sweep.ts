import { expireRequest } from './challenges';
import type { SessionContext } from './context';
import { findDue } from './deadlines';
import { failSession } from './failing';
import { endFight } from './fight';
import { type LiveSession, playerAt } from './live';
import { endPause } from './pausing';
import { openRelay } from './relaying';
import type { Due } from './waits';

/** How often deadlines are looked at. */
export const SWEEP_EVERY_MS = 500;

/**
 * Deals with every session whose time is up. One that fails (the database or the judge is away) is
 * logged and tried again with the next sweep; a session that is being dealt with is left alone.
 */
export async function sweepSessions(ctx: SessionContext): Promise<void> {
  const now = ctx.clock.now();
  const work: Promise<void>[] = [];
  for (const session of ctx.live.all()) {
    const due = session.busy ? undefined : findDue(session, now);
    if (due) work.push(settle(ctx, session, due));
  }
  await Promise.all(work);
}

async function settle(ctx: SessionContext, session: LiveSession, due: Due): Promise<void> {
  session.busy = true;
  try {
    await act(ctx, session, due);
  } catch (err) {
    ctx.log.warn({ err, sessionId: session.id, due }, 'a deadline could not be dealt with; it will be again');
  } finally {
    session.busy = false;
  }
}

async function act(ctx: SessionContext, session: LiveSession, due: Due): Promise<void> {
  switch (due.kind) {
    case 'expire':
      return expireRequest(ctx, session.id);
    case 'fail': {
      const actorId = due.side === undefined ? undefined : playerAt(session, due.side).id;
      await failSession(ctx, session.id, due.reason, actorId);
      return;
    }
    case 'resume':
      await endPause(ctx, session);
      return;
    case 'end':
      return endFight(ctx, session, due);
    case 'relay':
      return openRelay(ctx, session, due.cause);
  }
}
