import { LOBBY_ROOM } from '../broadcast';
import type { Handler } from '../context';

/** A name in the payload is ignored: the account has one. */
export const joinLobby: Handler<'join_lobby'> = async ({ lobby }, { socket, playerId, playerName }) => {
  if (!socket.connected) return {};
  await socket.join(LOBBY_ROOM);
  lobby.join(playerId, playerName);
  return {};
};

export const leaveLobby: Handler<'leave_lobby'> = async ({ lobby, sessions }, { socket, playerId }) => {
  await socket.leave(LOBBY_ROOM);
  lobby.leave(playerId);
  await sessions.leaveRequests(playerId);
  return {};
};
