import type { LobbyPlayer } from '../../proto/signaling';
import type { Clock } from '../clock';

/** At most four updates a second; in a crowd one, because each update then is long. */
const MIN_INTERVAL_MS = 250;
const CROWD = 200;
const CROWD_INTERVAL_MS = 900;
/** Changes that come together go out together. */
const SETTLE_MS = 30;

export interface LobbyOptions {
  readonly clock: Clock;
  isInMatch(playerId: string): boolean;
  /** Something has changed: everybody in the lobby should get `snapshot()`. */
  publish(): void;
}

/** Who is in the lobby. */
export class Lobby {
  readonly #options: LobbyOptions;
  readonly #names = new Map<string, string>();
  #publishedAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(options: LobbyOptions) {
    this.#options = options;
  }

  join(playerId: string, playerName: string): void {
    this.#names.set(playerId, playerName);
    this.changed();
  }

  leave(playerId: string): void {
    if (this.#names.delete(playerId)) this.changed();
  }

  has(playerId: string): boolean {
    return this.#names.has(playerId);
  }

  get size(): number {
    return this.#names.size;
  }

  snapshot(): LobbyPlayer[] {
    return Array.from(this.#names, ([playerId, playerName]) => ({
      playerId,
      playerName,
      status: this.#options.isInMatch(playerId) ? 'in_match' : 'available',
    }));
  }

  /** Publishes soon, together with whatever else changes until then. */
  changed(): void {
    if (this.#cancel || this.#names.size === 0) return;
    const { clock, publish } = this.#options;
    const interval = this.#names.size > CROWD ? CROWD_INTERVAL_MS : MIN_INTERVAL_MS;
    const wait = Math.max(SETTLE_MS, this.#publishedAt + interval - clock.now());
    this.#cancel = clock.after(wait, () => {
      this.#cancel = undefined;
      this.#publishedAt = clock.now();
      publish();
    });
  }

  close(): void {
    this.#cancel?.();
    this.#names.clear();
  }
}
