import type { PaymentState } from '../payments/payments';
import type { Tx } from './rows';

/** What a seat has to know of a payment. */
export interface PaymentFacts {
  readonly paymentIntentId: string;
  readonly reservationId: string;
  readonly userId: string;
  readonly state: PaymentState;
  /** Coins */
  readonly amount: number;
  readonly currency: string;
  /** Coins that went back already. */
  readonly refundedAmount: number;
}

/** Payments as the seats use them, wherever they are made. */
export interface PaymentLookup {
  /** Another service makes them, with a database of its own. */
  readonly isElsewhere: boolean;
  get(paymentIntentId: string): Promise<PaymentFacts | undefined>;
  /** All that were ever begun for a seat. */
  listFor(reservationId: string): Promise<readonly PaymentFacts[]>;
  /**
   * Cancels what is not paid, and refunds all of what is. The same key twice gives back once; what is given back already
   * is fine.
   * @returns false when it can't be settled yet, as somebody is still at work on it
   */
  giveBack(paymentIntentId: string, reason: string, key: string): Promise<boolean>;
  /** Reads one and keeps it as it is until the transaction ends, where both are in one database. */
  readonly claim?: (tx: Tx, paymentIntentId: string) => Promise<PaymentFacts | undefined>;
}

/** Why a seat can't be had for this payment; undefined when it can. */
export function whyNotPaid(
  facts: PaymentFacts | undefined,
  seat: { readonly id: string; readonly userId: string; readonly fee: number },
): string | undefined {
  if (!facts) return 'there is no such payment';
  if (facts.reservationId !== seat.id) return 'it is for something else';
  if (facts.userId !== seat.userId) return 'it is somebody else’s';
  if (facts.state !== 'completed') return `it is ${facts.state}`;
  if (facts.amount !== seat.fee || facts.currency !== 'COIN' || facts.refundedAmount !== 0)
    return 'the amount is not the fee';
  return undefined;
}
