import { z } from 'zod';
import {
  CancelPaymentRequest,
  CancelPaymentResponse,
  PaymentServiceService,
  PaymentStatus,
  ProcessPaymentRequest,
  ProcessPaymentResponse,
} from '../../grpc/gen/proto/payment/v1/payment';
import { keptAsBytes, nameOf, type Operation } from '../operation';
import type { PaymentService } from '../services';
import { amountJson, CURRENCY, money, paymentWord } from '../wire-json';
import { id, text } from './fields';
import { at, BASE, price } from './payment-base';

/** How payments end. */

export function processPayment(
  service: PaymentService,
): Operation<ProcessPaymentRequest, ProcessPaymentResponse> {
  const method = PaymentServiceService.processPayment;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptAsBytes(method, {
      keyOf: ({ idempotency_key }) => idempotency_key,
      scopeOf: ({ payment_intent_id }) => payment_intent_id,
    }),
    deadlineMs: 15_000,
    run: service.processPayment,
    failed: (error) => ProcessPaymentResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: at('/process'),
        summary: 'Pay',
        input: z
          .object({ payment_intent_id: id, action: z.enum(['approve', 'fail']).default('approve') })
          .transform(({ payment_intent_id }) => ProcessPaymentRequest.create({ payment_intent_id })),
        faults: { payment_intent_id: 'missing_payment_intent_id', action: 'bad_action' },
        needsKey: true,
        success: 200,
        write: (answer) => ({
          action: answer.status === PaymentStatus.PAYMENT_STATUS_FAILED ? 'fail' : 'approve',
          message:
            answer.result?.failure_reason || `The payment is ${paymentWord(answer.status).toLowerCase()}.`,
          // The public gateway's: the number of the enum.
          status: answer.status,
          status_name: paymentWord(answer.status),
          payment_id: answer.payment_id,
          transaction_id: answer.transaction_id,
          processed_at: answer.processed_at,
        }),
        output: z.object({
          action: z.enum(['approve', 'fail']),
          message: z.string(),
          status: z.int(),
          status_name: z.string(),
          payment_id: z.string(),
          transaction_id: z.string(),
          processed_at: z.iso.datetime().optional(),
        }),
      },
    ],
  };
}

export function cancelPayment(
  service: PaymentService,
): Operation<CancelPaymentRequest, CancelPaymentResponse> {
  const method = PaymentServiceService.cancelPayment;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptAsBytes(method, {
      keyOf: ({ idempotency_key }) => idempotency_key,
      scopeOf: ({ payment_intent_id }) => payment_intent_id,
    }),
    run: service.cancelPayment,
    failed: (error) => CancelPaymentResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: at('/:id/cancel'),
        summary: 'Cancel what is not paid, refund what is',
        input: z.object({ id, reason: text, refund_amount: price.nullish() }).transform((input) =>
          CancelPaymentRequest.create({
            payment_intent_id: input.id,
            reason: input.reason,
            ...(input.refund_amount
              ? {
                  refund_amount: {
                    amount: BigInt(input.refund_amount.amount),
                    currency: input.refund_amount.currency ?? CURRENCY,
                  },
                }
              : {}),
          }),
        ),
        faults: { id: 'missing_id', refund_amount: 'bad_amount' },
        needsKey: true,
        success: 200,
        write: (answer, { payment_intent_id }) => ({
          payment_intent_id,
          status: paymentWord(answer.status),
          cancelled_at: answer.cancelled_at,
          refunded_amount: amountJson(answer.refunded_amount),
          refund_id: answer.refund_id,
        }),
        output: z.object({
          payment_intent_id: z.string(),
          status: z.string(),
          cancelled_at: z.iso.datetime(),
          refunded_amount: money,
          refund_id: z.string(),
        }),
      },
    ],
  };
}
