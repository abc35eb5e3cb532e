import type { Handler } from '../context';

export const matchInputs: Handler<'match_inputs'> = ({ sessions }, { playerId }, payload) => {
  const { sessionId, ...chunk } = payload;
  return sessions.pushInputs(sessionId, playerId, chunk);
};

export const ownInputs: Handler<'own_inputs'> = ({ sessions }, { playerId }, payload) => {
  // The signature is for the opponent, who gets it by another way: here the line itself says whose word it is.
  const { sessionId, fromFrame, inputs } = payload;
  return sessions.pushOwnInputs(sessionId, playerId, { fromFrame, inputs });
};

export const matchHistory: Handler<'match_history'> = ({ sessions }, { playerId }, { sessionId }) =>
  sessions.matchHistory(sessionId, playerId);

export const takeOver: Handler<'take_over'> = async (ctx, connection, { sessionId, playerId }) => {
  await ctx.sessions.takeOver(sessionId, playerId, connection.clientId, () =>
    ctx.presence.takeOver(connection),
  );
  return {};
};

export const leaveMatch: Handler<'leave_match'> = async ({ sessions }, { playerId }, { sessionId }) => {
  await sessions.leave(sessionId, playerId);
  return {};
};

export const pauseMatch: Handler<'pause_match'> = async ({ sessions }, { playerId }, { sessionId }) => {
  await sessions.pause(sessionId, playerId);
  return {};
};

export const resumeMatch: Handler<'resume_match'> = async ({ sessions }, { playerId }, { sessionId }) => {
  await sessions.resume(sessionId, playerId);
  return {};
};

export const matchEnded: Handler<'match_ended'> = async ({ sessions }, { playerId }, payload) => {
  const { sessionId, frames, checksum } = payload;
  await sessions.claimResult(sessionId, playerId, { frames, checksum });
  return {};
};
