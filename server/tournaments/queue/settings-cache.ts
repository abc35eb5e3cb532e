import type { EventSettings, EventSource } from './sources';

/** How old settings may be, in ms. */
const FRESH_MS = 1_000;
/** Answers that are kept; they are small, and who asks may ask for anything. */
const MAX_KEPT = 10_000;

interface Kept {
  readonly settings: EventSettings | undefined;
  readonly atMs: number;
}

/** Settings of events as they were within the last second: a rush of joins asks the database once a second. */
export class SettingsCache {
  private readonly kept = new Map<string, Kept>();
  private readonly asked = new Map<string, Promise<EventSettings | undefined>>();

  constructor(
    private readonly source: EventSource,
    private readonly now: () => number,
  ) {}

  /** What is known, however old. */
  last(eventId: string): EventSettings | undefined {
    return this.kept.get(eventId)?.settings;
  }

  async get(eventId: string): Promise<EventSettings | undefined> {
    const kept = this.kept.get(eventId);
    if (kept && this.now() - kept.atMs < FRESH_MS) return kept.settings;
    return this.fetch(eventId);
  }

  /** Asks the source; who asks meanwhile gets the same answer. */
  fetch(eventId: string): Promise<EventSettings | undefined> {
    const running = this.asked.get(eventId);
    if (running) return running;
    const asked = this.source
      .get(eventId)
      .then((settings) => {
        this.keep(eventId, settings);
        return settings;
      })
      .finally(() => this.asked.delete(eventId));
    this.asked.set(eventId, asked);
    return asked;
  }

  /** All events whose queue has to run. */
  async active(): Promise<readonly EventSettings[]> {
    const all = await this.source.active();
    for (const settings of all) this.keep(settings.eventId, settings);
    return all;
  }

  private keep(eventId: string, settings: EventSettings | undefined): void {
    this.kept.delete(eventId);
    this.kept.set(eventId, { settings, atMs: this.now() });
    const oldest = this.kept.size > MAX_KEPT ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
  }
}
