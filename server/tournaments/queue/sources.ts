/** What decides how a queue runs. */
export interface EventSettings {
  readonly eventId: string;
  /** `over`: cancelled, ended, or running without registration. In `checkin` nobody joins, and the queue still moves. */
  readonly state: 'scheduled' | 'open' | 'checkin' | 'over';
  readonly opensAt: Date;
  /** When the registration, and with it every place, ends. */
  readonly closesAt: Date;
  /** 0: nobody is called by the queue; its owner takes people from the front. */
  readonly admissionsPerMinute: number;
  /** undefined: as many as come. */
  readonly seats: number | undefined;
  readonly isPaused: boolean;
  /** Who joins before the opening is drawn. */
  readonly hasDraw: boolean;
}

/** Where the settings of events come from. */
export interface EventSource {
  /** undefined: there is no such event. */
  get(eventId: string): Promise<EventSettings | undefined>;
  /** All events whose queue has to run. */
  active(): Promise<readonly EventSettings[]>;
}

/** The seats of an event at one moment. */
export interface SeatCount {
  readonly seats: number;
  readonly held: number;
  readonly confirmed: number;
  /** Of the admissions asked for: those that were made into a reservation, whatever became of it. */
  readonly usedTokens: ReadonlySet<string>;
}

/** Where free seats come from. They are counted each time, never kept in step. */
export interface SeatSource {
  /** In one snapshot, or a seat could be seen as free and its admission as unused no longer. */
  count(eventId: string, tokenIds: readonly string[]): Promise<SeatCount>;
  /** Those of these people who hold or have a seat. */
  seated(eventId: string, userIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Several sources as one: an event belongs to the first that knows it. */
export function firstOf(...sources: readonly EventSource[]): EventSource {
  return {
    async get(eventId) {
      for (const source of sources) {
        const found = await source.get(eventId);
        if (found) return found;
      }
      return undefined;
    },
    async active() {
      return (await Promise.all(sources.map((source) => source.active()))).flat();
    },
  };
}

/** How long a queue outlives `closesAt` when nobody says that check-in has begun, in ms. */
export const CLOSING_MS = 60_000;

/**
 * Where an event is by the clock. `closing`: nobody joins and nobody is called; places stand for a minute, so that the
 * waitlist lives on into a check-in that begins at the same second.
 */
export type Phase = 'scheduled' | 'open' | 'closing' | 'checkin' | 'over';

export function phaseAt({ state, opensAt, closesAt }: EventSettings, nowMs: number): Phase {
  if (state === 'over' || state === 'checkin') return state;
  if (nowMs >= closesAt.getTime() + CLOSING_MS) return 'over';
  if (nowMs >= closesAt.getTime()) return 'closing';
  return state === 'scheduled' && nowMs < opensAt.getTime() ? 'scheduled' : 'open';
}
