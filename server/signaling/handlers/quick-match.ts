import type { Handler } from '../context';
import { knownCharacter } from './known-character';

export const joinQuickMatch: Handler<'join_quick_match'> = async (ctx, _connection, payload) => {
  const { playerId } = payload;
  const characterId = knownCharacter(payload.characterId);
  return { status: await ctx.quickMatch.join({ playerId, characterId }) };
};

export const leaveQuickMatch: Handler<'leave_quick_match'> = async ({ quickMatch }, { playerId }) => {
  quickMatch.leave(playerId);
  return {};
};
