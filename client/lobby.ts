import type { LobbyPlayer } from '../proto/signaling-payloads';
import { createLobbyList } from './lobby-list';
import type { Signaling } from './signaling';

/** Who is in the lobby, kept right over gaps and lost lines. */
export interface Lobby {
  /** As last heard; empty before that. */
  readonly players: readonly LobbyPlayer[];
  /** Enters the lobby, now or when the line is there, and again whenever the line came back. */
  join(): void;
  /** Leaves it and stays out. */
  leave(): void;
  close(): void;
}

/**
 * Follows the lobby by the numbered changes of the server, or by whole lists where the line gets those.
 * @param onPlayers told of each list
 */
export function createLobby(
  signaling: Pick<Signaling, 'on' | 'send'>,
  onPlayers: (players: readonly LobbyPlayer[]) => void = () => undefined,
): Lobby {
  const list = createLobbyList();
  let players: readonly LobbyPlayer[] = [];
  let playerId: string | undefined;
  let isWanted = false;
  let isResyncing = false;

  function say(event: 'join_lobby' | 'leave_lobby' | 'lobby_resync'): Promise<unknown> {
    return playerId === undefined ? Promise.resolve() : signaling.send(event, { playerId });
  }

  function show(next: readonly LobbyPlayer[]): void {
    players = next;
    onPlayers(players);
  }

  /** Asks once for what was missed; the answer may take its time. */
  function resync(): void {
    if (isResyncing) return;
    isResyncing = true;
    say('lobby_resync').catch(() => {
      // The next change asks again.
      isResyncing = false;
    });
  }

  const stops = [
    signaling.on('ready', (ready) => {
      playerId = ready.playerId;
      isResyncing = false;
      // A failure here is a line that went down, which the line's own state tells. Below, too.
      if (isWanted) say('join_lobby').catch(() => undefined);
    }),
    signaling.on('lobby_update', (update) => {
      isResyncing = false;
      show(list.take(update));
    }),
    signaling.on('lobby_delta', (delta) => {
      const next = list.apply(delta);
      if (next) show(next);
      else resync();
    }),
  ];

  return {
    get players() {
      return players;
    },
    join() {
      isWanted = true;
      say('join_lobby').catch(() => undefined);
    },
    leave() {
      isWanted = false;
      say('leave_lobby').catch(() => undefined);
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
