import { dropRequest } from './challenges';
import type { SessionContext } from './context';
import { failSession } from './failing';
import { quitFight } from './fight';
import { sideOf } from './live';
import { isFought } from './transitions';

/** A player was banned, or the account deleted: nobody waits for somebody who can't come back. */
export async function playerRemoved(ctx: SessionContext, playerId: string): Promise<void> {
  for (const session of ctx.live.of(playerId)) {
    const { id, row } = session;
    const side = sideOf(row, playerId);
    if (side === undefined) continue;
    if (row.status === 'requested') await dropRequest(ctx, id, playerId, 'disconnected');
    else if (isFought(row.status)) await quitFight(ctx, session, { side, cause: 'removed' });
    else await failSession(ctx, id, 'disconnected', playerId);
  }
}
