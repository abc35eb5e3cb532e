import type { Clock } from '../../clock';

/** A change is told at once, the next ones together after this. */
const QUIET_MS = 250;

interface Watched {
  readonly listeners: Set<() => void>;
  isQuiet: boolean;
  isDue: boolean;
}

/** Who wants to know when a queue changes, told at most four times a second. */
export class Watchers {
  private readonly byEvent = new Map<string, Watched>();
  private readonly pauses = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  add(eventId: string, listener: () => void): () => void {
    const watched = this.byEvent.get(eventId) ?? { listeners: new Set(), isQuiet: false, isDue: false };
    this.byEvent.set(eventId, watched);
    // One listener may watch twice.
    const own = (): void => listener();
    watched.listeners.add(own);
    return () => {
      watched.listeners.delete(own);
      if (watched.listeners.size === 0 && this.byEvent.get(eventId) === watched) this.byEvent.delete(eventId);
    };
  }

  changed(eventId: string): void {
    const watched = this.byEvent.get(eventId);
    if (!watched) return;
    if (watched.isQuiet) watched.isDue = true;
    else this.tell(eventId, watched);
  }

  close(): void {
    for (const end of this.pauses) end();
    this.pauses.clear();
    this.byEvent.clear();
  }

  private tell(eventId: string, watched: Watched): void {
    watched.isQuiet = true;
    watched.isDue = false;
    const end = this.clock.after(QUIET_MS, () => {
      this.pauses.delete(end);
      watched.isQuiet = false;
      if (watched.isDue) this.tell(eventId, watched);
    });
    this.pauses.add(end);
    for (const listener of watched.listeners) listener();
  }
}
