import type { PaymentIntent } from '../../db/generated/client';
import { FEES, isPlayer } from '../ledger/accounts';
import { type Tx, transfer } from '../ledger/ledger';
import { reasonOf, refusal } from '../refusals';
import { type PaymentContext, type Step, today } from './context';
import type { SeatInHand } from './seats';
import { feeKey } from './settle';
import { writeIntent } from './write';

/** What a refund comes to, whoever holds the money: how much, and what is written of it. */

export interface Wish {
  /** undefined: all that is left */
  readonly amount: number | undefined;
  readonly reason: string;
  /** What becomes of the seat is decided; a seat that stands keeps its payment. */
  readonly isSeatSettled: boolean;
}

/**
 * How much goes back now; undefined when nothing does. The seat that it paid for goes with all of it.
 * @throws bad_amount, payment_over, too_late
 */
export async function due(
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

/** Writes a refund down, the coins with it. */
export async function refunded(
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
