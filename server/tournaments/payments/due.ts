import type { PaymentIntent } from '../../db/generated/client';
import { type PaymentContext, today } from './context';
import { countFailure } from './counts';
import { lookOutside } from './outside';
import { takeTurn } from './process';
import { refundUseless } from './refund';
import { finishRefund, isRefundUnderWay } from './refund-outside';
import { COINS, isSettled } from './rows';

/** Intents looked at in one round. */
const BATCH = 200;

/**
 * Looks after intents whose time has come: those that nobody paid expire, rehearsed ones take their turn, processors are asked,
 * refunds go on. Several processes may do it at once.
 * @returns how many were looked at
 */
export async function lookAfterDue(ctx: PaymentContext): Promise<number> {
  const now = today(ctx);
  const rows = await ctx.db.paymentIntent.findMany({
    where: {
      OR: [
        { status: { in: ['pending', 'processing'] }, expiresAt: { lte: now }, processor: COINS },
        ...(ctx.scenarios
          ? [
              {
                status: { in: ['pending' as const, 'processing' as const] },
                dueAt: { lte: now },
                processor: COINS,
              },
            ]
          : []),
        // Where none is configured, those of before wait.
        ...(ctx.processor
          ? [
              {
                status: { in: ['pending' as const, 'processing' as const, 'completed' as const] },
                dueAt: { lte: now },
                processor: ctx.processor.name,
              },
            ]
          : []),
      ],
    },
    orderBy: { expiresAt: 'asc' },
    take: BATCH,
  });
  for (const row of rows) await lookAfter(ctx, row);
  return rows.length;
}

async function lookAfter(ctx: PaymentContext, row: PaymentIntent): Promise<void> {
  try {
    if (row.processor === COINS) await takeTurn(ctx, row, 'due');
    else if (isRefundUnderWay(row)) await finishRefund(ctx, await later(ctx, row));
    else if (isSettled(row.status)) await refundUseless(ctx, await later(ctx, row));
    else await lookOutside(ctx, row);
  } catch (error) {
    // One that can't be settled holds up none of the others.
    countFailure(row.processor === COINS ? 'due' : 'processor');
    ctx.log.warn({ err: error, paymentIntentId: row.id }, 'a payment could not be looked after');
  }
}

const RETRY_MS = 60_000;

/** Whatever comes of it, the next try is not at once. */
async function later(ctx: PaymentContext, row: PaymentIntent): Promise<PaymentIntent> {
  await ctx.db.paymentIntent.updateMany({
    where: { id: row.id, dueAt: row.dueAt },
    data: { dueAt: new Date(ctx.clock.now() + RETRY_MS), updatedAt: row.updatedAt },
  });
  return row;
}
