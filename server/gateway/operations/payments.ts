import { type Defined, define } from '../define';
import type { PaymentService } from '../services';
import { cancelPayment, processPayment } from './payment-ends';
import { createPaymentIntent } from './payment-intents';
import { getPaymentStatus, listPayments } from './payment-looks';

/** What can be asked of payments, by the names of `service`, wherever it makes them. */
export const paymentCalls = (service: PaymentService) => ({
  createPaymentIntent: createPaymentIntent(service),
  getPaymentStatus: getPaymentStatus(service),
  processPayment: processPayment(service),
  cancelPayment: cancelPayment(service),
  listPayments: listPayments(service),
});

/** Payments (`payment.v1.PaymentService`, `/api/v1/payment`), wherever `service` makes them. */
export function paymentOperations(service: PaymentService): Defined[] {
  const calls = paymentCalls(service);
  return [
    define(calls.createPaymentIntent),
    define(calls.getPaymentStatus),
    define(calls.processPayment),
    define(calls.cancelPayment),
    define(calls.listPayments),
  ];
}
