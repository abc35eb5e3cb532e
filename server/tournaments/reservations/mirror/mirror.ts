import type { Logger } from 'pino';
import type { Clock } from '../../../clock';
import type { Db } from '../../../db/client';
import { countFailure, countTold } from '../counts';
import { isLive } from '../hold';
import type { Seat } from '../reservations';
import { toSeat } from '../rows';
import { sideBySide } from '../side-by-side';
import { listen } from './listen';
import { type EventMemory, isDue, isFresh, isSettled, newMemory } from './memory';
import { createReleases } from './releases';
import { saysNothing, type Taken, takeOver } from './take-over';
import type { SeatKeeper, ToldSeat } from './told';
import { createWarnings } from './warnings';

/** How often everything that is open is asked about. */
const ROUND_MS = 2_000;

export interface SeatMirrorOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly keeper: SeatKeeper;
  /** Called for each seat that changed here. */
  readonly changed: (seat: Seat) => void;
}

/** Seats that another service keeps, as the rest of the arcade sees them: rows like those of its own. */
export interface SeatMirror {
  /**
   * Takes over what an answer has told.
   * @param isSure what does not fit has been looked at once more: it is given back
   * @returns what became of it
   */
  tell(told: ToldSeat, isSure?: boolean): Promise<Taken>;
  /** Asks about every seat of an event. @throws what the service that keeps them could not do */
  catchUp(eventId: string): Promise<void>;
  /** Whether enough was heard lately to say which seats are free. */
  isCurrent(eventId: string): boolean;
  /** Seats of an event that are taken over there and are none here, as nobody here has their person's id, say. */
  unfit(eventId: string): number;
  /**
   * Everything was heard that was told before the start, as far as rounds have shown by now; whoever keeps seats and does
   * not answer is waited for for two minutes.
   */
  isSettled(event: { readonly id: string; readonly startsAt: Date }): boolean;
  /** One round of what happens by itself every two seconds, from the start on. Never rejects. */
  beat(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

export function createSeatMirror(options: SeatMirrorOptions): SeatMirror {
  const { db, clock, log, keeper, changed } = options;
  const memories = new Map<string, EventMemory>();
  const looks = new Map<string, { running: Promise<void>; next?: Promise<void> }>();
  const warnings = createWarnings(log);
  const releases = createReleases(options, warnings);
  let running: Promise<void> | undefined;
  let isClosed = false;
  let stop = () => {};

  function memoryOf(eventId: string): EventMemory {
    const memory = memories.get(eventId) ?? newMemory(clock.now());
    memories.set(eventId, memory);
    return memory;
  }

  async function take(told: ToldSeat, isSure = false): Promise<Taken> {
    const now = new Date(clock.now());
    const taken = await takeOver(db, told, now, isSure);
    if ('changed' in taken && taken.changed) {
      const memory = memories.get(told.eventId);
      if (memory) memory.busyAt = clock.now();
      countTold(taken.changed.status);
      changed(toSeat(taken.changed, now));
    }
    const { reservationId } = told;
    if (taken.is === 'lost')
      warnings.warn(
        `${reservationId} lost`,
        { reservationId, why: taken.why },
        'a seat kept elsewhere is none here',
      );
    return taken;
  }

  /** Asks about an event, and writes down what is told: one seat that can't be written keeps none of the others. */
  async function look(eventId: string): Promise<void> {
    const beganAt = clock.now();
    const { told, unclear } = await listen({ db, keeper, warnings }, eventId, beganAt);
    const known = await rowsOf(told);
    const memory = memoryOf(eventId);
    const doubts = new Set<string>();
    let isWhole = unclear.length === 0;
    // What ended makes room for what begins.
    for (const one of told.toSorted((a, b) => Number(isLive(a.state)) - Number(isLive(b.state)))) {
      const { reservationId } = one;
      const row = known.get(reservationId);
      if (row && (!row.isElsewhere || saysNothing(row, one))) continue;
      try {
        const taken = await take(one, memory.doubts.has(reservationId));
        warnings.isWell(reservationId);
        if (taken.is === 'later') doubts.add(reservationId);
      } catch (err) {
        isWhole = false;
        if (isLive(one.state) && !row) doubts.add(reservationId);
        countFailure('mirror');
        warnings.warn(
          reservationId,
          { err, reservationId },
          'a seat kept elsewhere could not be written down; it will be tried again',
        );
      }
    }
    for (const { updatedAt } of known.values()) memory.busyAt = Math.max(memory.busyAt, updatedAt.getTime());
    if (doubts.size > 0) memory.busyAt = beganAt;
    Object.assign(memory, { doubts, isWhole, heardAt: beganAt });
  }

  async function rowsOf(told: readonly ToldSeat[]) {
    const rows = await db.reservation.findMany({
      where: { id: { in: told.map(({ reservationId }) => reservationId) } },
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** One look at an event at a time; who asks during one gets the next, as the answer may be older than what was told. */
  function catchUp(eventId: string): Promise<void> {
    const looking = looks.get(eventId);
    if (!looking) {
      const begun = look(eventId).finally(() => {
        if (looks.get(eventId)?.running === begun) looks.delete(eventId);
      });
      looks.set(eventId, { running: begun });
      return begun;
    }
    looking.next ??= looking.running.catch(() => {}).then(() => catchUp(eventId));
    return looking.next;
  }

  async function lookInRound({ id, startsAt }: { id: string; startsAt: Date }): Promise<void> {
    if (isClosed || !isDue(memoryOf(id), { startsAt }, clock.now())) return;
    try {
      await catchUp(id);
      warnings.isWell(id);
    } catch (err) {
      countFailure('mirror');
      warnings.warn(
        id,
        { err, tournamentId: id },
        'seats kept elsewhere could not be looked at; it will be tried again',
      );
      memoryOf(id).isOurs = (await db.reservation.count({ where: { eventId: id, isElsewhere: false } })) > 0;
    }
  }

  async function lookAtAll(): Promise<void> {
    const open = await db.tournament.findMany({
      where: {
        status: { in: ['scheduled', 'open', 'checkin'] },
        opensAt: { lte: new Date(clock.now()) },
      },
      select: { id: true, startsAt: true },
    });
    const ids = new Set(open.map(({ id }) => id));
    for (const known of [...memories.keys()]) if (!ids.has(known)) memories.delete(known);
    await sideBySide(open, lookInRound);
  }

  async function guarded(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (err) {
      countFailure('mirror');
      log.warn({ err }, 'seats kept elsewhere could not be looked at; it will be tried again');
    }
  }

  async function round(): Promise<void> {
    await guarded(lookAtAll);
    if (!isClosed) await guarded(releases.sweep);
  }

  function beat(): Promise<void> {
    if (isClosed) return Promise.resolve();
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    tell: take,
    catchUp,
    isCurrent: (eventId) => isFresh(memories.get(eventId), clock.now()),
    unfit: (eventId) => memories.get(eventId)?.doubts.size ?? 0,
    isSettled: ({ id, startsAt }) => isSettled(memories.get(id), { startsAt }, clock.now()),
    beat,
    start() {
      stop = clock.every(ROUND_MS, () => void beat());
      void beat();
    },
    async close() {
      isClosed = true;
      stop();
      await running;
    },
  };
}
