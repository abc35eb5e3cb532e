import { randomUUID } from 'node:crypto';
import type { PaymentIntent } from '../../db/generated/client';
import { playerAccount } from '../ledger/accounts';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import { type PaymentContext, type Step, withSeat } from './context';
import { cancelOutside } from './outside';
import type { Payments } from './payments';
import { refundOutside } from './refund-outside';
import { due, refunded, type Wish } from './refunding';
import { COINS, isSettled, lockIntent, readOwn } from './rows';
import type { SeatInHand } from './seats';
import { endInside } from './settle';

/** What is not paid is cancelled; what is paid goes back. */

type Request = Parameters<Payments['cancel']>[0];

/**
 * Cancels what is not paid and refunds what is; a confirmed seat that was bought with it is given back along with all of
 * it, as long as seats can be. Asked again, it tells the same; after a part of it the rest can go back.
 * @throws no_payment, not_yours, bad_amount, payment_over, too_late
 */
export async function cancelPayment(
  ctx: PaymentContext,
  { paymentIntentId, reason, refundAmount, actor }: Request,
): Promise<PaymentIntent> {
  if (refundAmount !== undefined && (!Number.isSafeInteger(refundAmount) || refundAmount <= 0))
    throw refusal('bad_amount', 'bad request: the refund is no number of coins above 0.');
  const known = await readOwn(ctx.db, paymentIntentId, actor);
  const row = await end(ctx, known, { amount: refundAmount, reason, isSeatSettled: false });
  if (row.status === 'failed' || row.status === 'expired' || row.status === 'processing')
    throw refusal('payment_over', `Conflict: this payment is ${row.status}.`);
  return row;
}

/**
 * Nothing stays paid: cancels or refunds all of it. Again is fine.
 * @returns false when it can't be settled yet: a processor is at work on it, or a seat stands on it
 */
export async function giveBack(
  ctx: PaymentContext,
  paymentIntentId: string,
  reason: string,
): Promise<boolean> {
  const known = await ctx.db.paymentIntent.findUnique({ where: { id: paymentIntentId } });
  if (!known) return true;
  const row = await end(ctx, known, { amount: undefined, reason, isSeatSettled: true });
  return row.status === 'refunded'
    ? row.refundedAmount === row.amount
    : isSettled(row.status) && row.status !== 'completed';
}

async function end(ctx: PaymentContext, known: PaymentIntent, wish: Wish): Promise<PaymentIntent> {
  if (known.processor === COINS) return endOrRefund(ctx, known, wish);
  if (isSettled(known.status) || known.refundId !== null) return refundOutside(ctx, known, wish);
  const row = await cancelOutside(ctx, known, wish.reason);
  return row.status === 'completed' ? refundOutside(ctx, row, wish) : row;
}

async function endOrRefund(ctx: PaymentContext, known: PaymentIntent, wish: Wish): Promise<PaymentIntent> {
  const { row } = await withSeat(
    ctx,
    known.reservationId,
    async (tx, hand) => {
      const locked = await lockIntent(tx, known.id);
      const step = isSettled(locked.status)
        ? await refundInside(ctx, tx, locked, hand, wish)
        : await endInside(ctx, tx, locked, hand, {
            status: 'cancelled',
            failureReason: wish.reason || null,
          });
      return { row: step?.row ?? locked, steps: step ? [step] : [] };
    },
    { isForRelease: !wish.isSeatSettled },
  );
  return row;
}

async function refundInside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  wish: Wish,
): Promise<Step | undefined> {
  const amount = await due(ctx, row, hand, wish);
  if (amount === undefined) return undefined;
  return refunded(
    ctx,
    tx,
    row,
    { amount, refundId: randomUUID(), to: playerAccount(row.userId) },
    wish.reason,
  );
}

/** Money that bought nothing goes back. */
export const refundUseless = (ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> =>
  end(ctx, known, { amount: undefined, reason: known.failureReason ?? '', isSeatSettled: true });
