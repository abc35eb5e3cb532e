import type { Logger } from 'pino';
import { PROTOCOL_VERSION } from '../../proto/signaling-limits';
import type { IceServer, ServerPayloads } from '../../proto/signaling-payloads';
import type { QuickMatch } from '../quick-match/quick-match';
import type { Sessions } from '../sessions/sessions';
import type { Connection } from './connection';
import { countLine } from './counts';
import type { Lanes } from './lanes';
import type { Lines } from './lines';
import type { Lobby } from './lobby';
import type { People, PeopleOptions, PersonThere } from './people';
import { ToldPings } from './told-pings';

/** Pages of one player that look on, beside the one that acts. */
const MAX_ONLOOKERS = 16;

export interface PresenceOptions {
  readonly lines: Lines;
  readonly lobby: Lobby;
  readonly people: People;
  readonly lanes: Lanes;
  readonly sessions: Pick<Sessions, 'matchOf' | 'playerBack' | 'playerGone'>;
  readonly quickMatch: Pick<QuickMatch, 'back' | 'gone'>;
  readonly log: Logger;
  ratingOf(playerId: string): number | undefined;
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
  /** A line has joined or left the lobby, or what the lobby says of the player is otherwise. */
  lobbyChanged(playerId: string): void;
  /** The other nodes hear of pings that have become otherwise. */
  notePings(): void;
  /** Somebody's lines at another node are otherwise. */
  changedElsewhere: PeopleOptions['changed'];
  /** The player's match is over. */
  matchOver(playerId: string): void;
  /** Lines that end from now on mean nothing: the server ends them. */
  close(): void;
}

export function createPresence(options: PresenceOptions): Presence {
  const { lines, lobby, lanes, people, sessions, quickMatch, log } = options;
  const stamps = new WeakMap<Connection, number>();
  const pings = new ToldPings();
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

  /** From now on a line is the one that acts, here and on all nodes. */
  function act(connection: Connection): Connection | undefined {
    stamps.set(connection, people.nextStamp());
    return lines.act(connection);
  }

  /** The line that acts says whether the player is in the lobby; without one, those that look on. */
  function listInLobby(playerId: string): void {
    people.note(playerId, personHere(playerId));
    listAsKnown(playerId);
  }

  function personHere(playerId: string): PersonThere | undefined {
    const acting = lines.acting(playerId);
    const onlookers = [...lines.onlookers(playerId)];
    const speaking = acting ? [acting] : onlookers;
    const [first] = speaking;
    if (!first) return undefined;
    return {
      name: first.playerName,
      acting: acting ? { clientId: acting.clientId, stamp: stamps.get(acting) ?? 0 } : null,
      onlookers: onlookers.length,
      inLobby: speaking.some(({ list }) => list.isShown),
      doNotDisturb: lobby.isUndisturbed(playerId),
      rating: options.ratingOf(playerId),
      rttMs: acting && pings.of(acting),
    };
  }

  function listAsKnown(playerId: string): void {
    const known = people.inLobby(playerId);
    if (!known) {
      lobby.leave(playerId);
      return;
    }
    lobby.join(playerId, known.name);
    if (!known.isElsewhere) return;
    lobby.disturb(playerId, !known.doNotDisturb);
    lobby.statusChanged(playerId);
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
    if (isClosing || people.acting(playerId) || sessions.matchOf(playerId)) return;
    if (!people.hasFirstOnlooker(playerId)) return;
    const onlookers = [...lines.onlookers(playerId)].filter(({ socket }) => socket.connected).reverse();
    const heir = onlookers.find(({ list }) => list.isShown) ?? onlookers[0];
    if (!heir) return;
    act(heir);
    countLine('promoted');
    greet(heir);
    listInLobby(playerId);
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

  function noteGone(playerId: string, isNodeGone = false): void {
    inLane(playerId, async () => {
      // Back already: nothing was lost, and what was asked stays asked.
      if (!people.acting(playerId)) await sessions.playerGone(playerId, isNodeGone);
    });
  }

  return {
    enter(connection, role) {
      const { playerId } = connection;
      const match = role === 'looks on' ? sessions.matchOf(playerId) : undefined;
      const previous = match ? undefined : act(connection);
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
      // The lobby is for the newer one to join.
      listInLobby(playerId);
      if (match) return;
      comeBack(connection);
    },
    leave(connection) {
      const { playerId } = connection;
      const didAct = lines.remove(connection);
      countLine('closed');
      if (isClosing) return;
      listInLobby(playerId);
      if (!didAct) return;
      promote(playerId);
      if (!lines.acting(playerId)) quickMatch.gone(playerId);
      noteGone(playerId);
    },
    takeOver(connection) {
      if (!connection.socket.connected) return false;
      const previous = act(connection);
      if (previous) replace(previous);
      countLine('taken_over');
      listInLobby(connection.playerId);
      return true;
    },
    lobbyChanged: listInLobby,
    notePings() {
      for (const line of lines.all()) {
        if (!lines.isActing(line)) continue;
        pings.look(line);
        people.note(line.playerId, personHere(line.playerId));
      }
    },
    changedElsewhere(playerId, after, before, isNodeGone) {
      const own = lines.acting(playerId);
      if (own && people.hasGivenWay(playerId)) {
        lines.remove(own);
        countLine('replaced');
        replace(own);
        quickMatch.gone(playerId);
        listInLobby(playerId);
      } else listAsKnown(playerId);
      if (after?.acting && after.acting.stamp !== before?.acting?.stamp)
        inLane(playerId, async () => {
          if (people.isActingElsewhere(playerId)) await sessions.playerBack(playerId);
        });
      else if (before?.acting && !after?.acting && !people.acting(playerId)) {
        promote(playerId);
        noteGone(playerId, isNodeGone);
      }
    },
    matchOver(playerId) {
      promote(playerId);
      listInLobby(playerId);
    },
    close() {
      isClosing = true;
    },
  };
}
