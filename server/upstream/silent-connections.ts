import type { Clock } from '../clock';
import type { Endpoint } from './endpoints';

/** So many tries in a row without an answer make a connection suspect. */
const SILENT_TRIES = 3;

export interface SilentConnectionsOptions<E> {
  readonly clock: Clock;
  /** The trials of a breaker have a connection of their own, or they would die with the old one. */
  isOnTrial(): boolean;
  /** Told when a connection may be dead: the next try should make a new one. */
  onSilent(endpoint: E): void;
}

/** Counts the tries in a row to which an address said nothing: a connection can be dead without anybody noticing. */
export class SilentConnections<E> {
  readonly #options: SilentConnectionsOptions<E>;
  readonly #silent = new Map<string, number>();
  readonly #givenUpAt = new Map<string, number>();

  constructor(options: SilentConnectionsOptions<E>) {
    this.#options = options;
  }

  /** @param began when the try was made, Unix ms */
  note({ key, at }: Endpoint<E>, isSilent: boolean, began: number): void {
    const { clock, isOnTrial, onSilent } = this.#options;
    // It began on a connection that was given up since.
    if (isSilent && began < (this.#givenUpAt.get(key) ?? Number.NEGATIVE_INFINITY)) return;
    if (!isSilent) {
      this.#silent.delete(key);
      return;
    }
    const times = (this.#silent.get(key) ?? 0) + 1;
    const isOver = times >= SILENT_TRIES || isOnTrial();
    this.#silent.set(key, isOver ? 0 : times);
    if (!isOver) return;
    this.#givenUpAt.set(key, clock.now());
    onSilent(at);
  }
}
