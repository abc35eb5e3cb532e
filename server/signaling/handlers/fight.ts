import { asAppError } from '../../errors';
import { stateConflict } from '../../sessions/challenges';
import { failSession, findOwn } from '../../sessions/connecting';
import { claimResult, endFight, pushInputs, tellResult } from '../../sessions/fight';
import { otherSide } from '../../sessions/live';
import type { Handler } from '../context';

export const matchInputs: Handler<'match_inputs'> = async (ctx, { playerId }, payload) => {
  const { sessionId, fromFrame, inputs } = payload;
  const own = await findOwn(ctx.sessions, sessionId, playerId).catch(async (error: unknown) => {
    // A browser that was away when the match ended hears the result along with its refusal.
    if (asAppError(error)?.code === 'CONFLICT') await tellResult(ctx.sessions, sessionId, playerId);
    throw error;
  });
  if (own.session.row.status !== 'connected') throw stateConflict(own.session.row);
  return pushInputs(ctx.sessions, own.session, own.side, { fromFrame, inputs });
};

export const leaveMatch: Handler<'leave_match'> = async (ctx, { playerId }, { sessionId }) => {
  const { session, side } = await findOwn(ctx.sessions, sessionId, playerId);
  if (session.row.status === 'requested') throw stateConflict(session.row);
  if (session.row.status === 'connected') await endFight(ctx.sessions, session, 'forfeit', otherSide(side));
  else await failSession(ctx.sessions, sessionId, 'peer_failed', playerId, 'left');
  return {};
};

export const matchEnded: Handler<'match_ended'> = async (ctx, { playerId }, payload) => {
  const { sessionId, frames, checksum } = payload;
  await claimResult(ctx.sessions, sessionId, playerId, { frames, checksum });
  return {};
};
