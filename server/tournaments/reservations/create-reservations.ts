import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import { cancelSeat, extendSeat } from './changing';
import { confirmSeat } from './confirming';
import type { ReservationsContext, VerifyToken } from './context';
import { countFailure, countRefusal, countSeat } from './counts';
import { getSeat } from './ending';
import { endPauses, expireInside } from './expiring';
import { giveSeat } from './giving';
import { type PaymentHooks, paymentHooks } from './paying-elsewhere';
import type { PaymentLookup } from './payment-lookup';
import { countSeats, listSeats } from './reading';
import { createRefunds } from './refunding';
import type { Reservations } from './reservations';
import { toSeat } from './rows';
import { seatFeed } from './seat-feed';

/** How often holds and refunds are looked at. */
const BEAT_MS = 1_000;
/** How often this process looks for what others changed. */
const POLL_MS = 500;

export interface ReservationsOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly payments: PaymentLookup;
  readonly verifyToken: VerifyToken;
  /** `HOLD_SECONDS` */
  readonly holdSeconds: number;
  /** False: another process ends holds and gives fees back. */
  readonly isWorking?: boolean;
}

export interface RunningReservations extends Reservations, PaymentHooks {
  /** What the process does by itself every second: ends holds, gives fees back. Never rejects. */
  beat(): Promise<void>;
  /** Looks for what other processes changed. Never rejects. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

export function createReservations(options: ReservationsOptions): RunningReservations {
  const { db, clock, log, isWorking = true } = options;
  const feed = seatFeed(db, clock, log);
  const refunds = createRefunds(options);
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  let alarm: { readonly atMs: number; readonly cancel: () => void } | undefined;

  const now = () => new Date(clock.now());
  /** Rings when a hold ends before the next beat would see it. */
  function ringAt(at: Date): void {
    const atMs = at.getTime();
    if (isClosed || !isWorking || atMs - clock.now() > BEAT_MS || (alarm && alarm.atMs <= atMs)) return;
    alarm?.cancel();
    const cancel = clock.after(Math.max(0, atMs - clock.now()), () => {
      alarm = undefined;
      void ending();
    });
    alarm = { atMs, cancel };
  }

  async function expire(): Promise<void> {
    // What ends after this moment has an alarm of its own.
    const seen = now();
    for (let ended = await expireInside(db, seen); ended.length > 0; ended = await expireInside(db, seen))
      for (const row of ended) {
        countSeat('expired');
        feed.tell(toSeat(row, now()));
      }
    await endPauses(db, now());
    const next = await db.reservation.findFirst({
      where: { status: 'hold', isElsewhere: false, holdExpiresAt: { gt: seen } },
      orderBy: { holdExpiresAt: 'asc' },
      select: { holdExpiresAt: true },
    });
    if (next) ringAt(next.holdExpiresAt);
  }

  async function guarded(what: Parameters<typeof countFailure>[0], task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (err) {
      countFailure(what);
      log.warn({ err, what }, 'seats could not be looked at; it will be tried again');
    }
  }

  // Apart: a payment service that hangs must not keep holds from ending.
  const ending = oneAtATime(() => guarded('expiry', expire));
  const refunding = oneAtATime(() => guarded('refunds', refunds.sweep));
  const poll = oneAtATime(() => guarded('feed', () => feed.poll()));

  const ctx: ReservationsContext = {
    ...options,
    feed,
    holdMade: ringAt,
    settle: refunds.settle,
  };

  const hooks = paymentHooks(ctx);
  /** Calls under way are waited for at the end. */
  async function call<T>(task: () => Promise<T>): Promise<T> {
    const result = task();
    const settled = result.then(
      () => {},
      (error: unknown) => countRefusal(error),
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return result;
  }

  const stops = [clock.every(POLL_MS, () => void poll())];
  if (isWorking)
    stops.push(
      clock.every(BEAT_MS, () => void ending()),
      clock.every(BEAT_MS, () => void refunding()),
    );
  return {
    create: (request) => call(() => giveSeat(ctx, request)),
    get: (id, actor) => call(() => getSeat(ctx, id, actor)),
    confirm: (request) => call(() => confirmSeat(ctx, request)),
    cancel: (request) => call(() => cancelSeat(ctx, request)),
    list: (filter) => call(() => listSeats(db, filter, now())),
    extend: (request) => call(() => extendSeat(ctx, request)),
    availability: (eventId) => call(() => countSeats(db, eventId, now())),
    notePayment: (id, paymentIntentId) => call(() => hooks.notePayment(id, paymentIntentId)),
    pauseForPayment: (id) => call(() => hooks.pauseForPayment(id)),
    resumeAfterPayment: (id, isPaid) => call(() => hooks.resumeAfterPayment(id, isPaid)),
    onChange: (listener) => feed.on(({ before, item }) => listener({ before, seat: item })),
    async beat() {
      await ending();
      await refunding();
    },
    poll,
    async close() {
      isClosed = true;
      for (const stop of stops) stop();
      alarm?.cancel();
      await Promise.all([...running]);
      await Promise.all([ending.done(), refunding.done(), poll.done()]);
    },
  };
}

/** Runs a task once at a time; who asks while it runs waits for that run. */
function oneAtATime(task: () => Promise<void>): { (): Promise<void>; done(): Promise<void> } {
  let run: Promise<void> | undefined;
  const begin = () => {
    run ??= task().finally(() => {
      run = undefined;
    });
    return run;
  };
  return Object.assign(begin, { done: async () => run });
}
