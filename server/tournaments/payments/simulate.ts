import { randomUUID } from 'node:crypto';
import { refusal } from '../refusals';
import type { Actor } from '../reservations/reservations';
import { type PaymentContext, today, withSeat } from './context';
import type { PaymentState } from './payments';
import { COINS, isSettled, lockIntent, readOwn } from './rows';
import { scenarioNumber } from './scenarios';
import { writeIntent } from './write';

const MOST_SECONDS = 600;

/**
 * Makes a payment take a turn after a while, as a processor's webhook would; for rehearsals.
 * @throws no_route without scenarios, no_payment, not_yours, bad_request, payment_over
 */
export async function simulateWebhook(
  ctx: PaymentContext,
  request: {
    readonly paymentIntentId: string;
    readonly actor: Actor;
    readonly state: PaymentState;
    readonly delaySeconds: number;
  },
): Promise<{ readonly webhookId: string; readonly scheduledAt: Date }> {
  if (!ctx.scenarios)
    throw refusal('no_route', 'Nothing is rehearsed here (PAYMENT_SCENARIOS is not switched on).');
  const { paymentIntentId, state } = request;
  if (state !== 'completed' && state !== 'failed')
    throw refusal('bad_request', 'bad request: a payment can be made to be completed or failed.');
  const scheduledAt = new Date(
    today(ctx).getTime() + Math.min(MOST_SECONDS, Math.max(0, request.delaySeconds)) * 1000,
  );
  const known = await readOwn(ctx.db, paymentIntentId, request.actor);
  await withSeat(ctx, known.reservationId, async (tx) => {
    const row = await lockIntent(tx, paymentIntentId);
    if (row.processor !== COINS || isSettled(row.status))
      throw refusal('payment_over', `Conflict: this payment is ${row.status}.`);
    const scenario = scenarioNumber(state === 'completed' ? 'approve' : 'fail');
    const after = await writeIntent(ctx, tx, row, { scenario, dueAt: scheduledAt });
    return { steps: [{ row: after, before: row.status }] };
  });
  return { webhookId: randomUUID(), scheduledAt };
}
