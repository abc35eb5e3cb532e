import type { Clock } from '../clock';
import { asAppError } from '../errors';
import { PaymentStatus } from '../grpc/gen/proto/payment/v1/payment';
import { roomLogger } from '../logger';
import { mustBeCoins, mustBePayable } from '../tournaments/payments/payable';
import { refusal } from '../tournaments/refusals';
import { paymentsElsewhere } from './elsewhere';
import { ownCall } from './own-call';
import type { PaidSeats } from './paid-seats';
import type { People } from './people';
import type { CallInfo, PaymentService } from './services';
import { coins } from './wire-json';

const log = roomLogger('gateway');

/** A payment in one of these ended. */
const ENDS: ReadonlySet<PaymentStatus> = new Set([
  PaymentStatus.PAYMENT_STATUS_COMPLETED,
  PaymentStatus.PAYMENT_STATUS_FAILED,
  PaymentStatus.PAYMENT_STATUS_CANCELLED,
  PaymentStatus.PAYMENT_STATUS_REFUNDED,
]);

/**
 * Payments that another service makes, which need not know seats: they are looked at before an intent is made (PAY-4, PAY-6).
 * Our own look at them themselves.
 */
export function payableOnly(
  payments: PaymentService,
  { seats, people, clock }: { readonly seats: PaidSeats; readonly people: People; readonly clock: Clock },
): PaymentService {
  return {
    ...payments,
    async createPaymentIntent(request, call) {
      if (call.isHop) return payments.createPaymentIntent(request, call);
      const { reservation_id, user_id } = request;
      if (reservation_id === '')
        throw refusal('missing_reservation_id', 'bad request: reservation_id is missing.');
      const amount = coins(request.amount);
      mustBeCoins(amount, request.amount?.currency ?? '');
      const userId = await people.subject(call, user_id);
      const now = new Date(clock.now());
      mustBePayable(await seats.look(reservation_id, userId), { amount, userId }, now);
      return payments.createPaymentIntent({ ...request, user_id: userId }, call);
    },
  };
}

/**
 * Payments that are made in another place than the seats are kept: the countdown stands while somebody pays, and goes on
 * when no payment for the seat is open any more (SEAT-4, PAY-6).
 */
export function tellingSeats(payments: PaymentService, seats: PaidSeats): PaymentService {
  const lookup = paymentsElsewhere(() => payments);

  /** What fails here costs some time of a hold, and nobody their payment. */
  async function tryTo(task: () => Promise<void>, call: CallInfo): Promise<void> {
    try {
      await task();
    } catch (err) {
      const { requestId } = call;
      log.warn({ err: asAppError(err) ?? err, requestId }, 'a countdown could not be told of a payment');
    }
  }

  async function isLast(paymentIntentId: string, reservationId: string): Promise<boolean> {
    const all = await lookup.listFor(reservationId);
    return !all.some(
      (one) =>
        one.paymentIntentId !== paymentIntentId && (one.state === 'pending' || one.state === 'processing'),
    );
  }

  async function tellEnd(paymentIntentId: string, status: PaymentStatus, call: CallInfo): Promise<void> {
    if (!ENDS.has(status)) return;
    await tryTo(async () => {
      const request = { payment_intent_id: paymentIntentId, user_id: '' };
      const { payment } = await payments.getPaymentStatus(request, ownCall());
      if (!payment) return;
      const { reservation_id } = payment;
      const isPaid = status === PaymentStatus.PAYMENT_STATUS_COMPLETED;
      if (isPaid || (await isLast(paymentIntentId, reservation_id)))
        await seats.resumeAfterPayment(reservation_id, isPaid);
    }, call);
  }

  return {
    ...payments,
    async createPaymentIntent(request, call) {
      const answer = await payments.createPaymentIntent(request, call);
      const { payment_intent_id } = answer;
      if (!call.isHop && !answer.error && payment_intent_id !== '') {
        await seats.notePayment(request.reservation_id, payment_intent_id);
        await tryTo(() => seats.pauseForPayment(request.reservation_id), call);
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
