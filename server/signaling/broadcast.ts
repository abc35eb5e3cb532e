import type { Clock } from '../clock';
import type { Connection, SignalingIo } from './connection';
import { countSent, lobbyDeltas, lobbyUpdates } from './counts';
import { type Lobby, type LobbyChange, MIN_INTERVAL_MS } from './lobby';
import { Round } from './round';

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
  /** So many lines are told of a change in one turn of the event loop. */
  readonly linesATurn?: number;
}

/** Some milliseconds of writing. */
const LINES_A_TURN = 200;

/** Tells every line that shows the lobby what changes: numbered changes, or whole lists at a rate that falls with their size. */
export class LobbyBroadcast {
  readonly #options: LobbyBroadcastOptions;
  readonly #round: Round<Connection>;
  #cancel: (() => void) | undefined;
  #soon: (() => void) | undefined;

  constructor(options: LobbyBroadcastOptions) {
    this.#options = options;
    this.#round = new Round(options.linesATurn ?? LINES_A_TURN);
  }

  /**
   * A line shows the lobby from now on: it gets the whole list, at once unless it has asked for too many of late.
   * @param listed puts the player into the list, before that is sent
   */
  show(connection: Connection, listed: () => void): void {
    const { list } = connection;
    list.isShown = true;
    listed();
    if (this.#options.mayHaveAtOnce(connection.playerId)) list.sentAt = Number.NEGATIVE_INFINITY;
    this.resync(connection);
  }

  hide({ list }: Connection): void {
    list.isShown = false;
  }

  /** A line wants the whole list: it gets it when the next one is due. */
  resync({ list }: Connection): void {
    list.isStale = true;
    this.#sweepSoon();
  }

  /** Whether a change is still on its way to some lines: until then the next one waits, and takes more with it. */
  get isBusy(): boolean {
    return this.#round.isUnderWay;
  }

  /** Tells everybody a change, a part of the lines in each turn of the event loop. */
  publish(change: LobbyChange): void {
    this.#round.start([...this.#options.lines()], (part) => this.#tell(part, change));
    this.#sweepSoon();
  }

  /** For whoever can't keep up it waits; who is about to get a whole list finds it there. */
  #tell(part: readonly Connection[], change: LobbyChange): void {
    const told: string[] = [];
    for (const { socket, outbox, list } of part) {
      if (!list.isShown) continue;
      if (!list.isDelta) {
        list.isStale = true;
        continue;
      }
      // A list that went out since this round began has the change.
      if (list.isStale || list.seq >= change.seq || outbox.holdsLatest('lobby_update')) continue;
      list.seq = change.seq;
      if (outbox.isClear) told.push(socket.id);
      else outbox.send({ event: 'lobby_delta', payload: change });
    }
    if (told.length === 0) return;
    lobbyDeltas.inc(told.length);
    countSent('oldest', told.length);
    this.#emit(told, (lines) => lines.emit('lobby_delta', change));
  }

  /** Serializes a message once in each dialect that one of the lines speaks. */
  #emit(ids: readonly string[], emit: (lines: ReturnType<SignalingIo['to']>) => void): void {
    for (const io of this.#options.dialects) {
      const own = ids.filter((id) => io.of('/').sockets.has(id));
      if (own.length > 0) emit(io.local.to(own));
    }
  }

  close(): void {
    this.#round.close();
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
      list.seq = this.#options.lobby.seq;
      return { event: 'lobby_update', payload: this.#whole(list.isDelta) };
    });
  }

  /** Sends whole lists to those for whom one is due, and comes back for the others. */
  #sweep(): void {
    const { lobby, clock, lines } = this.#options;
    const now = clock.now();
    const interval = intervalFor(lobby.bytes);
    const due = { whole: [] as string[], delta: [] as string[] };
    let next = Number.POSITIVE_INFINITY;
    for (const connection of lines()) {
      const { socket, outbox, list } = connection;
      if (!list.isStale || !list.isShown) continue;
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
      list.seq = lobby.seq;
      due[list.isDelta ? 'delta' : 'whole'].push(socket.id);
    }
    for (const [kind, ids] of Object.entries(due)) {
      if (ids.length === 0) continue;
      lobbyUpdates.inc(ids.length);
      countSent('latest', ids.length);
      const list = this.#whole(kind === 'delta');
      this.#emit(ids, (lines) => lines.emit('lobby_update', list));
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
