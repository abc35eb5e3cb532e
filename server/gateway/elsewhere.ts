import { asAppError } from '../errors';
import { ErrorCode } from '../grpc/gen/proto/common/v1/errors';
import type { Payment as WirePayment } from '../grpc/gen/proto/payment/v1/payment';
import { refusal } from '../tournaments/refusals';
import type { PaymentFacts, PaymentLookup } from '../tournaments/reservations/payment-lookup';
import { refusalOf } from './failures';
import { paymentState } from './local-payments';
import { ownCall } from './own-call';
import type { PaymentService } from './services';
import { coins } from './wire-json';

/** Of a list that is read to its end. */
const PAGE = 100;
const MOST_PAGES = 10;

function factsOf(payment: WirePayment): PaymentFacts {
  const state = paymentState(payment.status);
  if (state === undefined) throw refusal('upstream_broken', 'The payment service tells no status.');
  return {
    paymentIntentId: payment.payment_intent_id,
    reservationId: payment.reservation_id,
    userId: payment.user_id,
    state,
    amount: coins(payment.amount),
    currency: payment.amount?.currency ?? '',
    // The contract tells of a refund by the status only.
    refundedAmount: state === 'refunded' ? coins(payment.amount) : 0,
  };
}

/**
 * Payments as seats use them, where another service makes them.
 * @param service asked at each call: it is opened after the seats
 */
export function paymentsElsewhere(service: () => PaymentService): PaymentLookup {
  async function get(paymentIntentId: string): Promise<PaymentFacts | undefined> {
    const request = { payment_intent_id: paymentIntentId, user_id: '' };
    const { payment, error } = await service().getPaymentStatus(request, ownCall());
    if (error?.code === ErrorCode.ERROR_CODE_NOT_FOUND) return undefined;
    if (error) throw refusalOf(error, 'payment');
    return payment && factsOf(payment);
  }
  return {
    isElsewhere: true,
    get,
    async listFor(reservationId) {
      const found: PaymentFacts[] = [];
      try {
        let cursor = '';
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const request = {
            user_id: '',
            status: 0,
            reservation_id: reservationId,
            pagination: { page: 0, page_size: PAGE, cursor },
          };
          const { payments, page_info, error } = await service().listPayments(request, ownCall());
          if (error) throw refusalOf(error, 'payment');
          // A service that does not filter must not make us give back what others paid.
          found.push(...payments.filter((one) => one.reservation_id === reservationId).map(factsOf));
          cursor = page_info?.next_cursor ?? '';
          if (!page_info?.has_next_page || cursor === '') break;
        }
      } catch (error) {
        // A service that has no such list: what was paid for the seat is known by its own intent only.
        if (asAppError(error)?.code !== 'UNIMPLEMENTED') throw error;
      }
      return found;
    },
    async giveBack(paymentIntentId, reason, key) {
      const request = {
        payment_intent_id: paymentIntentId,
        reason,
        refund_amount: undefined,
        idempotency_key: key,
      };
      const { error } = await service().cancelPayment(request, ownCall(key));
      if (!error) return true;
      // It may be over already: given back, or never paid.
      const state = (await get(paymentIntentId))?.state;
      if (state === 'completed') throw refusalOf(error, 'payment');
      return state !== 'pending' && state !== 'processing';
    },
  };
}
