import type { PaymentIntent } from '../../db/generated/client';
import type { Tx } from '../ledger/ledger';
import { refusal } from '../refusals';
import { type PaymentContext, type Step, today, withSeat } from './context';
import { countFailure } from './counts';
import { isPayable } from './payable';
import { meaningOf, type Processor, type ProcessorIntent } from './processor';
import { isSettled, lockIntent, TRANSACTION } from './rows';
import type { SeatInHand } from './seats';
import { endInside, failInside, paidOutside } from './settle';
import { writeIntent } from './write';

/**
 * Intents that a processor handles. No call to it is made inside a transaction; each has a key, so that what a crash cut
 * off is done again and happens once.
 */

/** How long after a look the next one comes. */
const LOOK_MS = 30_000;

const nextLook = (ctx: PaymentContext): Date => new Date(ctx.clock.now() + LOOK_MS);

/** The processor that an intent was made at. @throws upstream_away when it is not configured any more */
export function processorOf(ctx: PaymentContext, row: PaymentIntent): Processor {
  if (ctx.processor?.name === row.processor) return ctx.processor;
  throw refusal('upstream_away', `The processor of this payment, ${row.processor}, is not configured here.`);
}

/** What a processor answers. @throws upstream_away */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    countFailure('processor');
    throw refusal('upstream_away', 'The payment processor does not answer; try again.', { cause });
  }
}

/** Makes an intent known to its processor. @throws upstream_away; the intent has failed then */
export async function openOutside(
  ctx: PaymentContext,
  processor: Processor,
  row: PaymentIntent,
): Promise<PaymentIntent> {
  let made: ProcessorIntent;
  try {
    made = await asked(
      processor.create({
        key: `intent:${row.id}`,
        amount: Number(row.amount),
        currency: row.currency,
        metadata: { payment_intent_id: row.id, reservation_id: row.reservationId },
      }),
    );
  } catch (error) {
    await failOutside(ctx, row);
    throw error;
  }
  return change(ctx, row, (tx, locked) =>
    writeIntent(ctx, tx, locked, {
      externalId: made.id,
      clientSecret: made.clientSecret ?? null,
      ...(isSettled(locked.status) ? {} : { dueAt: nextLook(ctx) }),
    }),
  );
}

