import { asAppError } from '../../errors';
import { stateConflict } from '../../sessions/challenges';
import { findOwn } from '../../sessions/connecting';
import { claimResult, pushInputs, tellResult } from '../../sessions/fight';
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

export const matchEnded: Handler<'match_ended'> = async (ctx, { playerId }, payload) => {
  const { sessionId, frames, checksum } = payload;
  await claimResult(ctx.sessions, sessionId, playerId, { frames, checksum });
  return {};
};
