import type { Cluster } from '../../cluster/cluster';
import type { SessionContext } from '../context';
import { countTakenOver } from '../counts';
import { type LiveSession, playerAt } from '../live';
import { tellWhereItStands } from '../presence';
import { restoreSession } from '../restore';
import { findOpen, getSession, type SessionRow } from '../rows/store';
import { isTerminal } from '../transitions';
import type { SharedCustody } from './shared-custody';

/** Takes over the sessions of nodes that are gone. */
export interface Adoption {
  /** All that nobody leads; one look at a time. */
  all(): Promise<void>;
  /**
   * One, where nobody is known to lead it.
   * @returns the node that leads it now; this one for a session that is over: it says so
   * @throws {AppError} NOT_FOUND, UNAVAILABLE
   */
  one(sessionId: string): Promise<string>;
}

export function createAdoption(ctx: SessionContext, cluster: Cluster, custody: SharedCustody): Adoption {
  const { own } = cluster.nodes;
  const underWay = new Map<string, Promise<string>>();
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;

  /** As it stands now: its node may have written until it went. What can not be read is left for another try, by whoever. */
  async function restore(sessionId: string): Promise<LiveSession | undefined> {
    try {
      return await restoreSession(ctx, await getSession(ctx.db, sessionId), (id) => ctx.isOnline(id));
    } catch (error) {
      custody.letGo(sessionId);
      throw error;
    }
  }

  async function take(row: SessionRow): Promise<string> {
    if (isTerminal(row.status)) return own;
    const leader = await custody.claim(row.id);
    if (leader !== own || ctx.live.get(row.id)) return leader;
    const session = await restore(row.id);
    if (!session) {
      custody.letGo(row.id);
      return own;
    }
    custody.noted(session);
    countTakenOver();
    for (const side of [1, 2] as const) {
      const { id, away } = playerAt(session, side);
      const opponent = playerAt(session, side === 1 ? 2 : 1);
      if (!away) tellWhereItStands(ctx, session, id);
      else if (row.status !== 'requested')
        ctx.notify(opponent.id, 'opponent_status', {
          opponentId: id,
          sessionId: row.id,
          online: false,
          until: away.until,
        });
    }
    return own;
  }

  /** Two who want the same one at once get the same one. */
  function takeOnce(row: SessionRow): Promise<string> {
    const begun = underWay.get(row.id) ?? take(row).finally(() => underWay.delete(row.id));
    underWay.set(row.id, begun);
    return begun;
  }

  async function look(): Promise<void> {
    do {
      isAskedAgain = false;
      const failures: unknown[] = [];
      for (const row of await findOpen(ctx.db)) {
        if (ctx.live.get(row.id) || custody.holds(row.id) || custody.leaderElsewhere(row.id)) continue;
        await takeOnce(row).catch((err: unknown) => failures.push(err));
      }
      if (failures.length > 0)
        ctx.log.warn(
          { err: failures[0], sessions: failures.length },
          'sessions that nobody leads could not be taken over yet',
        );
    } while (isAskedAgain);
  }

  return {
    all() {
      isAskedAgain = looking !== undefined;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    async one(sessionId) {
      return takeOnce(await getSession(ctx.db, sessionId));
    },
  };
}
