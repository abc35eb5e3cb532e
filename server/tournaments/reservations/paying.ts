import type { Reservation } from '../../db/generated/client';
import { pause, resume } from './hold';
import { nextVersion, type Tx, versionSql } from './rows';

/** What payments do to the seat that they are for. With the seat locked. */

/** Somebody begins to pay: the countdown stands, once. */
export async function beginPaying(
  tx: Tx,
  seat: Reservation,
  paymentIntentId: string,
  now: Date,
): Promise<void> {
  await tx.reservation.update({
    where: { id: seat.id },
    data: { paymentIntentId, updatedAt: nextVersion(seat, now), ...pause(seat, now) },
  });
}

/** A payment ended: the countdown goes on, unless another one is open still. */
export async function endPaying(
  tx: Tx,
  seat: Reservation,
  payment: { readonly id: string; readonly isPaid: boolean },
  now: Date,
): Promise<void> {
  const others = payment.isPaid
    ? 0
    : await tx.paymentIntent.count({
        where: {
          reservationId: seat.id,
          status: { in: ['pending', 'processing'] },
          id: { not: payment.id },
        },
      });
  const patch = others > 0 ? undefined : resume(seat, now, payment.isPaid);
  const paidWith = payment.isPaid && seat.status === 'hold' ? { paymentIntentId: payment.id } : {};
  if (!patch && !payment.isPaid) return;
  await tx.reservation.update({
    where: { id: seat.id },
    data: { ...paidWith, ...patch, updatedAt: nextVersion(seat, now) },
  });
}

/** Something was paid for a seat that can't be had for it: it is looked at, and given back. */
export async function owe(tx: Tx, reservationId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Reservation" SET "refundDue" = true, "updatedAt" = ${versionSql(now)} WHERE "id" = ${reservationId}`;
}
