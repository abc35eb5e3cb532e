import { AppError } from '../errors';
import type { SessionContext } from './context';
import { type LiveSession, type Side, sideOf } from './live';
import { setClient } from './rows/peers';
import { getSession, type SessionRow } from './rows/store';

/** What a player may touch: his own sessions, in a status that allows it. */

/** 409: the session is not in a status that allows this. */
export function stateConflict(row: SessionRow): AppError {
  const why = row.reason === null || row.reason === row.status ? '' : ` (${row.reason})`;
  return new AppError(
    'CONFLICT',
    `The session is ${row.status}${why}; this is not possible any more or yet.`,
    { detail: { sessionId: row.id } },
  );
}

/**
 * The open session that `playerId` speaks of, and the player's side in it.
 * @throws {AppError} NOT_FOUND, FORBIDDEN for somebody else's session, CONFLICT when it is over.
 */
export async function findOwn(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
): Promise<{ session: LiveSession; side: Side }> {
  const session = ctx.live.get(sessionId);
  const row = session?.row ?? (await getSession(ctx.db, sessionId));
  const side = sideOf(row, playerId);
  if (side === undefined)
    throw new AppError('FORBIDDEN', 'You are not a player of this session.', { detail: { sessionId } });
  if (!session) throw stateConflict(row);
  return { session, side };
}

/** Notes which connection acts for a player in a match, here at once and in the database for after a restart. */
export async function noteClient(
  ctx: SessionContext,
  session: LiveSession,
  side: Side,
  clientId: string | null,
): Promise<void> {
  session.row = {
    ...session.row,
    ...(side === 1 ? { player1Client: clientId } : { player2Client: clientId }),
  };
  ctx.custody.noted(session);
  await setClient(ctx.db, session.id, side, clientId);
}
