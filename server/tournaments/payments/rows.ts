import type { PaymentIntent, Prisma, PrismaClient } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import type { Actor } from '../reservations/reservations';
import type { Payment, PaymentState } from './payments';

/** Who moves the money when no outside processor does. */
export const COINS = 'coins';
export const CURRENCY = 'COIN';

/** A burst waits for a connection of the pool instead of failing. */
export const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

/** Nothing moves such a payment any more, a refund excepted. */
export const isSettled = (state: PaymentState): boolean => state !== 'pending' && state !== 'processing';

/** An intent's row as the rest of the server sees it. */
export function toPayment(row: PaymentIntent): Payment {
  return {
    paymentIntentId: row.id,
    reservationId: row.reservationId,
    userId: row.userId,
    state: row.status,
    amount: Number(row.amount),
    method: row.method,
    transactionId: row.transactionId ?? undefined,
    failureReason: row.failureReason ?? undefined,
    refundedAmount: Number(row.refundedAmount),
    refundId: row.refundId ?? undefined,
    clientSecret: row.clientSecret ?? undefined,
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    processedAt: row.processedAt ?? undefined,
  };
}

/** @throws no_payment, not_yours */
export async function readOwn(
  db: PrismaClient | Tx,
  paymentIntentId: string,
  actor: Actor,
): Promise<PaymentIntent> {
  const row = await db.paymentIntent.findUnique({ where: { id: paymentIntentId } });
  if (!row) throw refusal('no_payment', 'Payment not found.');
  if (actor !== 'trusted' && actor.playerId !== row.userId)
    throw refusal('not_yours', 'This payment is somebody else’s.');
  return row;
}

/** Keeps an intent as it is until the transaction ends. @throws no_payment */
export async function lockIntent(tx: Tx, paymentIntentId: string): Promise<PaymentIntent> {
  await tx.$queryRaw`SELECT 1 FROM "PaymentIntent" WHERE "id" = ${paymentIntentId} FOR UPDATE`;
  return readOwn(tx, paymentIntentId, 'trusted');
}

export type IntentPatch = Omit<Prisma.PaymentIntentUncheckedUpdateInput, 'updatedAt' | 'id'>;

/** Each version of a row is later than the one before, whosever clock made it: nobody misses one. */
export const nextVersion = ({ updatedAt }: Pick<PaymentIntent, 'updatedAt'>, now: Date): Date =>
  new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
