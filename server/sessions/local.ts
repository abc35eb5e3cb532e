import type { SessionContext } from './context';
import { everything } from './custody';
import { endOf, type SessionEnd } from './endings';
import { contextOf, sessionsHere, startSweeps } from './here';
import { restoreSession } from './restore';
import { recoverSessions } from './rows/recovery';
import type { Sessions, SessionsOptions } from './sessions';

/** The sessions of an arcade whose one process owns all of them. */
export function createLocalSessions(options: Omit<SessionsOptions, 'cluster'>): Sessions {
  const ctx = contextOf(options, everything);
  const ready = adoptFights(ctx);
  ready.catch((err: unknown) =>
    options.log.error({ err }, 'sessions of an earlier process could not be put right'),
  );
  const stopSweeps = startSweeps(ctx, () => true);
  return {
    ...sessionsHere(ctx),
    ready,
    isOnline: (playerId) => options.isOnline(playerId),
    async close() {
      await stopSweeps();
      await ctx.finish();
    },
  };
}

/** Puts right what an earlier process left, and takes its fights over: their players have a while to come back. */
async function adoptFights(ctx: SessionContext): Promise<void> {
  const { db, clock } = ctx;
  const at = new Date(clock.now());
  const ended: SessionEnd[] = [];
  const open = await recoverSessions(db, at, async (tx, session) => {
    const nothing = { live: undefined, leftBy: undefined };
    const end = endOf(session, { kind: 'failed', reason: 'restart' }, at, nothing);
    ended.push(end);
    await ctx.onEnded(tx, end);
  });
  for (const end of ended) ctx.onSettled(end);
  for (const row of open) await restoreSession(ctx, row, () => false);
}
