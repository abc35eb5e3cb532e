import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import { countFailedTick } from './counts';
import type { QueueLine } from './line';
import type { Lines, OpenLine } from './lines';
import type { QueueLog } from './log';
import type { SettingsCache } from './settings-cache';
import type { EventSettings, SeatSource } from './sources';
import { tick } from './tick';

/** A queue that is full and still is looked at this often, and so is the list of events. */
const RESTING_MS = 1_000;
/** From one look for an unknown token to the next. */
const LOOK_MS = 100;
/** How long a queue that is over can still be asked about. */
const KEPT_MS = 600_000;

export interface RunnerParts {
  readonly lines: Lines;
  readonly cache: SettingsCache;
  readonly log: QueueLog;
  readonly seats: SeatSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly admissionMs: number;
  readonly burst: number | undefined;
}

/** What moves the queues of this process when nobody asks for anything. */
export interface Runner {
  /** Reads on and does what is due in all queues. Never rejects. */
  beat(): Promise<void>;
  /** Looks at one queue now, with fresh settings. */
  poke(eventId: string): void;
  /** Resolves when every queue that had begun, and every place that was given, before the call is known here. */
  look(): Promise<void>;
  /** One queue that fails must not hold up the others. */
  guarded(eventId: string, task: () => Promise<unknown>): Promise<void>;
  settled(): Promise<void>;
}

/** An event that nobody knows any more is over. */
function vanished(line: QueueLine): EventSettings {
  const noted = line.state.settings;
  return {
    eventId: line.eventId,
    state: 'over',
    opensAt: new Date(noted?.opensAt ?? 0),
    closesAt: new Date(noted?.closesAt ?? 0),
    admissionsPerMinute: noted?.admissionsPerMinute ?? 0,
    seats: noted?.seats,
    isPaused: false,
    hasDraw: false,
  };
}

export function createRunner(parts: RunnerParts): Runner {
  const { lines, cache, log, clock, logger } = parts;
  const restUntil = new Map<string, number>();
  let listedAtMs = Number.NEGATIVE_INFINITY;
  let beating: Promise<void> | undefined;

  async function guarded(eventId: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      countFailedTick();
      logger.warn({ eventId, err: error }, 'a queue could not be moved on');
    }
  }

  async function move({ line, seed }: OpenLine): Promise<void> {
    const { eventId, state } = line;
    await tick(line, {
      settings: cache.last(eventId) ?? vanished(line),
      refetch: async () => (await cache.fetch(eventId)) ?? vanished(line),
      seed,
      seats: parts.seats,
      admissionMs: parts.admissionMs,
      burst: parts.burst,
      now: () => clock.now(),
    });
    const isResting = line.free <= 0 && state.outstanding.size === 0 && state.lingering.size === 0;
    if (isResting) restUntil.set(eventId, clock.now() + RESTING_MS);
    else restUntil.delete(eventId);
    if (!state.isClosed || state.closedAtMs + KEPT_MS > clock.now()) return;
    lines.release(eventId);
    restUntil.delete(eventId);
    await log.retire?.(eventId);
  }

  /** Queues that began, settings that changed, events that are active no more. */
  async function list(): Promise<void> {
    listedAtMs = clock.now();
    const active = await cache.active();
    const ids = new Set(active.map(({ eventId }) => eventId));
    const gone = [...lines.open.keys()].filter((eventId) => !ids.has(eventId));
    await Promise.all(gone.map((eventId) => cache.fetch(eventId)));
    for (const event of active) {
      if (!lines.open.has(event.eventId)) await guarded(event.eventId, () => lines.get(event));
    }
  }

  async function moveAll(): Promise<void> {
    if (clock.now() - listedAtMs >= RESTING_MS) await list();
    await lines.follow();
    const due = [...lines.open.values()].filter(
      ({ line }) => (restUntil.get(line.eventId) ?? 0) <= clock.now(),
    );
    await Promise.all(due.map((open) => guarded(open.line.eventId, () => move(open))));
  }

  let looking: Promise<void> = Promise.resolve();
  let nextLook: Promise<void> | undefined;
  /** Whoever asks while one look is under way shares the next one: that one may have begun too early for them. */
  function look(): Promise<void> {
    nextLook ??= looking.then(() => {
      nextLook = undefined;
      const looked = list().then(() => lines.follow());
      // Invented tokens must not make the database busy.
      looking = Promise.allSettled([looked, delay(LOOK_MS)]).then(() => undefined);
      return looked;
    });
    return nextLook;
  }

  return {
    guarded,
    look,
    beat() {
      beating ??= guarded('all', moveAll).finally(() => {
        beating = undefined;
      });
      return beating;
    },
    poke(eventId) {
      const open = lines.open.get(eventId);
      if (!open) return;
      restUntil.delete(eventId);
      void guarded(eventId, async () => {
        await cache.fetch(eventId);
        await move(open);
      });
    },
    async settled() {
      await beating;
      await Promise.all([...lines.open.values()].map(({ line }) => line.settled()));
    },
  };
}
