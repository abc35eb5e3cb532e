import { announceAcceptance, announceRequest, dropRequest } from './challenges';
import { announceStart } from './connecting';
import { type SessionContext, today } from './context';
import { awayAfterRestart, awayIn } from './deadlines';
import { type LivePlayer, type LiveSession, otherSide, playerAt, sideOf } from './live';
import { findOwn, noteClient, stateConflict } from './own';
import { trace } from './rows/store';
import { isActive } from './transitions';

/** What becomes of a player's sessions when the socket goes, and when it comes back. */

/** The socket is gone: requests end now, matches wait a while. Where its whole node is gone nobody meant to leave (SES-21). */
export async function playerGone(ctx: SessionContext, playerId: string, isNodeGone = false): Promise<void> {
  for (const session of ctx.live.of(playerId)) {
    if (session.row.status === 'requested') {
      // Otherwise it runs out by itself.
      if (!isNodeGone) await dropRequest(ctx, session.id, playerId, 'disconnected');
      continue;
    }
    const { player, opponent } = seats(session, playerId);
    const now = ctx.clock.now();
    player.away = isNodeGone ? awayAfterRestart(session, now) : awayIn(session, now);
    ctx.notify(opponent.id, 'opponent_status', {
      opponentId: playerId,
      sessionId: session.id,
      online: false,
      until: player.away.until,
    });
    await trace(ctx.db, session.id, today(ctx), { type: 'player_gone', actorId: playerId });
  }
}

/**
 * A socket is there, after a while or as a takeover: the player hears again what is pending, and gets
 * what was kept meanwhile.
 */
export async function playerBack(ctx: SessionContext, playerId: string): Promise<void> {
  for (const session of ctx.live.of(playerId)) await cameBack(ctx, session, playerId);
}

async function cameBack(ctx: SessionContext, session: LiveSession, playerId: string): Promise<void> {
  const { player, opponent } = seats(session, playerId);
  const wasAway = player.away !== null;
  player.away = null;
  if (wasAway) player.backAt = ctx.clock.now();
  tellWhereItStands(ctx, session, playerId);
  if (session.row.status === 'requested') return;
  for (const { event, payload } of player.held.splice(0)) ctx.notify(playerId, event, payload);
  if (wasAway)
    ctx.notify(opponent.id, 'opponent_status', {
      opponentId: playerId,
      sessionId: session.id,
      online: true,
    });
  await trace(ctx.db, session.id, today(ctx), {
    type: wasAway ? 'player_back' : 'taken_over',
    actorId: playerId,
  });
}

/** Tells one player again what he has to know to go on. */
export function tellWhereItStands(ctx: SessionContext, session: LiveSession, playerId: string): void {
  switch (session.row.status) {
    case 'requested':
      if (session.row.player2Id === playerId) announceRequest(ctx, session);
      return;
    case 'accepted':
    case 'connecting':
      announceAcceptance(ctx, session, playerId);
      return;
    default:
      announceStart(ctx, session, true, playerId);
  }
}

/**
 * Another connection acts for a player from now on, and hears how the match stands.
 * @param act makes it so; false when the connection is gone meanwhile: then nothing changes.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT when the session is no match that goes on.
 */
export async function takeOver(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  clientId: string | null,
  act: () => boolean,
): Promise<void> {
  await mayTakeOver(ctx, sessionId, playerId);
  if (!act()) return;
  await noteTakeOver(ctx, sessionId, playerId, clientId);
  await playerBack(ctx, playerId);
}

/**
 * Whether another connection may act for a player, where the connection is another node's.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT when the session is no match that goes on.
 */
export async function mayTakeOver(ctx: SessionContext, sessionId: string, playerId: string): Promise<void> {
  const { session } = await findOwn(ctx, sessionId, playerId);
  if (!isActive(session.row.status)) throw stateConflict(session.row);
}

/** Another connection acts for the player now. @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT */
export async function noteTakeOver(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  clientId: string | null,
): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  await noteClient(ctx, session, side, clientId);
}

/** Leaving the lobby ends what was asked there; a match goes on. */
export async function leaveRequests(ctx: SessionContext, playerId: string): Promise<void> {
  for (const session of ctx.live.of(playerId))
    if (session.row.status === 'requested') await dropRequest(ctx, session.id, playerId, 'left_lobby');
}

function seats(session: LiveSession, playerId: string): { player: LivePlayer; opponent: LivePlayer } {
  const side = sideOf(session.row, playerId) ?? 1;
  return { player: playerAt(session, side), opponent: playerAt(session, otherSide(side)) };
}
