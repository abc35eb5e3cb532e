import type { LobbyPlayer } from '../../proto/signaling';
import type { Connection, SignalingIo } from './connection';
import { lobbyUpdates } from './counts';
import type { Lobby } from './lobby';

/** Socket.io room of everybody in the lobby. */
export const LOBBY_ROOM = 'lobby';

/**
 * Sends the lobby to everybody in it. It is serialized once; whoever can't keep up gets the newest one
 * later instead.
 */
export function publishLobby(io: SignalingIo, lobby: Lobby, connections: Iterable<Connection>): void {
  const slow: string[] = [];
  for (const { playerId, socket, outbox } of connections) {
    if (outbox.isClear || !lobby.has(playerId)) continue;
    slow.push(socket.id);
    outbox.sendLatest(() => {
      lobbyUpdates.inc();
      return { event: 'lobby_update', payload: { players: lobby.snapshot() } };
    });
  }
  const players: LobbyPlayer[] = lobby.snapshot();
  lobbyUpdates.inc(Math.max(0, (io.sockets.adapter.rooms.get(LOBBY_ROOM)?.size ?? 0) - slow.length));
  io.local.to(LOBBY_ROOM).except(slow).emit('lobby_update', { players });
}
