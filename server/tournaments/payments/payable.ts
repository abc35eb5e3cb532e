import { refusal } from '../refusals';
import { CURRENCY } from './rows';
import type { PayableSeat } from './seats';

/** What can be paid for, and what with: the same wherever payments are made and seats are kept (PAY-4). */

/** Held still; a service may not tell until when. */
export const isPayable = ({ state, holdExpiresAt }: PayableSeat, now: Date): boolean =>
  state === 'hold' && (holdExpiresAt === undefined || holdExpiresAt > now);

/** @throws bad_amount, bad_currency */
export function mustBeCoins(amount: number, currency: string): void {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw refusal('bad_amount', 'bad request: the amount is no number of coins above 0.');
  if (currency !== '' && currency !== CURRENCY)
    throw refusal('bad_currency', `bad request: fees are paid in ${CURRENCY}.`);
}

/** @throws not_yours, too_late, reservation_over, bad_amount */
export function mustBePayable(
  seat: PayableSeat,
  { amount, userId }: { readonly amount: number; readonly userId: string },
  now: Date,
): void {
  if (seat.userId !== userId) throw refusal('not_yours', 'This reservation is somebody else’s.');
  if (!isPayable(seat, now)) {
    if (seat.state === 'hold' || seat.state === 'expired')
      throw refusal('too_late', 'Conflict: the reservation has expired.');
    throw refusal('reservation_over', `Conflict: the reservation is ${seat.state}; there is nothing to pay.`);
  }
  if (seat.fee !== amount) throw refusal('bad_amount', `bad request: the fee is ${seat.fee}, not ${amount}.`);
}
