import { z } from 'zod';
import {
  GetPaymentStatusRequest,
  GetPaymentStatusResponse,
  ListPaymentsRequest,
  ListPaymentsResponse,
  PaymentServiceService,
  PaymentStatus,
} from '../../grpc/gen/proto/payment/v1/payment';
import { nameOf, type Operation } from '../operation';
import type { PaymentService } from '../services';
import { payment, paymentJson, paymentStatusOf } from '../wire-json';
import { id, pageInfo, pagination, paging, text, wordOf } from './fields';
import { at, BASE } from './payment-base';

/** How payments are looked at. */

export function getPaymentStatus(
  service: PaymentService,
): Operation<GetPaymentStatusRequest, GetPaymentStatusResponse> {
  const method = PaymentServiceService.getPaymentStatus;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: undefined,
    run: service.getPaymentStatus,
    failed: (error) => GetPaymentStatusResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: at('/:id/status'),
        summary: 'How a payment of one’s own stands',
        input: z
          .object({ id, user_id: text })
          .transform((input) =>
            GetPaymentStatusRequest.create({ payment_intent_id: input.id, user_id: input.user_id }),
          ),
        faults: { id: 'missing_id' },
        needsKey: false,
        success: 200,
        write(answer) {
          const flat = answer.payment ? paymentJson(answer.payment) : {};
          return { ...flat, payment: flat };
        },
        output: payment.extend({ payment }),
      },
    ],
  };
}

export function listPayments(service: PaymentService): Operation<ListPaymentsRequest, ListPaymentsResponse> {
  const method = PaymentServiceService.listPayments;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: undefined,
    run: service.listPayments,
    failed: (error) => ListPaymentsResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: at(''),
        summary: 'One’s payments, newest first',
        input: z
          .object({
            user_id: text,
            reservation_id: text,
            status: wordOf(
              paymentStatusOf,
              'PENDING, PROCESSING, COMPLETED, FAILED, CANCELLED, REFUNDED, EXPIRED',
            ),
            ...paging,
          })
          .transform((input) =>
            ListPaymentsRequest.create({
              user_id: input.user_id,
              reservation_id: input.reservation_id,
              status: paymentStatusOf(input.status) ?? PaymentStatus.PAYMENT_STATUS_UNSPECIFIED,
              pagination: pagination(input),
            }),
          ),
        needsKey: false,
        success: 200,
        write: ({ payments, page_info }) => ({
          payments: payments.map(paymentJson),
          page_info: page_info ?? null,
        }),
        output: z.object({
          payments: z.array(payment),
          page_info: pageInfo,
        }),
      },
    ],
  };
}
