import { PaymentMethod, PaymentScenario } from '../../grpc/gen/proto/payment/v1/payment';
import type { Desk } from '../desk';
import { type TournamentContext, today } from './context';
import { callFor, checked, type Who } from './desk-calls';

const CURRENCY = 'COIN';

/** @returns the intent with which the fee is paid: the one there is, if it can still be, else a new one */
export async function payFee(
  ctx: TournamentContext,
  desk: Desk,
  who: Who,
  seat: { readonly id: string; readonly fee: number },
): Promise<string> {
  const known = await ctx.db.paymentIntent.findMany({
    where: { reservationId: seat.id, userId: who.playerId },
    select: { id: true, status: true, expiresAt: true },
  });
  const paid = known.find(({ status }) => status === 'completed');
  if (paid) return paid.id;
  const open = known.find(({ status, expiresAt }) => status === 'pending' && expiresAt > today(ctx));
  const intentId = open?.id ?? (await createIntent(desk, who, seat, known.length));
  const key = `process:${intentId}`;
  // Where a processor answers later it is PROCESSING still: confirming then says that it is not paid yet.
  checked(
    await desk.payments.processPayment(
      { payment_intent_id: intentId, payment_details: undefined, idempotency_key: key },
      callFor(who, key),
    ),
  );
  return intentId;
}

async function createIntent(
  desk: Desk,
  who: Who,
  { id, fee }: { readonly id: string; readonly fee: number },
  earlier: number,
): Promise<string> {
  const key = `intent:${id}:${earlier}`;
  const { payment_intent_id } = checked(
    await desk.payments.createPaymentIntent(
      {
        reservation_id: id,
        amount: { amount: BigInt(fee), currency: CURRENCY },
        user_id: who.playerId,
        method: PaymentMethod.PAYMENT_METHOD_DIGITAL_WALLET,
        scenario: PaymentScenario.PAYMENT_SCENARIO_UNSPECIFIED,
        webhook_url: '',
        idempotency_key: key,
        metadata: undefined,
      },
      callFor(who, key),
    ),
  );
  return payment_intent_id;
}
