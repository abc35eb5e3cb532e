import type { Logger } from 'pino';
import type { Clock } from '../../../clock';
import type { Db } from '../../../db/client';
import { countFailure, countTold } from '../counts';
import { isLive } from '../hold';
import type { Seat } from '../reservations';
import { toSeat } from '../rows';
import { createReleases } from './releases';
import { type Taken, takeOver } from './take-over';
import type { SeatKeeper, ToldSeat } from './told';

/** How often everything that is open is asked about. */
const ROUND_MS = 2_000;
/** What was heard longer ago says nothing of the seats that are free. */
const FRESH_MS = 15_000;
/** A tournament waits for what is told of its seats this long, and then starts with what is known. */
const PATIENCE_MS = 120_000;
const SIDE_BY_SIDE = 8;

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
  /** Takes over what an answer has told. @returns what became of it */
  tell(told: ToldSeat): Promise<Taken>;
  /** Asks about every seat of an event. @throws what the service that keeps them could not do */
  catchUp(eventId: string): Promise<void>;
  /** Whether enough was heard lately to say which seats are free. */
  isCurrent(eventId: string): boolean;
  /** Seats of an event that are taken over there and are none here, as nobody here has their person's id, say. */
  unfit(eventId: string): number;
  /**
   * Everything was heard that was told before the start; whoever keeps seats and does not answer is waited for for two
   * minutes.
   */
  isSettled(event: { readonly id: string; readonly startsAt: Date }): Promise<boolean>;
  /** One round of what happens by itself every two seconds, from the start on. Never rejects. */
  beat(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

export function createSeatMirror({ db, clock, log, keeper, changed }: SeatMirrorOptions): SeatMirror {
  const heardAt = new Map<string, number>();
  /** What did not fit at the last look, by event: only what doesn't fit twice is given back. */
  const doubts = new Map<string, ReadonlySet<string>>();
  const releases = createReleases({ db, clock, log, keeper });
  let running: Promise<void> | undefined;
  let isClosed = false;
  let stop = () => {};

  async function take(told: ToldSeat, isSure = false): Promise<Taken> {
    const now = new Date(clock.now());
    const taken = await takeOver(db, told, now, isSure);
    if ('changed' in taken && taken.changed) {
      countTold(taken.changed.status);
      changed(toSeat(taken.changed, now));
    }
    if (taken.is === 'lost')
      log.warn({ reservationId: told.reservationId, why: taken.why }, 'a seat kept elsewhere is none here');
    return taken;
  }

  /** Seats that are live here and that the list did not show. */
  async function heard(eventId: string): Promise<ToldSeat[]> {
    const listed = await keeper.list(eventId);
    const told = new Map((listed ?? []).map((one) => [one.reservationId, one]));
    const rows = await db.reservation.findMany({
      where: { eventId, isElsewhere: true, status: { in: ['hold', 'confirmed'] } },
    });
    const missing = rows.filter(({ id }) => !told.has(id));
    const work = async () => {
      for (let row = missing.pop(); row; row = missing.pop()) {
        const one = await keeper.get(row.id);
        if (one) told.set(row.id, one);
        // It has forgotten a hold that is over; one that was confirmed stands as it was told.
        else if (row.status === 'hold' && row.holdExpiresAt.getTime() <= clock.now())
          told.set(row.id, endOf(row));
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return [...told.values()];
  }

  async function catchUp(eventId: string): Promise<void> {
    const beganAt = clock.now();
    const told = await heard(eventId);
    const known = new Map(
      (await db.reservation.findMany({ where: { id: { in: told.map((one) => one.reservationId) } } })).map(
        (row) => [row.id, row],
      ),
    );
    const before = doubts.get(eventId);
    const after = new Set<string>();
    // What ended makes room for what begins.
    for (const one of told.toSorted((a, b) => Number(isLive(a.state)) - Number(isLive(b.state)))) {
      const row = known.get(one.reservationId);
      if (row && (!row.isElsewhere || saysNothing(row, one))) continue;
      const taken = await take(one, before?.has(one.reservationId));
      if (taken.is === 'later') after.add(one.reservationId);
    }
    doubts.set(eventId, after);
    heardAt.set(eventId, beganAt);
  }

  const isHeardSince = (eventId: string, atMs: number) => (heardAt.get(eventId) ?? 0) >= atMs;

  async function round(): Promise<void> {
    const open = await db.tournament.findMany({
      where: {
        status: { in: ['scheduled', 'open', 'checkin'] },
        opensAt: { lte: new Date(clock.now()) },
      },
      select: { id: true },
    });
    for (const known of [...heardAt.keys()])
      if (!open.some(({ id }) => id === known)) {
        heardAt.delete(known);
        doubts.delete(known);
      }
    for (const { id } of open) {
      if (isClosed) return;
      await catchUp(id);
    }
    await releases.sweep();
  }

  function beat(): Promise<void> {
    if (isClosed) return Promise.resolve();
    running ??= round()
      .catch((err: unknown) => {
        countFailure('mirror');
        log.warn({ err }, 'seats kept elsewhere could not be looked at; it will be tried again');
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    tell: (told) => take(told),
    catchUp,
    isCurrent: (eventId) => isHeardSince(eventId, clock.now() - FRESH_MS),
    unfit: (eventId) => doubts.get(eventId)?.size ?? 0,
    async isSettled({ id, startsAt }) {
      if (isHeardSince(id, startsAt.getTime())) return true;
      try {
        await catchUp(id);
        return true;
      } catch (err) {
        // One of ours on the same database: everything it told is here.
        if ((await db.reservation.count({ where: { eventId: id, isElsewhere: false } })) > 0) return true;
        log.warn({ err, tournamentId: id }, 'a tournament waits for what is told of its seats');
        return clock.now() >= startsAt.getTime() + PATIENCE_MS;
      }
    },
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

type Row = Awaited<ReturnType<Db['reservation']['findMany']>>[number];

const endOf = ({ id, eventId, userId, fee, holdExpiresAt }: Row): ToldSeat => ({
  reservationId: id,
  eventId,
  userId,
  state: 'expired',
  seat: undefined,
  fee,
  holdExpiresAt,
  paymentIntentId: undefined,
  orderId: undefined,
});

/** Most of what is told is known. */
const saysNothing = (row: Row, told: ToldSeat): boolean =>
  row.status === told.state &&
  (row.status !== 'hold' ||
    told.holdExpiresAt === undefined ||
    told.holdExpiresAt.getTime() === row.holdExpiresAt.getTime()) &&
  (row.paymentIntentId !== null || told.paymentIntentId === undefined) &&
  (row.fee > 0 || told.fee === 0);
