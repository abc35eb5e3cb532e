import { z } from 'zod';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import { Money } from '../../grpc/gen/proto/common/v1/types';
import {
  type CancelPaymentRequest,
  CancelPaymentResponse,
  type CreatePaymentIntentRequest,
  CreatePaymentIntentResponse,
  type GetPaymentStatusRequest,
  GetPaymentStatusResponse,
  type ListPaymentsRequest,
  ListPaymentsResponse,
  Payment,
  PaymentResult,
  PaymentScenario,
  PaymentServiceService,
  type ProcessPaymentRequest,
  ProcessPaymentResponse,
} from '../../grpc/gen/proto/payment/v1/payment';
import { isReason, REFUSALS } from '../../tournaments/refusals';
import { CURRENCY, coins, paymentStatusOf, paymentWord } from '../wire-json';
import type { Remote } from './remote';
import { instant, maybe, money, text } from './reservation-json';

/** Payments over HTTP, at the public gateway's paths and in its fields (snake_case); cancelling and lists are ours. */

const BASE = '/api/v1/payment';

/** Codes of the public gateway by what they say in-band; the first reason of a code stands for it. */
const NUMBERS = new Map<string, number>();
for (const { httpCode, inBand } of Object.values(REFUSALS))
  if (!NUMBERS.has(httpCode)) NUMBERS.set(httpCode, inBand);
NUMBERS.set('PAYMENT_ERROR', 16);

const BY_STATUS: Readonly<Record<number, number>> = {
  400: 4,
  401: 1,
  402: 9,
  403: 2,
  404: 5,
  409: 7,
  412: 13,
  429: 8,
  502: 20,
  503: 17,
  504: 19,
};

const errorBody = z.object({
  error: z.object({
    code: z.string().max(100),
    message: z.string().max(2_000).catch(''),
    trace_id: z.string().max(200).catch(''),
  }),
  detail: z
    .object({ reason: z.string().max(100) })
    .nullish()
    .catch(undefined),
});

function readError(status: number, body: unknown): WireError {
  const told = errorBody.safeParse(body).data;
  const reason = told?.detail?.reason;
  const known = isReason(reason) ? REFUSALS[reason].inBand : undefined;
  const named = told && NUMBERS.get(told.error.code);
  return {
    code: known ?? named ?? BY_STATUS[status] ?? (status >= 500 ? 16 : 4),
    message: told?.error.message ?? '',
    trace_id: told?.error.trace_id ?? '',
    details: isReason(reason) ? [{ field: '', reason, value: '' }] : [],
  };
}

/** A word, with or without its prefix, or the enum's number. */
const status = z.union([z.string().max(50), z.int()]).transform((value, context) => {
  const known = typeof value === 'number' ? value : paymentStatusOf(value.replace(/^PAYMENT_STATUS_/, ''));
  if (known === undefined || known < 0 || known > 7)
    context.addIssue({ code: 'custom', message: 'is no status of a payment' });
  return known ?? 0;
});
const price = z.union([
  z
    .int()
    .min(0)
    .transform((amount) => ({ amount })),
  money,
]);
const priceOf = (value: z.output<typeof price>, currency: string | undefined) =>
  'currency' in value
    ? value
    : Money.create({ amount: BigInt(value.amount), currency: currency ?? CURRENCY });

const payment = z
  .object({
    payment_intent_id: text,
    payment_id: maybe(text),
    reservation_id: maybe(text),
    user_id: maybe(text),
    status,
    amount: price,
    currency: maybe(z.string().max(10)),
    method: maybe(z.int().min(0).max(5)),
    transaction_id: maybe(text),
    failure_reason: maybe(text),
    created_at: maybe(instant),
    updated_at: maybe(instant),
    processed_at: maybe(instant),
  })
  .transform(
    (read): Payment =>
      Payment.create({
        payment_intent_id: read.payment_intent_id,
        payment_id: read.payment_id ?? '',
        reservation_id: read.reservation_id ?? '',
        user_id: read.user_id ?? '',
        status: read.status,
        amount: priceOf(read.amount, read.currency),
        method: read.method ?? 0,
        transaction_id: read.transaction_id ?? '',
        ...(read.failure_reason
          ? { result: PaymentResult.create({ failure_reason: read.failure_reason }) }
          : {}),
        ...(read.created_at ? { created_at: read.created_at } : {}),
        ...(read.updated_at ? { updated_at: read.updated_at } : {}),
        ...(read.processed_at ? { processed_at: read.processed_at } : {}),
      }),
  );

function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
  );
}

const SCENARIOS: Readonly<Record<number, string>> = {
  [PaymentScenario.PAYMENT_SCENARIO_APPROVE]: 'approve',
  [PaymentScenario.PAYMENT_SCENARIO_FAIL]: 'fail',
  [PaymentScenario.PAYMENT_SCENARIO_DELAY]: 'delay',
  [PaymentScenario.PAYMENT_SCENARIO_RANDOM]: 'random',
  [PaymentScenario.PAYMENT_SCENARIO_TIMEOUT]: 'timeout',
};
const METHODS: Readonly<Record<number, string>> = {
  1: 'credit_card',
  2: 'debit_card',
  3: 'bank_transfer',
  4: 'mobile_pay',
  5: 'digital_wallet',
};

