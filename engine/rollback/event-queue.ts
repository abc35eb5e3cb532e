import type { SessionEvent } from './session-types';

const LIMIT = 256;

/** Events that the host has not taken yet; the oldest are dropped when a host never takes any. */
export class EventQueue {
  readonly #events: SessionEvent[] = [];

  push(event: SessionEvent): void {
    if (this.#events.length === LIMIT) this.#events.shift();
    this.#events.push(event);
  }

  take(): SessionEvent | undefined {
    return this.#events.length === 0 ? undefined : this.#events.shift();
  }
}
