import type { LobbyPlayer } from '../../proto/signaling-payloads';
import type { Clock } from '../clock';

/** At most four changes a second. */
export const MIN_INTERVAL_MS = 250;
/** Changes that come together go out together. */
const SETTLE_MS = 30;
/** A change waits for the one before it in steps of this. */
const RETRY_MS = 5;

/** What became otherwise between two numbers of the lobby. */
export interface LobbyChange {
  readonly seq: number;
  readonly joined: readonly LobbyPlayer[];
  /** Ids. */
  readonly left: readonly string[];
  readonly changed: readonly LobbyPlayer[];
}

export interface LobbyOptions {
  readonly clock: Clock;
  isInMatch(playerId: string): boolean;
  /** Of who has fought. */
  ratingOf?(playerId: string): number | undefined;
  /** False while the last change is still on its way to some. */
  mayPublish?(): boolean;
  /** Something has changed: everybody who shows the lobby should know. */
  publish(change: LobbyChange): void;
}

const sizeOf = (player: LobbyPlayer): number => Buffer.byteLength(JSON.stringify(player)) + 1;

function isSame(one: LobbyPlayer, other: LobbyPlayer): boolean {
  return (
    one.status === other.status &&
    one.playerName === other.playerName &&
    one.rating === other.rating &&
    one.doNotDisturb === other.doNotDisturb
  );
}

/** Who is in the lobby, and what changes, numbered. */
export class Lobby {
  readonly #options: LobbyOptions;
  readonly #names = new Map<string, string>();
  /** Everybody as the last number has them. */
  readonly #told = new Map<string, LobbyPlayer>();
  readonly #undisturbed = new Set<string>();
  readonly #touched = new Set<string>();
  /** A list has gone out that has what is not published yet. */
  #isAhead = false;
  #seq = 0;
  #bytes = 0;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(options: LobbyOptions) {
    this.#options = options;
  }

  join(playerId: string, playerName: string): void {
    if (this.#names.get(playerId) === playerName) return;
    this.#names.set(playerId, playerName);
    this.#touch(playerId);
  }

  leave(playerId: string): void {
    this.#undisturbed.delete(playerId);
    if (this.#names.delete(playerId)) this.#touch(playerId);
  }

  /** Whether somebody in the lobby may be asked for matches; it ends with the stay. */
  disturb(playerId: string, isWanted: boolean): void {
    if (!this.#names.has(playerId) || isWanted === !this.#undisturbed.has(playerId)) return;
    if (isWanted) this.#undisturbed.delete(playerId);
    else this.#undisturbed.add(playerId);
    this.#touch(playerId);
  }

  isUndisturbed(playerId: string): boolean {
    return this.#undisturbed.has(playerId);
  }

  /** Somebody's match has begun or ended, or the rating is another. */
  statusChanged(playerId: string): void {
    if (this.#names.has(playerId)) this.#touch(playerId);
  }

  has(playerId: string): boolean {
    return this.#names.has(playerId);
  }

  get size(): number {
    return this.#names.size;
  }

  /** Of the last change that was published. */
  get seq(): number {
    return this.#seq;
  }

  /** About so many bytes of JSON is the whole list, as published last. */
  get bytes(): number {
    return this.#bytes;
  }

  /** As it is now: what is not published yet is in it, and will be said again also if it undoes itself. */
  snapshot(): LobbyPlayer[] {
    if (this.#touched.size > 0) this.#isAhead = true;
    return Array.from(this.#names, ([playerId, playerName]) => this.#player(playerId, playerName));
  }

  close(): void {
    this.#cancel?.();
    this.#names.clear();
    this.#undisturbed.clear();
  }

  #player(playerId: string, playerName: string): LobbyPlayer {
    const { isInMatch, ratingOf } = this.#options;
    const rating = ratingOf?.(playerId);
    return {
      playerId,
      playerName,
      status: isInMatch(playerId) ? 'in_match' : 'available',
      ...(rating === undefined ? {} : { rating }),
      ...(this.#undisturbed.has(playerId) ? { doNotDisturb: true } : {}),
    };
  }

  /** Publishes soon, together with whatever else changes until then. */
  #touch(playerId: string): void {
    this.#touched.add(playerId);
    if (this.#cancel) return;
    const { clock } = this.#options;
    this.#publishIn(Math.max(SETTLE_MS, this.#publishedAt + MIN_INTERVAL_MS - clock.now()));
  }

  #publishIn(waitMs: number): void {
    const { clock, publish, mayPublish } = this.#options;
    this.#cancel = clock.after(waitMs, () => {
      if (mayPublish?.() === false) {
        this.#publishIn(RETRY_MS);
        return;
      }
      this.#cancel = undefined;
      const change = this.#takeChange();
      if (!change) return;
      this.#publishedAt = clock.now();
      publish(change);
    });
  }

  /**
   * What is otherwise than at the last number; undefined where all that happened undid itself. Where a list went out in
   * between, everybody who was touched: who undid it may stand there as they were for a moment.
   */
  #takeChange(): LobbyChange | undefined {
    const joined: LobbyPlayer[] = [];
    const left: string[] = [];
    const changed: LobbyPlayer[] = [];
    for (const playerId of this.#touched) {
      const before = this.#told.get(playerId);
      const name = this.#names.get(playerId);
      if (before) this.#bytes -= sizeOf(before);
      if (name === undefined) {
        if (this.#told.delete(playerId) || this.#isAhead) left.push(playerId);
        continue;
      }
      const now = this.#player(playerId, name);
      this.#told.set(playerId, now);
      this.#bytes += sizeOf(now);
      if (!before) joined.push(now);
      else if (this.#isAhead || !isSame(before, now)) changed.push(now);
    }
    this.#touched.clear();
    this.#isAhead = false;
    if (joined.length + left.length + changed.length === 0) return undefined;
    this.#seq += 1;
    return { seq: this.#seq, joined, left, changed };
  }
}
