import type { FailureReason } from '../../proto/sessions';
import { type SessionContext, takeIn, today } from './context';
import { endOf, type SessionEnd } from './endings';
import { sideOf } from './live';
import { noteConduct } from './rows/conduct';
import { moveSession } from './rows/store';

/** Sessions that end without a fight. */

/** What is told of a player who gave a match up before the fight. */
export const LEFT = 'left';

/** Ends a session without a fight and tells both; a session that is over stays as it is. */
export async function failSession(
  ctx: SessionContext,
  sessionId: string,
  reason: FailureReason,
  actorId?: string,
  told?: string,
) {
  const wasFought = ctx.live.get(sessionId)?.players.every(({ nextFrame }) => nextFrame > 0) ?? false;
  let end: SessionEnd | undefined;
  const move = await moveSession(
    ctx.db,
    sessionId,
    'fail',
    {
      at: today(ctx),
      actorId,
      reason,
      ...(told === undefined ? {} : { detail: { told } }),
    },
    async (tx, session) => {
      // Said of a running fight by both: whose doing it was can't be told. Before one it costs nothing.
      if (wasFought) await noteConduct(tx, session, { reason: 'peer_failed' }, today(ctx));
      end = endOf(session, { kind: 'failed', reason }, today(ctx), {
        live: ctx.live.get(sessionId),
        leftBy: told === LEFT && actorId !== undefined ? sideOf(session, actorId) : undefined,
      });
      await ctx.onEnded(tx, end);
    },
  );
  takeIn(ctx, move.session);
  if (move.kind === 'refused') return move.session;
  if (end) ctx.onSettled(end);
  const { player1Id, player2Id } = move.session;
  for (const playerId of [player1Id, player2Id])
    ctx.notify(playerId, 'match_ended', { sessionId, winner: 0, reason, frames: 0, checksum: 0 });
  if (move.from === 'connected') await forgetFight(ctx, sessionId);
  return move.session;
}

/** Frees the judge of a match that nobody fights any more. */
async function forgetFight(ctx: SessionContext, sessionId: string): Promise<void> {
  try {
    await ctx.judge.endMatch({ matchId: sessionId, reason: 'no_contest', winner: 0, cause: 'no_path' });
  } catch (err) {
    // The outcome is stored; a judge that can't be reached drops idle matches by itself.
    ctx.log.warn({ err, sessionId }, 'the judge was not told that a match failed');
  }
}
