import type { Logger } from 'pino';
import type { IceServer, ServerPayloads } from '../../proto/signaling';
import { PROTOCOL_VERSION } from '../../proto/signaling-limits';
import type { QuickMatch } from '../quick-match/quick-match';
import type { Sessions } from '../sessions/sessions';
import { LOBBY_ROOM } from './broadcast';
import type { Connection } from './connection';
import { countLine } from './counts';
import type { Lanes } from './lanes';
import type { Lines } from './lines';
import type { Lobby } from './lobby';

/** Pages of one player that look on, beside the one that acts. */
const MAX_ONLOOKERS = 16;

export interface PresenceOptions {
  readonly lines: Lines;
  readonly lobby: Lobby;
  readonly lanes: Lanes;
  readonly sessions: Pick<Sessions, 'matchOf' | 'playerBack' | 'playerGone'>;
  readonly quickMatch: Pick<QuickMatch, 'back' | 'gone'>;
  readonly log: Logger;
  iceServersFor(playerId: string): IceServer[];
}

/** Whether a player is there and in the lobby: a person's, whatever lines carry it (SIG-11). */
export interface Presence {
  /** A new line. It looks on only if the match that made it so still goes on. */
  enter(connection: Connection, role: 'acts' | 'looks on'): void;
  /** A line that has ended. */
  leave(connection: Connection): void;
  /** Makes a line the one that acts; the one that did is told and ended. False for a line that has ended. */
  takeOver(connection: Connection): boolean;
  /** A line has joined or left the lobby. */
  lobbyChanged(playerId: string): void;
  /** The player's match is over. */
  matchOver(playerId: string): void;
  /** Lines that end from now on mean nothing: the server ends them. */
  close(): void;
}

export function createPresence(options: PresenceOptions): Presence {
  const { lines, lobby, lanes, sessions, quickMatch, log } = options;
  let isClosing = false;

  function greet(connection: Connection, fighting?: ServerPayloads['ready']['fighting']): void {
    const { playerId, playerName, outbox } = connection;
    outbox.send({
      event: 'ready',
      payload: {
        playerId,
        playerName,
        protocolVersion: PROTOCOL_VERSION,
        iceServers: options.iceServersFor(playerId),
        ...(fighting ? { fighting } : {}),
      },
    });
  }

  /** The line that acts says whether the player is in the lobby; without one, those that look on. */
  function listInLobby(playerId: string): void {
    const acting = lines.acting(playerId);
    const speaking = acting ? [acting] : [...lines.onlookers(playerId)];
    const inLobby = speaking.find(({ socket }) => socket.rooms.has(LOBBY_ROOM));
    if (inLobby) lobby.join(playerId, inLobby.playerName);
    else lobby.leave(playerId);
  }

  /** A newer connection acts from now on. */
  function replace({ socket }: Connection): void {
    socket.emit('error', {
      code: 409,
      message: 'This player has connected from elsewhere; this connection ends.',
      replaced: true,
    });
    socket.disconnect(true);
  }

  /** Outside a match a player who is there acts: the newest of those that look on, rather one that shows the lobby. */
  function promote(playerId: string): void {
    if (isClosing || lines.acting(playerId) || sessions.matchOf(playerId)) return;
    const onlookers = [...lines.onlookers(playerId)].filter(({ socket }) => socket.connected).reverse();
    const heir = onlookers.find(({ socket }) => socket.rooms.has(LOBBY_ROOM)) ?? onlookers[0];
    if (!heir) return;
    lines.act(heir);
    countLine('promoted');
    greet(heir);
    comeBack(heir);
  }

  function comeBack(connection: Connection): void {
    quickMatch.back(connection.playerId);
    inLane(connection.playerId, async () => {
      if (lines.isActing(connection)) await sessions.playerBack(connection.playerId);
    });
  }

  /** Work of the server's own on a player's sessions, in line with what the player sends. */
  function inLane(playerId: string, task: () => Promise<void>): void {
    lanes
      .run(playerId, task)
      .catch((err: unknown) => log.error({ err, playerId }, 'presence could not be noted'));
  }

  return {
    enter(connection, role) {
      const { playerId } = connection;
      const match = role === 'looks on' ? sessions.matchOf(playerId) : undefined;
      const previous = match ? undefined : lines.act(connection);
      countLine('opened');
      if (match) countLine('looks_on');
      else if (sessions.matchOf(playerId)) countLine('reconnected');
      if (match) {
        lines.lookOn(connection);
        const [oldest, ...others] = lines.onlookers(playerId);
        if (oldest && others.length >= MAX_ONLOOKERS) replace(oldest);
      }
      greet(connection, match && { sessionId: match.sessionId });
      if (previous) {
        countLine('replaced');
        replace(previous);
      }
      if (match) return;
      // The lobby is for the newer one to join.
      listInLobby(playerId);
      comeBack(connection);
    },
    leave(connection) {
      const { playerId } = connection;
      const didAct = lines.remove(connection);
      countLine('closed');
      if (isClosing) return;
      if (didAct) promote(playerId);
      listInLobby(playerId);
      if (!didAct) return;
      if (!lines.acting(playerId)) quickMatch.gone(playerId);
      inLane(playerId, async () => {
        // Back already: nothing was lost, and what was asked stays asked.
        if (!lines.acting(playerId)) await sessions.playerGone(playerId);
      });
    },
    takeOver(connection) {
      if (!connection.socket.connected) return false;
      const previous = lines.act(connection);
      if (previous) replace(previous);
      countLine('taken_over');
      listInLobby(connection.playerId);
      return true;
    },
    lobbyChanged: listInLobby,
    matchOver(playerId) {
      promote(playerId);
      listInLobby(playerId);
    },
    close() {
      isClosing = true;
    },
  };
}
