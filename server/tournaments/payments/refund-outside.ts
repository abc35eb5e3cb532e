import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PaymentIntent } from '../../db/generated/client';
import { PROCESSORS } from '../ledger/accounts';
import { type PaymentContext, withSeat } from './context';
import { asked, processorOf } from './outside';
import { due, refunded, type Wish } from './refunding';
import { lockIntent } from './rows';
import { writeIntent } from './write';

/** How long a refund may take at a processor until it is tried again. */
const AGAIN_MS = 60_000;

/** A refund that is under way at a processor: kept with the intent, so that a crash leaves it to be finished. */
const underWay = z.object({
  refund: z.object({ refundId: z.string(), amount: z.int().min(1), reason: z.string() }),
});

/**
 * Sends money back through the processor that took it. While it is under way the intent is `processing`, so that no seat is
 * confirmed with it.
 */
export async function refundOutside(
  ctx: PaymentContext,
  known: PaymentIntent,
  wish: Wish,
): Promise<PaymentIntent> {
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

export const isRefundUnderWay = ({ metadata }: PaymentIntent): boolean =>
  underWay.safeParse(metadata).success;
