import { randomBytes } from 'node:crypto';
import type { Reservation } from '../../db/generated/client';
import { type RefusalReason, refusal } from '../refusals';
import type { ReservationsContext } from './context';
import { countSeat } from './counts';
import { endIfOver } from './ending';
import { enter } from './entrants';
import { confirmation, isBeforeStart } from './hold';
import { owe } from './paying';
import { whyNotPaid } from './payment-lookup';
import type { Actor, Seat } from './reservations';
import { lockEvent, lockSeat, nextVersion, readKept, TRANSACTION, type Tx, toSeat } from './rows';

const WORDS: Partial<Record<RefusalReason, string>> = {
  too_late: 'Conflict: the hold has expired.',
  reservation_over: 'Conflict: the reservation is over.',
  not_paid: 'Payment not approved: the seat has to be paid first.',
};

/** Makes a held seat its person's own, once it is paid. */
export async function confirmSeat(
  ctx: ReservationsContext,
  request: {
    readonly reservationId: string;
    readonly paymentIntentId: string | undefined;
    readonly actor: Actor;
  },
): Promise<Seat> {
  const { reservationId, paymentIntentId } = request;
  const { db, clock } = ctx;
  const seen = await endIfOver(ctx, await readKept(db, reservationId, request.actor));
  const outlook = confirmation(seen, paymentIntentId, new Date(clock.now()));
  if (outlook === 'again') return toSeat(seen, new Date(clock.now()));
  // Asked before anything is locked: it may be far away.
  if (outlook === 'if paid' && paymentIntentId !== undefined)
    assertPaid(await ctx.payments.get(paymentIntentId), seen);
  const outcome = await db.$transaction(
    (tx) => confirmInside(ctx, tx, seen, paymentIntentId, outlook),
    TRANSACTION,
  );
  if ('refused' in outcome) {
    // Whatever was paid with it can't buy this seat any more.
    if (outcome.isOwed) await ctx.settle(reservationId);
    throw refusal(outcome.refused, WORDS[outcome.refused] ?? 'Conflict: the seat can’t be confirmed.');
  }
  const seat = toSeat(outcome.row, new Date(clock.now()));
  ctx.feed.tell(seat);
  if (outcome.isNew) countSeat('confirmed');
  return seat;
}

type Outcome =
  | { readonly row: Reservation; readonly isNew: boolean }
  | { readonly refused: RefusalReason; readonly isOwed: boolean };

async function confirmInside(
  ctx: ReservationsContext,
  tx: Tx,
  { id, eventId }: Reservation,
  paymentIntentId: string | undefined,
  outlook: ReturnType<typeof confirmation>,
): Promise<Outcome> {
  const event = await lockEvent(tx, eventId, 'together');
  const row = await lockSeat(tx, id);
  if (!row) throw refusal('no_reservation', 'Reservation not found.');
  const now = new Date(ctx.clock.now());
  const verdict = confirmation(row, paymentIntentId, now);
  if (verdict === 'again') return { row, isNew: false };
  if (typeof verdict === 'object') {
    const isOver = row.status !== 'hold' && row.fee > 0 && paymentIntentId !== undefined;
    if (isOver) await owe(tx, id, now);
    return { refused: verdict.refused, isOwed: isOver };
  }
  // Whoever was told that nothing is to be paid is not asked for it now.
  if (verdict !== outlook) throw refusal('not_paid', WORDS.not_paid ?? '');
  if (!isBeforeStart(event)) return { refused: 'too_late', isOwed: false };
  if (verdict === 'if paid' && paymentIntentId !== undefined && ctx.payments.claim)
    assertPaid(await ctx.payments.claim(tx, paymentIntentId), row);
  const confirmed = await tx.reservation.update({
    where: { id },
    data: {
      status: 'confirmed',
      confirmedAt: now,
      updatedAt: nextVersion(row, now),
      pausedAt: null,
      orderId: `ord_${randomBytes(9).toString('hex').slice(0, 12)}`,
      ...(verdict === 'if paid' && paymentIntentId !== undefined ? { paymentIntentId } : {}),
      // Nobody here saw what else was begun for this seat.
      ...(verdict === 'if paid' && ctx.payments.isElsewhere ? { refundDue: true } : {}),
    },
  });
  await enter(tx, row, event, now);
  return { row: confirmed, isNew: true };
}

/** @throws not_paid */
function assertPaid(
  facts: Parameters<typeof whyNotPaid>[0],
  seat: { readonly id: string; readonly userId: string; readonly fee: number },
): void {
  const why = whyNotPaid(facts, seat);
  if (why !== undefined) throw refusal('not_paid', `Payment not approved: ${why}.`);
}