/** Asks the processor to take the money, and says how that stands. */
export async function processOutside(ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> {
  const processor = processorOf(ctx, known);
  const { row, isMine } = await withSeat(ctx, known.reservationId, async (tx, hand) => {
    const locked = await lockIntent(tx, known.id);
    const step = await begin(ctx, tx, locked, hand);
    return {
      row: step?.row ?? locked,
      isMine: step?.row.status === 'processing',
      steps: step ? [step] : [],
    };
  });
  if (!isMine || row.externalId === null) return row;
  try {
    const told = await asked(processor.confirm({ key: `confirm:${row.id}`, id: row.externalId }));
    return await applyOutside(ctx, row, told);
  } catch (error) {
    // It may have happened: it stays under way, and the next look tells.
    ctx.log.warn({ err: error, paymentIntentId: row.id }, 'the processor did not confirm');
    return row;
  }
}

async function begin(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
): Promise<Step | undefined> {
  if (row.status !== 'pending') return undefined;
  if (row.expiresAt <= today(ctx)) return endInside(ctx, tx, row, hand, { status: 'expired' });
  if (row.externalId === null) return failInside(ctx, tx, row, hand, 'processor_unavailable');
  const seat = hand?.seat;
  if (!hand || (seat && !isPayable(seat, today(ctx))))
    return failInside(ctx, tx, row, hand, 'reservation_over');
  const after = await writeIntent(ctx, tx, row, { status: 'processing', dueAt: nextLook(ctx) });
  return { row: after, before: row.status };
}

/**
 * Takes over what a processor says of an intent.
 * @param first runs in the same transaction; false: nothing is done
 */
export async function applyOutside(
  ctx: PaymentContext,
  known: PaymentIntent,
  told: ProcessorIntent,
  first: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<PaymentIntent> {
  const { row } = await withSeat(ctx, known.reservationId, async (tx, hand) => {
    const locked = await lockIntent(tx, known.id);
    const step = (await first(tx)) ? await applied(ctx, tx, locked, hand, told) : undefined;
    return { row: step?.row ?? locked, steps: step ? [step] : [] };
  });
  return row;
}

async function applied(
  ctx: PaymentContext,
  tx: Tx,
  row: PaymentIntent,
  hand: SeatInHand | null,
  told: ProcessorIntent,
): Promise<Step | undefined> {
  const meaning = meaningOf(told);
  // What was given back, or is on its way back, was taken before.
  if (row.status === 'completed' || row.status === 'refunded' || row.refundId !== null) return undefined;
  if (meaning === 'completed') {
    if (BigInt(told.amount) !== row.amount)
      throw refusal('bad_amount', `The processor took ${told.amount}, not ${row.amount}.`);
    return paidOutside(ctx, tx, row, hand);
  }
  if (isSettled(row.status)) return undefined;
  if (meaning === 'failed') return failInside(ctx, tx, row, hand, 'declined');
  if (meaning === 'cancelled')
    return endInside(ctx, tx, row, hand, {
      status: row.expiresAt <= today(ctx) ? 'expired' : 'cancelled',
    });
  if (meaning !== 'processing' || row.status !== 'pending') return undefined;
  const after = await writeIntent(ctx, tx, row, { status: 'processing', dueAt: nextLook(ctx) });
  return { row: after, before: row.status };
}

/** Asks the processor how an intent stands; what is too old is cancelled there. @returns it afterwards */
export async function lookOutside(ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> {
  if (known.externalId === null) return failOutside(ctx, known);
  const processor = processorOf(ctx, known);
  await change(ctx, known, async (tx, row) =>
    isSettled(row.status) ? row : writeIntent(ctx, tx, row, { dueAt: nextLook(ctx) }),
  );
  const isOld = known.expiresAt <= today(ctx);
  const told = await asked(
    isOld
      ? processor.cancel({ key: `cancel:${known.id}`, id: known.externalId })
      : processor.retrieve(known.externalId),
  );
  return applyOutside(ctx, known, told);
}

/** Cancels at the processor what is not paid. @returns it afterwards: completed where the money was taken meanwhile */
export async function cancelOutside(
  ctx: PaymentContext,
  known: PaymentIntent,
  reason: string,
): Promise<PaymentIntent> {
  if (known.externalId === null) return failOutside(ctx, known);
  const processor = processorOf(ctx, known);
  const told = await asked(processor.cancel({ key: `cancel:${known.id}`, id: known.externalId }));
  const row = await applyOutside(ctx, known, told);
  if (row.status !== 'cancelled' || reason === '') return row;
  return change(ctx, row, (tx, locked) => writeIntent(ctx, tx, locked, { failureReason: reason }));
}

async function failOutside(ctx: PaymentContext, known: PaymentIntent): Promise<PaymentIntent> {
  const { row } = await withSeat(ctx, known.reservationId, async (tx, hand) => {
    const locked = await lockIntent(tx, known.id);
    if (isSettled(locked.status)) return { row: locked, steps: [] };
    const step = await failInside(ctx, tx, locked, hand, 'processor_unavailable');
    return { row: step.row, steps: [step] };
  });
  return row;
}

/** Changes one intent and nothing of its seat. */
async function change(
  ctx: PaymentContext,
  known: PaymentIntent,
  act: (tx: Tx, row: PaymentIntent) => Promise<PaymentIntent>,
): Promise<PaymentIntent> {
  const { row, before } = await ctx.db.$transaction(async (tx) => {
    const before = await lockIntent(tx, known.id);
    return { row: await act(tx, before), before };
  }, TRANSACTION);
  if (row !== before) ctx.changed({ row, before: before.status });
  return row;
}
