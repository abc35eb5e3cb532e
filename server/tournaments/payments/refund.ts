import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PaymentIntent } from '../../db/generated/client';
import { FEES, isPlayer, PROCESSORS, playerAccount } from '../ledger/accounts';
import { type Tx, transfer } from '../ledger/ledger';
import { reasonOf, refusal } from '../refusals';
import { type PaymentContext, type Step, today, withSeat } from './context';
import { asked, cancelOutside, processorOf } from './outside';
import type { Payments } from './payments';
import { COINS, isSettled, lockIntent, readOwn } from './rows';
import type { SeatInHand } from './seats';
import { endInside, feeKey } from './settle';
import { writeIntent } from './write';

/** What is not paid is cancelled; what is paid goes back. */

/** How long a refund may take at a processor until it is tried again. */
const AGAIN_MS = 60_000;

/** A refund that is under way at a processor: kept with the intent, so that a crash leaves it to be finished. */
const underWay = z.object({
  refund: z.object({ refundId: z.string(), amount: z.int().min(1), reason: z.string() }),
});

interface Wish {
  /** undefined: all that is left */
  readonly amount: number | undefined;
  readonly reason: string;
  /** What becomes of the seat is decided; a seat that stands keeps its payment. */
  readonly isSeatSettled: boolean;
}

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

/**
 * How much goes back now; undefined when nothing does. The seat that it paid for goes with all of it.
 * @throws bad_amount, payment_over, too_late
 */
async function due(
  ctx: PaymentContext,
  row: PaymentIntent,
  hand: SeatInHand | null,
  { amount, reason, isSeatSettled }: Wish,
): Promise<number | undefined> {
  const left = Number(row.amount - row.refundedAmount);
  if (row.status !== 'completed' && row.status !== 'refunded') return undefined;
  // Asked for a part again: it went back already.
  if (left === 0 || (row.status === 'refunded' && amount !== undefined)) return undefined;
  if (amount !== undefined && amount > left)
    throw refusal('bad_amount', `bad request: ${left} coins can go back, not ${amount}.`);
  const seat = hand?.seat;
  if (seat?.state === 'confirmed' && (seat.paymentIntentId ?? row.id) === row.id) {
    if (isSeatSettled) return undefined;
    if (!hand?.release || (amount ?? left) !== left)
      throw refusal('payment_over', 'Conflict: a seat was bought with it; give the seat back.');
    await hand.release(reason, today(ctx));
  }
  return amount ?? left;
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

async function refunded(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  { amount, refundId, to }: { readonly amount: number; readonly refundId: string; readonly to: string },
  reason: string,
): Promise<Step> {
  await payBack(tx, row, to, amount);
  const after = await writeIntent(ctx, tx, row, {
    status: 'refunded',
    refundedAmount: row.refundedAmount + BigInt(amount),
    refundId,
    dueAt: null,
    metadata: reason ? { reason } : {},
  });
  return { row: after, before: row.status };
}

/** From where the fee went; what that lacks, as prizes were paid of it, the house pays. */
async function payBack(tx: Tx, row: PaymentIntent, to: string, amount: number): Promise<void> {
  const fee = await tx.ledgerEntry.findFirst({
    where: { transfer: { key: feeKey(row.id) }, amount: { gt: 0 } },
    select: { accountId: true, transfer: { select: { reason: true } } },
  });
  if (!fee) throw new Error(`The fee of ${row.id} is not in the books`);
  const from = (accountId: string) =>
    transfer(tx, {
      key: `refund:${row.id}:${row.refundedAmount}`,
      kind: 'refund',
      reason: fee.transfer.reason,
      actorId: null,
      entries: [
        { accountId: to, amount },
        { accountId, amount: -amount },
      ],
    });
  try {
    await from(fee.accountId);
  } catch (error) {
    // The ledger says so before it writes anything.
    if (reasonOf(error) !== 'no_funds' || isPlayer(fee.accountId)) throw error;
    await from(FEES);
  }
}

/**
 * Sends money back through the processor that took it. While it is under way the intent is `processing`, so that no seat is
 * confirmed with it.
 */
async function refundOutside(ctx: PaymentContext, known: PaymentIntent, wish: Wish): Promise<PaymentIntent> {
  const claimed = await withSeat(
    ctx,
    known.reservationId,
    async (tx, hand) => {
      const row = await lockIntent(tx, known.id);
      if (underWay.safeParse(row.metadata).success) return { row, steps: [] };
      const amount = await due(ctx, row, hand, wish);
      if (amount === undefined) return { row, steps: [] };
      const after = await writeIntent(ctx, tx, row, {
        status: 'processing',
        refundId: row.refundId ?? randomUUID(),
        dueAt: new Date(ctx.clock.now() + AGAIN_MS),
        metadata: { refund: { refundId: randomUUID(), amount, reason: wish.reason } },
      });
      return { row: after, steps: [{ row: after, before: row.status }] };
    },
    { isForRelease: !wish.isSeatSettled },
  );
  return finishRefund(ctx, claimed.row);
}

/** Goes on with a refund that is under way; nothing where there is none. */
export async function finishRefund(ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> {
  const plan = underWay.safeParse(known.metadata);
  if (!plan.success || known.externalId === null) return known;
  const { amount, reason } = plan.data.refund;
  const { refundId } = await asked(
    processorOf(ctx, known).refund({
      key: `refund:${plan.data.refund.refundId}`,
      id: known.externalId,
      amount,
    }),
  );
  const { row } = await withSeat(ctx, known.reservationId, async (tx) => {
    const locked = await lockIntent(tx, known.id);
    // Somebody else finished it meanwhile.
    if (!underWay.safeParse(locked.metadata).success) return { row: locked, steps: [] };
    const step = await refunded(ctx, tx, locked, { amount, refundId, to: PROCESSORS }, reason);
    return { row: step.row, steps: [step] };
  });
  return row;
}

/** Money that bought nothing goes back. */
export const refundUseless = (ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> =>
  end(ctx, known, { amount: undefined, reason: known.failureReason ?? '', isSeatSettled: true });

export const isRefundUnderWay = ({ metadata }: PaymentIntent): boolean =>
  underWay.safeParse(metadata).success;
