import type { Reservation } from '../../db/generated/client';
import type { ReservationsContext } from './context';
import { isHeld, pause, resume } from './hold';
import { lockSeat, nextVersion, TRANSACTION, toSeat } from './rows';

/** What whoever makes payments in a database of its own tells of them; a seat that is over is left as it is. */
export interface PaymentHooks {
  /** An intent was made: should the seat be lost, what was paid with it is found and given back. */
  notePayment(reservationId: string, paymentIntentId: string): Promise<void>;
  /** Somebody begins to pay: the countdown stands, once, for at most two minutes. */
  pauseForPayment(reservationId: string): Promise<void>;
  /** The payment ended; what is left of the pause is taken back. Who has paid keeps time to confirm. */
  resumeAfterPayment(reservationId: string, isPaid: boolean): Promise<void>;
}

type Patch = Partial<Pick<Reservation, 'paymentIntentId' | 'holdExpiresAt' | 'pausedAt' | 'pauseUsed'>>;

export function paymentHooks(ctx: ReservationsContext): PaymentHooks {
  async function change(
    reservationId: string,
    decide: (row: Reservation, now: Date) => Patch | undefined,
  ): Promise<void> {
    const now = () => new Date(ctx.clock.now());
    const row = await ctx.db.$transaction(async (tx) => {
      const locked = await lockSeat(tx, reservationId);
      const patch = locked && isHeld(locked, now()) ? decide(locked, now()) : undefined;
      if (!locked || !patch) return undefined;
      return tx.reservation.update({
        where: { id: reservationId },
        data: { ...patch, updatedAt: nextVersion(locked, now()) },
      });
    }, TRANSACTION);
    if (!row) return;
    ctx.feed.tell(toSeat(row, now()));
    ctx.holdMade(row.holdExpiresAt);
  }

  return {
    notePayment: (id, paymentIntentId) => change(id, () => ({ paymentIntentId })),
    pauseForPayment: (id) => change(id, pause),
    resumeAfterPayment: (id, isPaid) => change(id, (row, now) => resume(row, now, isPaid)),
  };
}
