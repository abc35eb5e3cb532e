import { asAppError } from '../errors';
import { PaymentStatus } from '../grpc/gen/proto/payment/v1/payment';
import { roomLogger } from '../logger';
import { refusal } from '../tournaments/refusals';
import { ownCall } from './elsewhere';
import type { PaidSeats } from './paid-seats';
import type { People } from './people';
import type { CallInfo, PaymentService } from './services';
import { CURRENCY, coins } from './wire-json';

const log = roomLogger('gateway');

/** A payment in one of these ended. */
const ENDS: ReadonlySet<PaymentStatus> = new Set([
  PaymentStatus.PAYMENT_STATUS_COMPLETED,
  PaymentStatus.PAYMENT_STATUS_FAILED,
  PaymentStatus.PAYMENT_STATUS_CANCELLED,
  PaymentStatus.PAYMENT_STATUS_REFUNDED,
]);

/**
 * Payments that are made in another place than the seats are kept: who makes them need not know seats, so they are looked at
 * before an intent is made, and their countdown stands while somebody pays (SEAT-4, PAY-4, PAY-6).
 */
export function paidElsewhere(payments: PaymentService, seats: PaidSeats, people: People): PaymentService {
  /** @throws why nothing can be paid for it */
  async function mustBePayable(id: string, amount: number, currency: string, userId: string): Promise<void> {
    const seat = await seats.look(id, userId);
    if (seat.state === 'expired') throw refusal('too_late', 'Conflict: the hold has expired.');
    if (seat.state !== 'hold')
      throw refusal('reservation_over', `Conflict: the reservation is ${seat.state}.`);
    if (currency !== '' && currency !== CURRENCY)
      throw refusal('bad_currency', `Bad request: fees are paid in ${CURRENCY}, not in ${currency}.`);
    if (amount <= 0 || amount !== seat.fee)
      throw refusal('bad_amount', `Bad request: the fee is ${seat.fee}.`);
  }

  /** What fails here costs some time of a hold, and nobody their payment. */
  async function tryTo(task: () => Promise<void>, call: CallInfo): Promise<void> {
    try {
      await task();
    } catch (err) {
      const { requestId } = call;
      log.warn({ err: asAppError(err) ?? err, requestId }, 'a countdown could not be told of a payment');
    }
  }

  /** The countdown goes on. */
  async function tellEnd(paymentIntentId: string, status: PaymentStatus, call: CallInfo): Promise<void> {
    if (!ENDS.has(status)) return;
    await tryTo(async () => {
      const request = { payment_intent_id: paymentIntentId, user_id: '' };
      const { payment } = await payments.getPaymentStatus(request, ownCall());
      const isPaid = status === PaymentStatus.PAYMENT_STATUS_COMPLETED;
      if (payment) await seats.resumeAfterPayment(payment.reservation_id, isPaid);
    }, call);
  }

  return {
    ...payments,
    async createPaymentIntent(request, call) {
      if (call.isHop) return payments.createPaymentIntent(request, call);
      const { reservation_id, amount, user_id } = request;
      if (reservation_id === '')
        throw refusal('missing_reservation_id', 'bad request: reservation_id is missing.');
      const userId = await people.subject(call, user_id);
      await mustBePayable(reservation_id, coins(amount), amount?.currency ?? '', userId);
      const answer = await payments.createPaymentIntent({ ...request, user_id: userId }, call);
      if (!answer.error && answer.payment_intent_id !== '') {
        await seats.notePayment(reservation_id, answer.payment_intent_id);
        await tryTo(() => seats.pauseForPayment(reservation_id), call);
      }
      return answer;
    },
    async processPayment(request, call) {
      const answer = await payments.processPayment(request, call);
      if (!call.isHop && !answer.error) await tellEnd(request.payment_intent_id, answer.status, call);
      return answer;
    },
    async cancelPayment(request, call) {
      const answer = await payments.cancelPayment(request, call);
      if (!call.isHop && !answer.error) await tellEnd(request.payment_intent_id, answer.status, call);
      return answer;
    },
  };
}
