import type { PrismaClient } from '../../db/generated/client';
import type { Side } from '../live';
import { type Deed, getSession, type Move, TRANSACTION, trace } from './store';

/**
 * Notes that one browser's data channel is open; with the second one the session is connected. Both in
 * one transaction: the row's lock makes two racing messages come one after the other, so exactly one of
 * them connects the session.
 * @throws {AppError} NOT_FOUND
 */
export function markPeerConnected(
  db: PrismaClient,
  sessionId: string,
  side: Side,
  deed: Deed,
): Promise<Move> {
  return db.$transaction(async (tx): Promise<Move> => {
    const before = await getSession(tx, sessionId);
    const [marked] = await tx.matchSession.updateManyAndReturn({
      where: { id: sessionId, status: 'connecting' },
      data: side === 1 ? { player1Connected: true } : { player2Connected: true },
    });
    if (!marked) return { kind: 'refused', session: await getSession(tx, sessionId) };
    const said = side === 1 ? before.player1Connected : before.player2Connected;
    if (!said) await trace(tx, sessionId, deed.at, { type: 'peer_connected', actorId: deed.actorId });
    if (!marked.player1Connected || !marked.player2Connected)
      return { kind: 'moved', session: { ...before, ...marked }, from: 'connecting' };
    const [connected] = await tx.matchSession.updateManyAndReturn({
      where: { id: sessionId, status: 'connecting' },
      data: { status: 'connected', connectedAt: deed.at },
    });
    if (!connected) return { kind: 'refused', session: await getSession(tx, sessionId) };
    await trace(tx, sessionId, deed.at, {
      type: 'connected',
      actorId: deed.actorId,
      from: 'connecting',
      to: 'connected',
      ...(deed.detail ? { detail: deed.detail } : {}),
    });
    return { kind: 'moved', session: { ...before, ...connected }, from: 'connecting' };
  }, TRANSACTION);
}

/** Notes which connection acts for a player in a match. */
export async function setClient(
  db: PrismaClient,
  sessionId: string,
  side: Side,
  clientId: string | null,
): Promise<void> {
  await db.matchSession.update({
    where: { id: sessionId },
    data: side === 1 ? { player1Client: clientId } : { player2Client: clientId },
    select: { id: true },
  });
}