const intentAnswer = z.object({
  payment_intent_id: text,
  status,
  client_secret: maybe(text),
  payment_url: maybe(text),
  expires_at: maybe(instant),
});
const createPaymentIntent: Remote<CreatePaymentIntentRequest, CreatePaymentIntentResponse> = {
  name: 'createPaymentIntent',
  isRead: false,
  grpc: PaymentServiceService.createPaymentIntent,
  failed: (error) => CreatePaymentIntentResponse.create({ error }),
  http: {
    write: (request) => ({
      method: 'POST',
      path: `${BASE}/intent`,
      body: said({
        reservation_id: request.reservation_id,
        amount: coins(request.amount),
        currency: request.amount?.currency || CURRENCY,
        user_id: request.user_id,
        scenario: SCENARIOS[request.scenario],
        method: METHODS[request.method],
        webhook_url: request.webhook_url,
      }),
    }),
    read(body) {
      const { expires_at, ...read } = intentAnswer.parse(body);
      return CreatePaymentIntentResponse.create({
        payment_intent_id: read.payment_intent_id,
        status: read.status,
        client_secret: read.client_secret ?? '',
        payment_url: read.payment_url ?? '',
        ...(expires_at ? { expires_at } : {}),
      });
    },
    readError,
  },
};

const getPaymentStatus: Remote<GetPaymentStatusRequest, GetPaymentStatusResponse> = {
  name: 'getPaymentStatus',
  isRead: true,
  grpc: PaymentServiceService.getPaymentStatus,
  failed: (error) => GetPaymentStatusResponse.create({ error }),
  http: {
    write: ({ payment_intent_id, user_id }) => ({
      method: 'GET',
      path: `${BASE}/${encodeURIComponent(payment_intent_id)}/status`,
      query: user_id === '' ? {} : { user_id },
    }),
    read: (body) => GetPaymentStatusResponse.create({ payment: payment.parse(body) }),
    readError,
  },
};

const processAnswer = z.object({
  status,
  message: maybe(z.string().max(2_000)),
  payment_id: maybe(text),
  transaction_id: maybe(text),
  processed_at: maybe(instant),
});
const processPayment: Remote<ProcessPaymentRequest, ProcessPaymentResponse> = {
  name: 'processPayment',
  isRead: false,
  grpc: PaymentServiceService.processPayment,
  failed: (error) => ProcessPaymentResponse.create({ error }),
  http: {
    // The action is the call's, and goes in beside the message.
    write: ({ payment_intent_id }) => ({
      method: 'POST',
      path: `${BASE}/process`,
      body: { payment_intent_id },
    }),
    read(body, { payment_intent_id }) {
      const { processed_at, ...read } = processAnswer.parse(body);
      const isPaid = paymentWord(read.status) === 'COMPLETED';
      return ProcessPaymentResponse.create({
        payment_id: read.payment_id ?? payment_intent_id,
        status: read.status,
        transaction_id: read.transaction_id ?? '',
        result: PaymentResult.create({ success: isPaid, failure_reason: isPaid ? '' : (read.message ?? '') }),
        ...(processed_at ? { processed_at } : {}),
      });
    },
    readError,
  },
};

const cancelAnswer = z.object({
  status,
  cancelled_at: maybe(instant),
  refunded_amount: maybe(price),
  refund_id: maybe(text),
});
const cancelPayment: Remote<CancelPaymentRequest, CancelPaymentResponse> = {
  name: 'cancelPayment',
  isRead: false,
  grpc: PaymentServiceService.cancelPayment,
  failed: (error) => CancelPaymentResponse.create({ error }),
  http: {
    write: ({ payment_intent_id, reason, refund_amount }) => ({
      method: 'POST',
      path: `${BASE}/${encodeURIComponent(payment_intent_id)}/cancel`,
      body: said({
        reason,
        refund_amount: refund_amount && {
          amount: coins(refund_amount),
          currency: refund_amount.currency || CURRENCY,
        },
      }),
    }),
    read(body) {
      const { cancelled_at, refunded_amount, ...read } = cancelAnswer.parse(body);
      return CancelPaymentResponse.create({
        status: read.status,
        refund_id: read.refund_id ?? '',
        ...(cancelled_at ? { cancelled_at } : {}),
        ...(refunded_amount ? { refunded_amount: priceOf(refunded_amount, undefined) } : {}),
      });
    },
    readError,
  },
};

const listAnswer = z.object({
  payments: z.array(payment).max(1_000),
  page_info: z
    .object({ total_count: z.int().min(0).catch(0), next_cursor: text.catch('') })
    .nullish()
    .catch(undefined),
});
const listPayments: Remote<ListPaymentsRequest, ListPaymentsResponse> = {
  name: 'listPayments',
  isRead: true,
  grpc: PaymentServiceService.listPayments,
  failed: (error) => ListPaymentsResponse.create({ error }),
  http: {
    write({ user_id, reservation_id, status, pagination }) {
      const query: Record<string, string> = {};
      if (user_id) query.user_id = user_id;
      if (reservation_id) query.reservation_id = reservation_id;
      if (status) query.status = paymentWord(status);
      if (pagination?.page_size) query.page_size = String(pagination.page_size);
      if (pagination?.cursor) query.cursor = pagination.cursor;
      return { method: 'GET', path: BASE, query };
    },
    read(body) {
      const { payments, page_info } = listAnswer.parse(body);
      return ListPaymentsResponse.create({
        payments,
        page_info: {
          total_count: page_info?.total_count ?? payments.length,
          has_next_page: (page_info?.next_cursor ?? '') !== '',
          has_previous_page: false,
          next_cursor: page_info?.next_cursor ?? '',
          previous_cursor: '',
        },
      });
    },
    readError,
  },
};

/** The five methods of payments that are asked for elsewhere. */
export const PAYMENT_REMOTES = {
  createPaymentIntent,
  getPaymentStatus,
  processPayment,
  cancelPayment,
  listPayments,
} as const;
