import type { Logger } from 'pino';
import type { ComingView } from '../views/tournaments';
import type { TournamentContext } from './context';
import { listTournaments } from './show-list';

/** What front page and lobby tell of tournaments and rooms: the next that begins, else the latest that runs. */
export async function showComing(ctx: TournamentContext): Promise<ComingView> {
  const first = async (which: 'upcoming' | 'running') =>
    listTournaments(ctx, { which, limit: 1, cursor: null });
  const [upcoming, running, rooms] = await Promise.all([
    first('upcoming'),
    first('running'),
    ctx.db.room.count({ where: { closedAt: null } }),
  ]);
  return { now: upcoming.now, next: upcoming.tournaments[0] ?? running.tournaments[0] ?? null, rooms };
}

/** The same for a page that stands without it; undefined while it can't be read. */
export async function comingIfKnown(ctx: TournamentContext, log: Logger): Promise<ComingView | undefined> {
  try {
    return await showComing(ctx);
  } catch (err) {
    log.warn({ err }, 'what comes next can’t be read: the page goes out without it');
    return undefined;
  }
}
