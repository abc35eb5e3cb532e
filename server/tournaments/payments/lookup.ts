import type { PaymentIntent } from '../../db/generated/client';
import type { PaymentFacts, PaymentLookup } from '../reservations/payment-lookup';
import type { PaymentContext } from './context';
import { giveBack } from './refund';
import { lockIntent } from './rows';

const factsOf = (row: PaymentIntent): PaymentFacts => ({
  paymentIntentId: row.id,
  reservationId: row.reservationId,
  userId: row.userId,
  state: row.status,
  amount: Number(row.amount),
  currency: row.currency,
  refundedAmount: Number(row.refundedAmount),
});

/** Payments as the seats in the same database use them. */
export function lookupHere(ctx: PaymentContext): PaymentLookup {
  return {
    isElsewhere: false,
    async get(paymentIntentId) {
      const row = await ctx.db.paymentIntent.findUnique({ where: { id: paymentIntentId } });
      return row ? factsOf(row) : undefined;
    },
    async listFor(reservationId) {
      const rows = await ctx.db.paymentIntent.findMany({
        where: { reservationId },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(factsOf);
    },
    // A payment is given back once by its own state: no key is needed.
    giveBack: (paymentIntentId, reason) => giveBack(ctx, paymentIntentId, reason),
    async claim(tx, paymentIntentId) {
      const known = await tx.paymentIntent.findUnique({
        where: { id: paymentIntentId },
        select: { id: true },
      });
      return known ? factsOf(await lockIntent(tx, paymentIntentId)) : undefined;
    },
  };
}
