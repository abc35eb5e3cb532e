import { randomUUID } from 'node:crypto';
import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { type PaymentContext, today } from './context';
import { type IntentPatch, isSettled, nextVersion } from './rows';
import { bodyOf } from './webhook-body';

/** Changes an intent, and puts the webhook that tells of it into the outbox: both are written or neither. */
export async function writeIntent(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  patch: IntentPatch,
): Promise<PaymentIntent> {
  const now = today(ctx);
  const after = await tx.paymentIntent.update({
    where: { id: row.id },
    data: { ...patch, updatedAt: nextVersion(row, now) },
  });
  if (after.webhookUrl && ctx.webhooks && after.status !== row.status && isSettled(after.status))
    await tx.webhookDelivery.create({
      data: {
        id: randomUUID(),
        url: after.webhookUrl,
        body: bodyOf(after, now),
        nextAt: now,
        createdAt: now,
      },
      select: { id: true },
    });
  return after;
}
