import type { PaymentIntent } from '../../db/generated/client';
import { ELSEWHERE, PROCESSORS, playerAccount } from '../ledger/accounts';
import { type Tx, transfer } from '../ledger/ledger';
import { reasonOf } from '../refusals';
import { type PaymentContext, type Step, today } from './context';
import { isPayable } from './payable';
import { COINS, isSettled } from './rows';
import type { SeatInHand } from './seats';
import { writeIntent } from './write';

/** How payments end. With seat and intent locked. */

/** Why a payment failed; pages tell it in their own words. */
export type FailureReason =
  | 'no_funds'
  | 'declined'
  | 'reservation_over'
  | 'paid_otherwise'
  | 'processor_unavailable';

/** Why the seat can't be had for this payment any more; undefined when it can, or where nobody can be asked. */
async function whyNot(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
): Promise<FailureReason | undefined> {
  const seat = hand?.seat;
  if (!hand) return 'reservation_over';
  if (seat && !isPayable(seat, today(ctx))) return 'reservation_over';
  if (seat && (seat.userId !== row.userId || BigInt(seat.fee) !== row.amount)) return 'reservation_over';
  const paid = await tx.paymentIntent.findFirst({
    where: { reservationId: row.reservationId, status: 'completed', id: { not: row.id } },
    select: { id: true },
  });
  return paid ? 'paid_otherwise' : undefined;
}

/** Moves the coins: it completes, or fails where they are too few or the seat is gone. */
export async function payInside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
): Promise<Step> {
  const refused = await whyNot(ctx, tx, row, hand);
  if (refused || !hand) return failInside(ctx, tx, row, hand, refused ?? 'reservation_over');
  try {
    const transactionId = await take(tx, row, hand, playerAccount(row.userId));
    return await completeInside(ctx, tx, row, hand, transactionId);
  } catch (error) {
    // The ledger says so before it writes anything.
    if (reasonOf(error) !== 'no_funds') throw error;
    return failInside(ctx, tx, row, hand, 'no_funds');
  }
}

/** A processor took the money: it is in the books whatever became of the seat, and goes back where that is lost. */
export async function paidOutside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
): Promise<Step> {
  const refused = await whyNot(ctx, tx, row, hand);
  await take(tx, row, hand, PROCESSORS);
  const step = await completeInside(ctx, tx, row, refused ? null : hand, row.externalId, refused);
  if (refused && hand?.seat) await hand.owes(today(ctx));
  return step;
}

/** @returns the transfer's id */
async function take(tx: Tx, row: PaymentIntent, hand: SeatInHand | null, from: string): Promise<string> {
  const amount = Number(row.amount);
  const event = hand?.seat
    ? await tx.tournament.findUnique({ where: { id: hand.seat.eventId }, select: { name: true } })
    : null;
  const { transferId } = await transfer(tx, {
    key: feeKey(row.id),
    kind: 'fee',
    // What its owner reads in the wallet.
    reason: event?.name ?? null,
    actorId: row.userId,
    entries: [
      { accountId: from, amount: -amount },
      { accountId: hand?.account ?? ELSEWHERE, amount },
    ],
  });
  return transferId;
}

export const feeKey = (paymentIntentId: string): string => `fee:${paymentIntentId}`;

async function completeInside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  transactionId: string | null,
  refused?: FailureReason,
): Promise<Step> {
  const now = today(ctx);
  const after = await writeIntent(ctx, tx, row, {
    status: 'completed',
    transactionId,
    failureReason: refused ?? null,
    processedAt: now,
    // Money that buys nothing goes back at once.
    dueAt: refused ? now : null,
  });
  await hand?.ended({ id: row.id, isPaid: true }, now);
  const also = refused ? [] : await dropOthers(ctx, tx, row);
  return { row: after, before: row.status, also };
}

/** Other intents for the same seat: nobody pays it twice. Those at a processor are cancelled there when they are due. */
async function dropOthers(ctx: PaymentContext, tx: Tx, paid: PaymentIntent): Promise<Step[]> {
  const open = await tx.paymentIntent.findMany({
    where: {
      reservationId: paid.reservationId,
      id: { not: paid.id },
      status: { in: ['pending', 'processing'] },
      processor: COINS,
    },
  });
  const dropped: Step[] = [];
  for (const row of open)
    dropped.push({
      row: await writeIntent(ctx, tx, row, {
        status: 'cancelled',
        failureReason: 'paid_otherwise',
        dueAt: null,
      }),
      before: row.status,
    });
  return dropped;
}

export function failInside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  failureReason: FailureReason,
): Promise<Step> {
  return endInside(ctx, tx, row, hand, { status: 'failed', failureReason, processedAt: today(ctx) });
}

/** It ends without having been paid. */
export async function endInside(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  patch: {
    readonly status: 'failed' | 'cancelled' | 'expired';
    readonly failureReason?: string | null;
    readonly processedAt?: Date;
  },
): Promise<Step> {
  if (isSettled(row.status)) throw new Error(`The payment ${row.id} is ${row.status} already`);
  const after = await writeIntent(ctx, tx, row, { ...patch, dueAt: null });
  await hand?.ended({ id: row.id, isPaid: false }, today(ctx));
  return { row: after, before: row.status };
}
