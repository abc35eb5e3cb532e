import type { Logger } from 'pino';
import type { ComingView } from '../views/tournaments';
import { type TournamentContext, today } from './context';
import { listTournaments } from './show-list';
import { iso } from './show-pairing';

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

/** So long one answer serves everybody who looks: it is the same for all, and every view of the front page asks. */
const SHARED_MS = 1_000;

/** The same, at most a second old; `now` is the time of the asking. */
export function sharedComing(ctx: TournamentContext): () => Promise<ComingView> {
  let last: { readonly atMs: number; readonly view: Promise<ComingView> } | undefined;
  function read(atMs: number): Promise<ComingView> {
    const made = { atMs, view: showComing(ctx) };
    last = made;
    // Who asked is told of a failure; who asks next tries again.
    made.view.catch(() => {
      if (last === made) last = undefined;
    });
    return made.view;
  }
  return async () => {
    const nowMs = ctx.clock.now();
    const view = await (last && nowMs - last.atMs < SHARED_MS ? last.view : read(nowMs));
    return { ...view, now: iso(today(ctx)) };
  };
}

/** The same for a page that stands without it; undefined while it can't be read. */
export async function ifKnown(
  coming: () => Promise<ComingView>,
  log: Pick<Logger, 'warn'>,
): Promise<ComingView | undefined> {
  try {
    return await coming();
  } catch (err) {
    log.warn({ err }, 'what comes next can’t be read: the page goes out without it');
    return undefined;
  }
}
