import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import { type PaymentContext, type Step, today, withSeat } from './context';
import { processOutside } from './outside';
import type { Payments } from './payments';
import { COINS, isSettled, lockIntent, readOwn } from './rows';
import { scenarioOf, turnOf } from './scenarios';
import type { SeatInHand } from './seats';
import { endInside, failInside, payInside } from './settle';
import { writeIntent } from './write';

type Request = Parameters<Payments['process']>[0];

/**
 * Pays. However often and from however many sides it is asked at once, coins move once, and everybody is told the same.
 * @throws no_payment, not_yours, bad_action, payment_over
 */
export async function processPayment(
  ctx: PaymentContext,
  { paymentIntentId, actor, action }: Request,
): Promise<PaymentIntent> {
  const known = await readOwn(ctx.db, paymentIntentId, actor);
  if (action === 'fail' && !ctx.scenarios)
    throw refusal(
      'bad_action',
      'bad request: payments are made to fail only in rehearsals (PAYMENT_SCENARIOS).',
    );
  if (isSettled(known.status)) return told(known);
  if (known.processor !== COINS) return told(await processOutside(ctx, known));
  return told(await takeTurn(ctx, known, action === 'fail' ? 'fail' : 'pay'));
}

/** What somebody who paid is told. @throws payment_over */
function told(row: PaymentIntent): PaymentIntent {
  if (row.status === 'cancelled' || row.status === 'refunded' || row.status === 'expired')
    throw refusal('payment_over', `Conflict: this payment is ${row.status}.`);
  return row;
}

/** Why an intent moves: somebody pays, or makes it fail, or its time has come. */
export type Wish = 'pay' | 'fail' | 'due';

/** Moves an intent that is paid in coins, if it still can be. @returns it afterwards */
export async function takeTurn(
  ctx: PaymentContext,
  known: PaymentIntent,
  wish: Wish,
): Promise<PaymentIntent> {
  const { row } = await withSeat(
    ctx,
    known.reservationId,
    async (tx, hand) => {
      const row = await lockIntent(tx, known.id);
      const step = await turn(ctx, tx, row, hand, wish);
      return { row: step?.row ?? row, steps: step ? [step] : [] };
    },
    { isSeatNeeded: wish !== 'fail' && known.expiresAt > today(ctx) },
  );
  return row;
}

async function turn(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  wish: Wish,
): Promise<Step | undefined> {
  const now = today(ctx);
  if (isSettled(row.status)) return undefined;
  if (row.expiresAt <= now) return endInside(ctx, tx, row, hand, { status: 'expired' });
  // What was rehearsed counts only while rehearsing.
  if (wish === 'due' && (!ctx.scenarios || row.dueAt === null || row.dueAt > now)) return undefined;
  if (wish === 'fail') return failInside(ctx, tx, row, hand, 'declined');
  // Somebody has paid already, and waits for what was rehearsed.
  if (wish === 'pay' && row.status === 'processing') return undefined;
  const scenario = ctx.scenarios ? scenarioOf(row.scenario) : 'none';
  switch (turnOf(scenario, wish === 'due', ctx.random)) {
    case 'complete':
      return payInside(ctx, tx, row, hand);
    case 'decline':
      return failInside(ctx, tx, row, hand, 'declined');
    case 'wait': {
      const dueAt = scenario === 'timeout' ? null : row.dueAt;
      return { row: await writeIntent(ctx, tx, row, { status: 'processing', dueAt }), before: row.status };
    }
  }
}
