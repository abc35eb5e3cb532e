import { levelAt } from './bucket';
import { decideTick, disagrees, freeSeats, needsCount, openTokens, type Surroundings } from './decide-tick';
import type { NewEvent } from './events';
import type { QueueLine } from './line';
import type { EventSettings, SeatCount, SeatSource } from './sources';

/** What is due in one tick follows step by step; what is left goes into the next tick. */
const MAX_STEPS = 12;

export interface TickParts extends Omit<Surroundings, 'count' | 'nowMs'> {
  readonly seats: SeatSource;
  now(): number;
  /** The settings as they are now. */
  refetch(): Promise<EventSettings>;
}

/** Moves a queue by what is due: opening, draw, pauses, ends of turns, calls. Harmless to do in several processes. */
export async function tick(line: QueueLine, parts: TickParts): Promise<void> {
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const appended = await line.submit(due(line, parts));
    if (appended.length === 0) break;
  }
  observe(line, parts.now());
}

function due(line: QueueLine, parts: TickParts) {
  const { state } = line;
  let count: SeatCount | undefined;
  let { settings } = parts;
  return {
    key: undefined,
    wantsNewest: false,
    async prepare() {
      count = undefined;
      const { burst } = parts;
      if (disagrees(state, { settings, burst, nowMs: parts.now() })) settings = await parts.refetch();
      if (settings.seats === undefined || !needsCount(state)) return;
      count = await parts.seats.count(line.eventId, openTokens(state));
      line.isFull = count.confirmed >= count.seats;
    },
    decide: ({ nowMs }: { readonly nowMs: number }): readonly NewEvent[] =>
      decideTick(state, { ...parts, settings, nowMs, count }),
    answer(appended: readonly NewEvent[]): readonly NewEvent[] {
      if (count || settings.seats === undefined) line.free = freeSeats(state, count, parts.now());
      return appended;
    },
  };
}

function observe(line: QueueLine, nowMs: number): void {
  const { state } = line;
  line.pace.observe({
    nowMs,
    called: state.totals.called,
    left: state.totals.left,
    level: levelAt(state.bucket, nowMs),
    ratePerS: (state.settings?.admissionsPerMinute ?? 0) / 60,
    waiting: state.waiting,
    free: line.free,
    isMoving: state.isOrdered && !state.isClosed && state.pausedAtMs === undefined,
  });
}
