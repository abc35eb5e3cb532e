import { AppError } from '../../errors';
import { assertMayAsk } from '../../social/asking';
import type { Handler } from '../context';
import { knownCharacter } from './known-character';

export const requestMatch: Handler<'request_match'> = async (ctx, _connection, payload) => {
  const { requesterId, targetId } = payload;
  const characterId = knownCharacter(payload.characterId);
  if (requesterId !== targetId && !ctx.lobby.has(targetId))
    throw new AppError('NOT_FOUND', `There is no player ${targetId} in the lobby.`);
  const nowMs = ctx.clock.now();
  if (ctx.lobby.isUndisturbed(targetId))
    throw new AppError('CONFLICT', 'That player does not want to be disturbed.');
  ctx.askings.ask(requesterId, targetId, nowMs);
  await assertMayAsk(ctx.db, { requesterId, targetId, nowMs });
  const { firstTo, follows } = payload;
  return ctx.sessions.challenge({ requesterId, targetId, characterId, set: { firstTo, follows } });
};

export const acceptMatch: Handler<'accept_match'> = async (ctx, _connection, payload) => {
  const { accepterId, requesterId, sessionId } = payload;
  const characterId = knownCharacter(payload.characterId);
  return ctx.sessions.accept({ accepterId, requesterId, sessionId, characterId });
};

export const declineMatch: Handler<'decline_match'> = (ctx, _connection, payload) => {
  const { declinerId, requesterId, sessionId } = payload;
  return ctx.sessions.decline({ declinerId, requesterId, sessionId });
};

export const cancelMatchRequest: Handler<'cancel_match_request'> = async (ctx, _connection, payload) => {
  await ctx.sessions.cancel(payload);
  return {};
};
