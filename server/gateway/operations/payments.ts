import { z } from 'zod';
import {
  CancelPaymentRequest,
  CancelPaymentResponse,
  CreatePaymentIntentRequest,
  CreatePaymentIntentResponse,
  GetPaymentStatusRequest,
  GetPaymentStatusResponse,
  ListPaymentsRequest,
  ListPaymentsResponse,
  PaymentMethod,
  PaymentScenario,
  PaymentServiceService,
  PaymentStatus,
  ProcessPaymentRequest,
  ProcessPaymentResponse,
} from '../../grpc/gen/proto/payment/v1/payment';
import { type Defined, define } from '../define';
import { keptAsBytes, keptByUser, nameOf, type Operation } from '../operation';
import type { PaymentService } from '../services';
import {
  amountJson,
  CURRENCY,
  money,
  payment,
  paymentJson,
  paymentStatusOf,
  paymentWord,
} from '../wire-json';
import { id, pageInfo, pagination, paging, text, textOf, wordOf } from './fields';

const BASE = { family: 'payment', access: 'caller', deadlineMs: 8_000 } as const;
/** The public gateway's path is in the singular, its web client's in the plural. */
const at = (rest: string): string[] => [`/api/v1/payment${rest}`, `/api/v1/payments${rest}`];

const amount = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Plain, as the public gateway takes it, or as the protobuf has it. */
const price = z.union([
  amount.transform((value) => ({ amount: value, currency: undefined })),
  z.object({ amount, currency: z.string().optional() }),
]);

const SCENARIOS = {
  approve: PaymentScenario.PAYMENT_SCENARIO_APPROVE,
  fail: PaymentScenario.PAYMENT_SCENARIO_FAIL,
  delay: PaymentScenario.PAYMENT_SCENARIO_DELAY,
  random: PaymentScenario.PAYMENT_SCENARIO_RANDOM,
  timeout: PaymentScenario.PAYMENT_SCENARIO_TIMEOUT,
} as const;
const scenario = z.enum(['approve', 'fail', 'delay', 'random', 'timeout']);

const METHODS = {
  credit_card: PaymentMethod.PAYMENT_METHOD_CREDIT_CARD,
  debit_card: PaymentMethod.PAYMENT_METHOD_DEBIT_CARD,
  bank_transfer: PaymentMethod.PAYMENT_METHOD_BANK_TRANSFER,
  mobile_pay: PaymentMethod.PAYMENT_METHOD_MOBILE_PAY,
  digital_wallet: PaymentMethod.PAYMENT_METHOD_DIGITAL_WALLET,
} as const;

function intent(service: PaymentService): Operation<CreatePaymentIntentRequest, CreatePaymentIntentResponse> {
  const method = PaymentServiceService.createPaymentIntent;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.createPaymentIntent,
    failed: (error) => CreatePaymentIntentResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: at('/intent'),
        summary: 'Say what is going to be paid for a hold',
        input: z
          .object({
            reservation_id: id,
            amount: price,
            currency: z.string().max(10).nullish(),
            user_id: text,
            scenario: scenario.nullish(),
            method: z
              .enum(['credit_card', 'debit_card', 'bank_transfer', 'mobile_pay', 'digital_wallet'])
              .nullish(),
            webhook_url: textOf(2_000),
          })
          .transform((input) =>
            CreatePaymentIntentRequest.create({
              reservation_id: input.reservation_id,
              amount: {
                amount: BigInt(input.amount.amount),
                currency: input.amount.currency || input.currency || CURRENCY,
              },
              user_id: input.user_id,
              scenario: input.scenario ? SCENARIOS[input.scenario] : 0,
              method: input.method ? METHODS[input.method] : 0,
              webhook_url: input.webhook_url,
            }),
          ),
        faults: { reservation_id: 'missing_reservation_id', amount: 'bad_amount' },
        needsKey: true,
        success: 200,
        write: (answer, request) => ({
          payment_intent_id: answer.payment_intent_id,
          status: paymentWord(answer.status),
          ...amountJson(request.amount),
          reservation_id: request.reservation_id,
          client_secret: answer.client_secret,
          payment_url: answer.payment_url,
          expires_at: answer.expires_at,
        }),
        output: z.object({
          payment_intent_id: z.string(),
          status: z.string(),
          amount: z.int(),
          currency: z.string(),
          reservation_id: z.string(),
          client_secret: z.string(),
          payment_url: z.string(),
          expires_at: z.iso.datetime(),
        }),
      },
    ],
  };
}

function get(service: PaymentService): Operation<GetPaymentStatusRequest, GetPaymentStatusResponse> {
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

function process(service: PaymentService): Operation<ProcessPaymentRequest, ProcessPaymentResponse> {
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

function cancel(service: PaymentService): Operation<CancelPaymentRequest, CancelPaymentResponse> {
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

function list(service: PaymentService): Operation<ListPaymentsRequest, ListPaymentsResponse> {
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

/** What can be asked of payments, by the names of `service`, wherever it makes them. */
export const paymentCalls = (service: PaymentService) => ({
  createPaymentIntent: intent(service),
  getPaymentStatus: get(service),
  processPayment: process(service),
  cancelPayment: cancel(service),
  listPayments: list(service),
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
