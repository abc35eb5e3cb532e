import { LOBBY_ROOM } from '../broadcast';
import type { Handler } from '../context';

/** A name in the payload is ignored: the account has one. */
export const joinLobby: Handler<'join_lobby'> = async (ctx, connection) => {
  const { socket, playerId, playerName, outbox } = connection;
  if (!socket.connected) return {};
  await socket.join(LOBBY_ROOM);
  if (ctx.isActing(connection)) ctx.lobby.join(playerId, playerName);
  // Who only looks on sees the lobby; the one who acts decides whether the player is in it.
  else outbox.send({ event: 'lobby_update', payload: { players: ctx.lobby.snapshot() } });
  return {};
};

export const leaveLobby: Handler<'leave_lobby'> = async ({ lobby, sessions }, { socket, playerId }) => {
  await socket.leave(LOBBY_ROOM);
  lobby.leave(playerId);
  await sessions.leaveRequests(playerId);
  return {};
};
