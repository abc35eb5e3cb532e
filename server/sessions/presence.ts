import { announceAcceptance, announceRequest, dropRequest } from './challenges';
import { announceStart } from './connecting';
import { type SessionContext, today } from './context';
import { awayIn } from './deadlines';
import { type LivePlayer, type LiveSession, otherSide, playerAt, sideOf } from './live';
import { findOwn, noteClient, stateConflict } from './own';
import { trace } from './rows/store';
import { isActive } from './transitions';

/** What becomes of a player's sessions when the socket goes, and when it comes back. */

/** The socket is gone: requests end now, matches wait a while. */
export async function playerGone(ctx: SessionContext, playerId: string): Promise<void> {
  for (const session of ctx.live.of(playerId)) {
    if (session.row.status === 'requested') {
      await dropRequest(ctx, session.id, playerId, 'disconnected');
      continue;
    }
    const { player, opponent } = seats(session, playerId);
    player.away = awayIn(session, ctx.clock.now());
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
  for (const session of ctx.live.of(playerId)) {
    const { player, opponent } = seats(session, playerId);
    const wasAway = player.away !== null;
    player.away = null;
    if (wasAway) player.backAt = ctx.clock.now();
    switch (session.row.status) {
      case 'requested':
        if (session.row.player2Id === playerId) announceRequest(ctx, session);
        continue;
      case 'accepted':
      case 'connecting':
        announceAcceptance(ctx, session, playerId);
        break;
      default:
        announceStart(ctx, session, true, playerId);
    }
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
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  if (!isActive(session.row.status)) throw stateConflict(session.row);
  if (!act()) return;
  await noteClient(ctx, session, side, clientId);
  await playerBack(ctx, playerId);
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
