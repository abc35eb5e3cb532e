import type { SessionEvent } from './session-types';

const limit = 256;

/** Events that the host has not taken yet; the oldest are dropped when a host never takes any. */
export class EventQueue {
  private readonly events: SessionEvent[] = [];

  push(event: SessionEvent): void {
    if (this.events.length === limit) this.events.shift();
    this.events.push(event);
  }

  take(): SessionEvent | undefined {
    return this.events.length === 0 ? undefined : this.events.shift();
  }
}
