import type { Clock } from '../clock';
import type { Connection, SignalingIo } from './connection';
import { countSent, lobbyDeltas, lobbyUpdates } from './counts';
import { type Lobby, type LobbyChange, MIN_INTERVAL_MS } from './lobby';

/** Socket.io room of every line that shows the lobby. */
export const LOBBY_ROOM = 'lobby';
/** Those of them that asked for changes instead of whole lists. */
const DELTA_ROOM = 'lobby:delta';

/** Whole lists to one line: at most this many bytes in any window of this length (SIG-15). */
const WINDOW_MS = 20_000;
const WINDOW_BYTES = 20 * 64 * 1024;

/** A list of 200 KB waits 50 ms for others who want it, one of a megabyte 250. */
const BYTES_PER_MS_OF_WAIT = 4_000;

/**
 * How far apart whole lists of so many bytes are, so that no window of 20 s has more of them than 64 KB a second allow: so
 * many fit, and never less than one.
 */
export function intervalFor(bytes: number): number {
  const fitting = Math.floor(WINDOW_BYTES / Math.max(1, bytes));
  const interval = fitting > 0 ? WINDOW_MS / fitting : (WINDOW_MS * bytes) / WINDOW_BYTES;
  return Math.max(MIN_INTERVAL_MS, interval);
}

export interface LobbyBroadcastOptions {
  readonly dialects: readonly SignalingIo[];
  readonly lobby: Lobby;
  readonly clock: Clock;
  /** Every line. */
  lines(): Iterable<Connection>;
  /** Whether a player who joins may have the whole list at once. */
  mayHaveAtOnce(playerId: string): boolean;
}

/** Tells every line that shows the lobby what changes: numbered changes, or whole lists at a rate that falls with their size. */
export class LobbyBroadcast {
  readonly #options: LobbyBroadcastOptions;
  #cancel: (() => void) | undefined;
  #soon: (() => void) | undefined;

  constructor(options: LobbyBroadcastOptions) {
    this.#options = options;
  }

  /**
   * A line shows the lobby from now on: it gets the whole list, at once unless it has asked for too many of late.
   * @param listed puts the player into the list, before that is sent
   */
  async show(connection: Connection, listed: () => void): Promise<void> {
    const { socket, list } = connection;
    await socket.join(list.isDelta ? [LOBBY_ROOM, DELTA_ROOM] : LOBBY_ROOM);
    listed();
    if (this.#options.mayHaveAtOnce(connection.playerId)) list.sentAt = Number.NEGATIVE_INFINITY;
    this.resync(connection);
  }

  async hide({ socket }: Connection): Promise<void> {
    await socket.leave(LOBBY_ROOM);
    await socket.leave(DELTA_ROOM);
  }

  /** A line wants the whole list: it gets it when the next one is due. */
  resync({ list }: Connection): void {
    list.isStale = true;
    this.#sweepSoon();
  }

  /**
   * Each message is serialized once in each dialect. For whoever can't keep up it waits; who is about to get a whole list finds it
   * there.
   */
  publish(change: LobbyChange): void {
    const { dialects, lines } = this.#options;
    const others: string[] = [];
    let told = 0;
    for (const connection of lines()) {
      const { socket, outbox, list } = connection;
      if (!socket.rooms.has(LOBBY_ROOM)) continue;
      if (!list.isDelta) {
        list.isStale = true;
        continue;
      }
      const getsList = list.isStale || outbox.holdsLatest('lobby_update');
      if (!getsList && outbox.isClear) {
        told += 1;
        continue;
      }
      others.push(socket.id);
      if (!getsList) outbox.send({ event: 'lobby_delta', payload: change });
    }
    if (told > 0) {
      lobbyDeltas.inc(told);
      countSent('oldest', told);
      for (const io of dialects) io.local.to(DELTA_ROOM).except(others).emit('lobby_delta', change);
    }
    this.#sweepSoon();
  }

  close(): void {
    this.#cancel?.();
    this.#soon?.();
  }

  /**
   * Those who ask at about the same time get one list, serialized once: in one turn of the event loop while it is short, in
   * up to a quarter of a second where making it takes long enough to hold up everybody else.
   */
  #sweepSoon(): void {
    if (this.#soon) return;
    const sweep = () => {
      this.#soon = undefined;
      this.#sweep();
    };
    const { lobby, clock } = this.#options;
    const wait = Math.min(MIN_INTERVAL_MS, Math.floor(lobby.bytes / BYTES_PER_MS_OF_WAIT));
    if (wait > 0) {
      this.#soon = clock.after(wait, sweep);
      return;
    }
    const turn = setImmediate(sweep);
    this.#soon = () => clearImmediate(turn);
  }

  #whole(isDelta: boolean) {
    const { lobby } = this.#options;
    return { players: lobby.snapshot(), ...(isDelta ? { seq: lobby.seq } : {}) };
  }

  #sendWhole({ list, outbox }: Connection): void {
    list.isStale = false;
    list.sentAt = this.#options.clock.now();
    outbox.sendLatest('lobby_update', () => {
      lobbyUpdates.inc();
      return { event: 'lobby_update', payload: this.#whole(list.isDelta) };
    });
  }

  /** Sends whole lists to those for whom one is due, and comes back for the others. */
  #sweep(): void {
    const { dialects, lobby, clock, lines } = this.#options;
    const now = clock.now();
    const interval = intervalFor(lobby.bytes);
    const due = { whole: [] as string[], delta: [] as string[] };
    let next = Number.POSITIVE_INFINITY;
    for (const connection of lines()) {
      const { socket, outbox, list } = connection;
      if (!list.isStale || !socket.rooms.has(LOBBY_ROOM)) continue;
      if (list.sentAt + interval > now) {
        next = Math.min(next, list.sentAt + interval);
        continue;
      }
      if (!outbox.isClear) {
        this.#sendWhole(connection);
        continue;
      }
      list.isStale = false;
      list.sentAt = now;
      due[list.isDelta ? 'delta' : 'whole'].push(socket.id);
    }
    for (const [kind, ids] of Object.entries(due)) {
      if (ids.length === 0) continue;
      lobbyUpdates.inc(ids.length);
      countSent('latest', ids.length);
      const list = this.#whole(kind === 'delta');
      for (const io of dialects) io.local.to(ids).emit('lobby_update', list);
    }
    this.#cancel?.();
    this.#cancel = undefined;
    if (next < Number.POSITIVE_INFINITY)
      this.#cancel = clock.after(Math.max(MIN_INTERVAL_MS / 5, next - now), () => {
        this.#cancel = undefined;
        this.#sweep();
      });
  }
}
