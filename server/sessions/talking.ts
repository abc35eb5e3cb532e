import { AppError } from '../errors';
import type { SessionContext } from './context';
import { otherSide, playerAt, sideOf } from './live';
import { stateConflict } from './own';
import { getSession } from './rows/store';

/** What two players of a session may send each other beside the fight. */

/** After the end of a session its players may still say something to each other. */
const LAST_WORDS_MS = 5 * 60_000;

/**
 * Passes a probe on to the other player of a request, or of a match whose fight has not begun. Without the database: a
 * measurement that waits measures the waiting.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export function probe(ctx: SessionContext, sessionId: string, playerId: string, data: Uint8Array): void {
  const session = ctx.live.get(sessionId);
  const side = session && sideOf(session.row, playerId);
  if (!session)
    throw new AppError('NOT_FOUND', `There is no open session ${sessionId}.`, { detail: { sessionId } });
  if (side === undefined)
    throw new AppError('FORBIDDEN', 'You are not a player of this session.', { detail: { sessionId } });
  const { status } = session.row;
  if (status !== 'requested' && status !== 'accepted' && status !== 'connecting')
    throw stateConflict(session.row);
  ctx.notify(playerAt(session, otherSide(side)).id, 'probe', { sessionId, senderId: playerId, data });
}

/**
 * The other player of a session that was agreed, while it goes on and for five minutes after its end.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function opponentIn(ctx: SessionContext, sessionId: string, playerId: string): Promise<string> {
  const row = ctx.live.get(sessionId)?.row ?? (await getSession(ctx.db, sessionId));
  const side = sideOf(row, playerId);
  if (side === undefined)
    throw new AppError('FORBIDDEN', 'You are not a player of this session.', { detail: { sessionId } });
  const isLate = row.endedAt !== null && ctx.clock.now() - row.endedAt.getTime() > LAST_WORDS_MS;
  if (row.acceptedAt === null || isLate) throw stateConflict(row);
  return side === 1 ? row.player2Id : row.player1Id;
}
