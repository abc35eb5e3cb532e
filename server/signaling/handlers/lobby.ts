import { LOBBY_ROOM } from '../broadcast';
import type { Handler } from '../context';
import { lobbyUpdates } from '../counts';

/** A name in the payload is ignored: the account has one. */
export const joinLobby: Handler<'join_lobby'> = async (ctx, connection) => {
  const { socket, playerId, outbox } = connection;
  if (!socket.connected) return {};
  await socket.join(LOBBY_ROOM);
  ctx.presence.lobbyChanged(playerId);
  // It asked for the list, and gets it also when nothing has changed for the others.
  if (!ctx.isActing(connection)) {
    outbox.send({ event: 'lobby_update', payload: { players: ctx.lobby.snapshot() } });
    lobbyUpdates.inc();
  }
  return {};
};

export const leaveLobby: Handler<'leave_lobby'> = async ({ presence, sessions }, { socket, playerId }) => {
  await socket.leave(LOBBY_ROOM);
  presence.lobbyChanged(playerId);
  await sessions.leaveRequests(playerId);
  return {};
};
