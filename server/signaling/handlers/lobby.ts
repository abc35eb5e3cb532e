import { AppError } from '../../errors';
import type { Handler } from '../context';

/** A name in the payload is ignored: the account has one. It asked for the list, and gets it. */
export const joinLobby: Handler<'join_lobby'> = async ({ presence, broadcast }, connection) => {
  if (!connection.socket.connected) return {};
  broadcast.show(connection, () => presence.lobbyChanged(connection.playerId));
  return {};
};

export const leaveLobby: Handler<'leave_lobby'> = async (ctx, connection) => {
  const { presence, broadcast, sessions, quickMatch } = ctx;
  broadcast.hide(connection);
  presence.lobbyChanged(connection.playerId);
  quickMatch.leave(connection.playerId);
  await sessions.leaveRequests(connection.playerId);
  return {};
};

/** @throws {AppError} CONFLICT for a line that does not show the lobby */
export const lobbyResync: Handler<'lobby_resync'> = async ({ broadcast }, connection) => {
  if (!connection.list.isShown) throw new AppError('CONFLICT', 'Join the lobby first.');
  broadcast.resync(connection);
  return {};
};

/** @throws {AppError} CONFLICT for who is not in the lobby */
export const setStatus: Handler<'set_status'> = async (ctx, { playerId }, { doNotDisturb }) => {
  const { lobby, presence, quickMatch } = ctx;
  if (!lobby.has(playerId)) throw new AppError('CONFLICT', 'Join the lobby first.');
  lobby.disturb(playerId, !doNotDisturb);
  presence.lobbyChanged(playerId);
  if (doNotDisturb) quickMatch.leave(playerId);
  return {};
};

export const lobbyPings: Handler<'lobby_pings'> = async ({ rttOf }, _connection, { playerIds }) => ({
  rttMs: playerIds.map((playerId) => rttOf(playerId) ?? null),
});
