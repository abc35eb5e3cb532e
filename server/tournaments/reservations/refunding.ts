import { LRUCache } from 'lru-cache';
import type { Reservation } from '../../db/generated/client';
import type { ReservationsContext } from './context';
import { countSweep } from './counts';
import type { PaymentFacts } from './payment-lookup';
import { sideBySide } from './side-by-side';

/** Seats that are read at a time. */
const BATCH = 100;
/** What one round looks at at most; the next one goes on. */
const MAX_BATCHES = 50;
/** A payment that can't be settled yet is looked at again after 1, 2, 4 … 60 s. */
const LONGEST_WAIT_MS = 60_000;
/** Another service may take a payment that it began before it heard of the seat's end. */
const LATE_PAYMENTS_MS = 120_000;
/** Waits that are remembered; what is forgotten is looked at sooner. */
const MOST_WAITS = 10_000;

type Parts = Pick<ReservationsContext, 'db' | 'clock' | 'log' | 'payments'>;

export interface Refunds {
  /** Gives back what is due, as far as it can be now. */
  sweep(): Promise<void>;
  /** The same for one seat. Never rejects. */
  settle(reservationId: string): Promise<void>;
}

/** A payment that can't buy its seat any more, and isn't given back yet, or not all of it. */
const isDue = ({ state, amount, refundedAmount }: PaymentFacts): boolean =>
  state === 'completed' ||
  state === 'pending' ||
  state === 'processing' ||
  (state === 'refunded' && refundedAmount > 0 && refundedAmount < amount);

/**
 * Gives back what was paid for seats that are lost, and what was paid twice for seats that are there. Every seat that ends
 * and costs something is looked at (`refundDue`); each step may be done again, by any number of processes.
 */
export function createRefunds({ db, clock, log, payments }: Parts): Refunds {
  const waits = new LRUCache<string, { readonly untilMs: number; readonly tries: number }>({
    max: MOST_WAITS,
  });

  function later(id: string): void {
    const tries = (waits.get(id)?.tries ?? 0) + 1;
    waits.set(id, { tries, untilMs: clock.now() + Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) });
  }

  /** All that may have been paid for a seat; the list of a service elsewhere may lack the one that is known here. */
  async function paymentsOf({ id, paymentIntentId }: Reservation): Promise<readonly PaymentFacts[]> {
    const listed = await payments.listFor(id);
    if (paymentIntentId === null || listed.some((one) => one.paymentIntentId === paymentIntentId))
      return listed;
    const known = await payments.get(paymentIntentId);
    return known?.reservationId === id ? [...listed, known] : listed;
  }

  /** @returns whether everything is settled */
  async function giveBack(row: Reservation): Promise<boolean> {
    const { id, status, reason } = row;
    const kept = status === 'confirmed' ? row.paymentIntentId : null;
    const why = status === 'confirmed' ? 'paid_twice' : (reason ?? status);
    let isSettled = true;
    for (const { paymentIntentId, ...facts } of await paymentsOf(row))
      if (paymentIntentId !== kept && isDue({ paymentIntentId, ...facts }))
        isSettled =
          (await payments.giveBack(paymentIntentId, why, `seat:${id}:${paymentIntentId}`)) && isSettled;
    return isSettled;
  }

  /** Whether a payment may still come that nobody here hears of. */
  function mayFollow({ releaseDue, updatedAt }: Reservation): boolean {
    if (!payments.isElsewhere) return false;
    // Whoever keeps it still sells it.
    return releaseDue || clock.now() - updatedAt.getTime() < LATE_PAYMENTS_MS;
  }

  async function look(row: Reservation): Promise<void> {
    // A hold may still be bought.
    if (row.status === 'hold') return;
    try {
      if (!(await giveBack(row)) || mayFollow(row)) {
        later(row.id);
        countSweep('later');
        return;
      }
      // Whatever happened to the seat meanwhile is looked at again.
      await db.reservation.updateMany({
        where: { id: row.id, refundDue: true, updatedAt: row.updatedAt },
        data: { refundDue: false, updatedAt: row.updatedAt },
      });
      waits.delete(row.id);
      countSweep('settled');
    } catch (err) {
      later(row.id);
      countSweep('failed');
      log.warn({ err, reservationId: row.id }, 'a fee could not be given back; it will be tried again');
    }
  }

  return {
    async sweep() {
      for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
        const now = clock.now();
        const waiting = [...waits].flatMap(([id, { untilMs }]) => (untilMs > now ? [id] : []));
        const due = await db.reservation.findMany({
          where: { refundDue: true, status: { not: 'hold' }, id: { notIn: waiting } },
          orderBy: { updatedAt: 'asc' },
          take: BATCH,
        });
        await sideBySide(due, look);
        if (due.length < BATCH) return;
      }
    },
    async settle(reservationId) {
      try {
        const row = await db.reservation.findUnique({ where: { id: reservationId } });
        if (row?.refundDue) await look(row);
      } catch (err) {
        log.warn({ err, reservationId }, 'a fee could not be given back yet');
      }
    },
  };
}
