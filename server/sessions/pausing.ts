import { AppError } from '../errors';
import { type SessionContext, takeIn, today } from './context';
import { type LiveSession, otherSide, playerAt } from './live';
import { findOwn, stateConflict } from './own';
import { beginPause, endOfPause, pausesLeft, sayPause } from './pauses';
import { moveSession } from './rows/store';

/** Pauses that both players agree to: asked for, begun and ended. Between connected and paused only this file moves. */

/**
 * Asks the other for a pause, or agrees to the one that the other has asked for. Asking again changes nothing.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT when no fight goes on, the match has had all its pauses, or nobody
 *   is there to be asked.
 */
export async function pauseMatch(ctx: SessionContext, sessionId: string, playerId: string): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  if (session.row.status !== 'connected' || session.quit) throw stateConflict(session.row);
  const said = sayPause(session.pauses, side, ctx.clock.now());
  switch (said.kind) {
    case 'used_up':
      throw new AppError('CONFLICT', 'This match has had all its pauses.', { detail: { sessionId } });
    case 'repeated':
      return;
    case 'agreed':
      session.pauses = said.pauses;
      return pause(ctx, session, { by: said.by, agreedBy: playerId });
    case 'proposed': {
      const opponent = playerAt(session, otherSide(side));
      if (opponent.away)
        throw new AppError('CONFLICT', 'The other player is not connected at the moment.', {
          detail: { sessionId },
        });
      session.pauses = said.pauses;
      ctx.notify(opponent.id, 'pause_proposed', { sessionId, by: playerId, until: said.until });
    }
  }
}

/**
 * A player ends a pause before its time is up.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT when the match is not paused.
 */
export async function resumeMatch(ctx: SessionContext, sessionId: string, playerId: string): Promise<void> {
  const { session } = await findOwn(ctx, sessionId, playerId);
  const isDone = session.row.status === 'paused' && (await endPause(ctx, session, playerId));
  if (!isDone) throw stateConflict(session.row);
}

/** Both have said it. */
function pause(
  ctx: SessionContext,
  session: LiveSession,
  { by, agreedBy }: { readonly by: 1 | 2; readonly agreedBy: string },
): Promise<void> {
  return inTurn(session, async () => {
    const { id: sessionId } = session;
    const at = today(ctx);
    const begun = beginPause(session.pauses, by, at.getTime());
    const until = begun.current?.until ?? at.getTime();
    const asker = playerAt(session, by).id;
    // Who asked is the one who acts: after a restart of the server `by` is read from there (rows/recovery.ts).
    const deed = { at, actorId: asker, detail: { until, agreedBy } };
    const move = await moveSession(ctx.db, sessionId, 'pause', deed);
    if (move.kind === 'refused') {
      takeIn(ctx, move.session);
      throw stateConflict(move.session);
    }
    session.row = { ...session.row, status: 'paused' };
    session.pauses = begun;
    const left = pausesLeft(begun);
    for (const { id } of session.players)
      ctx.notify(id, 'match_paused', { sessionId, by: asker, until, pausesLeft: left });
    for (const side of [1, 2] as const) {
      const player = playerAt(session, side);
      if (!player.away || player.away.until >= until) continue;
      // Whose line went while the two agreed has the time of the pause, too.
      player.away = { until };
      const told = { opponentId: player.id, sessionId, online: false, until };
      ctx.notify(playerAt(session, otherSide(side)).id, 'opponent_status', told);
    }
  });
}

/**
 * Ends the pause, if the match is in one, and tells both. Everything that is watched in a fight begins anew.
 * @param actorId who ends it; none when its time is up or the fight ends.
 * @returns false when there was no pause to end any more.
 */
export function endPause(ctx: SessionContext, session: LiveSession, actorId?: string): Promise<boolean> {
  return inTurn(session, async () => {
    const { id: sessionId } = session;
    const at = today(ctx);
    const move = await moveSession(ctx.db, sessionId, 'resume', { at, actorId });
    if (move.kind === 'refused') {
      takeIn(ctx, move.session);
      return false;
    }
    const now = at.getTime();
    session.row = { ...session.row, status: 'connected' };
    session.pauses = endOfPause(session.pauses, now);
    session.watchedSince = now;
    for (const player of session.players) if (player.peerLostAt !== null) player.peerLostAt = now;
    const left = pausesLeft(session.pauses);
    for (const { id } of session.players) ctx.notify(id, 'match_resumed', { sessionId, pausesLeft: left });
    return true;
  });
}

/** What a page that comes back into a fight is told of its pauses. */
export function pausesFor(session: LiveSession): {
  readonly paused?: { readonly by: string; readonly until: number };
  readonly pausesLeft: number;
} {
  const { current } = session.pauses;
  return {
    ...(current ? { paused: { by: playerAt(session, current.by).id, until: current.until } } : {}),
    pausesLeft: pausesLeft(session.pauses),
  };
}

/** One after another, so that what is remembered is what was written last. */
function inTurn<T>(session: LiveSession, task: () => Promise<T>): Promise<T> {
  const turn = session.pausing.then(task);
  session.pausing = turn.catch(() => undefined);
  return turn;
}
