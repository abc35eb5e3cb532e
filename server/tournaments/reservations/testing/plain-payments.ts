import { randomUUID } from 'node:crypto';
import type { PaymentFacts, PaymentLookup } from '../payment-lookup';

type Facts = { -readonly [K in keyof PaymentFacts]: PaymentFacts[K] };

/** Payments of another service, in the plainest way. */
export interface PlainPayments extends Omit<PaymentLookup, 'listFor'> {
  /** Replaced by tests in which the service does not tell all. */
  listFor: PaymentLookup['listFor'];
  pay(
    seat: { readonly reservationId: string; readonly userId: string; readonly fee: number },
    more?: Partial<Facts>,
  ): string;
  readonly all: ReadonlyMap<string, Facts>;
  /** The other service does not answer. */
  isDown: boolean;
  /** Refunds that were asked for, by key. */
  readonly keys: string[];
}

export function plainPayments(): PlainPayments {
  const all = new Map<string, Facts>();
  const keys: string[] = [];
  const answer = () => {
    if (payments.isDown) throw new Error('the payment service is down');
  };
  const payments: PlainPayments = {
    isElsewhere: true,
    isDown: false,
    all,
    keys,
    pay({ reservationId, userId, fee }, more = {}) {
      const paymentIntentId = randomUUID();
      all.set(paymentIntentId, {
        paymentIntentId,
        reservationId,
        userId,
        state: 'completed',
        amount: fee,
        currency: 'COIN',
        refundedAmount: 0,
        ...more,
      });
      return paymentIntentId;
    },
    async get(id) {
      answer();
      const found = all.get(id);
      return found && { ...found };
    },
    async listFor(reservationId) {
      answer();
      return [...all.values()]
        .filter((one) => one.reservationId === reservationId)
        .map((one) => ({ ...one }));
    },
    async giveBack(id, _reason, key) {
      answer();
      keys.push(key);
      const found = all.get(id);
      if (!found) return true;
      if (found.state === 'processing') return false;
      if (found.state === 'completed') {
        found.refundedAmount = found.amount;
        found.state = 'refunded';
      }
      if (found.state === 'pending') found.state = 'cancelled';
      return true;
    },
  };
  return payments;
}
