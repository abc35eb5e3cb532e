import { randomUUID } from 'node:crypto';
import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import { type PaymentContext, type Step, today, withSeat } from './context';
import { openOutside } from './outside';
import { mustBeCoins, mustBePayable } from './payable';
import type { Payments } from './payments';
import { COINS, CURRENCY } from './rows';
import { scenarioNumber, turnAt } from './scenarios';
import type { SeatInHand } from './seats';
import { isAllowedUrl } from './webhook-url';

/** An intent that nobody pays ends after so long. */
export const EXPIRES_MS = 15 * 60_000;
/** Open intents for one seat. */
const MOST_OPEN = 10;
/** How long a processor has to take an intent before it is looked after. */
const OPENING_MS = 60_000;

type Request = Parameters<Payments['createIntent']>[0];

/** @throws bad_amount, bad_currency, bad_request, no_reservation, not_yours, too_late, reservation_over, payment_over, too_fast */
export async function createIntent(ctx: PaymentContext, request: Request): Promise<PaymentIntent> {
  checkWords(ctx, request);
  const { steps } = await withSeat(ctx, request.reservationId, async (tx, hand) => {
    if (!hand) throw refusal('no_reservation', 'Reservation not found.');
    await checkPerson(tx, request.userId);
    if (hand.seat) mustBePayable(hand.seat, request, today(ctx));
    await checkOthers(tx, request.reservationId);
    return { steps: [await insert(ctx, tx, request, hand)] };
  });
  const [made] = steps;
  if (!made) throw new Error('An intent was made and is not there');
  return ctx.processor ? openOutside(ctx, ctx.processor, made.row) : made.row;
}

function checkWords(ctx: PaymentContext, { amount, currency, webhookUrl, reservationId }: Request): void {
  mustBeCoins(amount, currency);
  if (reservationId === '' || reservationId.length > 128)
    throw refusal('bad_request', 'bad request: that is no reservation_id.');
  if (!webhookUrl) return;
  if (!ctx.webhooks)
    throw refusal('bad_request', 'bad request: webhooks are switched off here (WEBHOOK_SECRET is not set).');
  if (!isAllowedUrl(webhookUrl, ctx.webhooks.allowed))
    throw refusal('bad_request', 'bad request: no webhook may be sent to this webhook_url (WEBHOOK_ALLOW).');
}

async function checkPerson(tx: Tx, userId: string): Promise<void> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
  if (!user) throw refusal('no_user', `user_id not found: ${userId.slice(0, 128)}.`);
}

async function checkOthers(tx: Tx, reservationId: string): Promise<void> {
  const others = await tx.paymentIntent.groupBy({
    by: ['status'],
    where: { reservationId, status: { in: ['pending', 'processing', 'completed'] } },
    _count: true,
  });
  if (others.some(({ status }) => status === 'completed'))
    throw refusal('payment_over', 'Conflict: this reservation is paid.');
  const open = others.reduce((sum, { _count }) => sum + _count, 0);
  if (open >= MOST_OPEN)
    throw refusal('too_fast', `There are ${open} open payments for this reservation; pay one of them.`);
}

async function insert(
  ctx: PaymentContext,
  tx: Tx,
  { reservationId, userId, amount, method, scenario, webhookUrl }: Request,
  hand: SeatInHand,
): Promise<Step> {
  const now = today(ctx);
  const rehearsed = ctx.scenarios && !ctx.processor ? scenario : 'none';
  const row = await tx.paymentIntent.create({
    data: {
      id: randomUUID(),
      reservationId,
      userId,
      amount: BigInt(amount),
      currency: CURRENCY,
      method,
      scenario: scenarioNumber(rehearsed),
      webhookUrl: webhookUrl || null,
      processor: ctx.processor?.name ?? COINS,
      dueAt: ctx.processor
        ? new Date(now.getTime() + OPENING_MS)
        : (turnAt(rehearsed, now, ctx.random) ?? null),
      expiresAt: new Date(now.getTime() + EXPIRES_MS),
      createdAt: now,
      updatedAt: now,
    },
  });
  await hand.began(row.id, now);
  return { row, before: undefined };
}
