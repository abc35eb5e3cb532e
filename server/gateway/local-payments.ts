import type { Money } from '../grpc/gen/proto/common/v1/types';
import {
  PaymentMethod,
  type PaymentResult,
  PaymentScenario,
  PaymentStatus,
  type Payment as WirePayment,
} from '../grpc/gen/proto/payment/v1/payment';
import type { Payment, PaymentState, Payments, Scenario } from '../tournaments/payments/payments';
import { refusal } from '../tournaments/refusals';
import { listed, pageInfo, pageOf } from './local-reservations';
import type { People } from './people';
import type { PaymentService } from './services';
import { CURRENCY } from './wire-json';

const STATUS = {
  pending: PaymentStatus.PAYMENT_STATUS_PENDING,
  processing: PaymentStatus.PAYMENT_STATUS_PROCESSING,
  completed: PaymentStatus.PAYMENT_STATUS_COMPLETED,
  failed: PaymentStatus.PAYMENT_STATUS_FAILED,
  cancelled: PaymentStatus.PAYMENT_STATUS_CANCELLED,
  refunded: PaymentStatus.PAYMENT_STATUS_REFUNDED,
  expired: PaymentStatus.PAYMENT_STATUS_EXPIRED,
} as const satisfies Record<PaymentState, PaymentStatus>;
const STATES = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'refunded',
  'expired',
] as const satisfies readonly PaymentState[];

/** The contract's number of a payment's state. */
export const paymentStatus = (state: PaymentState): PaymentStatus => STATUS[state];

/** The state of a number; undefined for 0. @throws bad_request */
export function paymentState(status: PaymentStatus): PaymentState | undefined {
  if (status === PaymentStatus.PAYMENT_STATUS_UNSPECIFIED) return undefined;
  const found = STATES.find((state) => STATUS[state] === status);
  if (found) return found;
  throw refusal('bad_request', 'bad request: no payment has this status.');
}

const SCENARIOS: Record<number, Scenario> = {
  [PaymentScenario.PAYMENT_SCENARIO_UNSPECIFIED]: 'none',
  [PaymentScenario.PAYMENT_SCENARIO_APPROVE]: 'approve',
  [PaymentScenario.PAYMENT_SCENARIO_FAIL]: 'fail',
  [PaymentScenario.PAYMENT_SCENARIO_DELAY]: 'delay',
  [PaymentScenario.PAYMENT_SCENARIO_RANDOM]: 'random',
  [PaymentScenario.PAYMENT_SCENARIO_TIMEOUT]: 'timeout',
};

const coin = (amount: number): Money => ({ amount: BigInt(amount), currency: CURRENCY });

/** @throws bad_amount for what no number of coins can be */
function coinsOf({ amount }: Money): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < 0n)
    throw refusal('bad_amount', 'bad request: that is no number of coins.');
  return Number(amount);
}

/** @throws missing_payment_intent_id */
function named(paymentIntentId: string): string {
  if (paymentIntentId === '')
    throw refusal('missing_payment_intent_id', 'bad request: payment_intent_id is missing.');
  return paymentIntentId;
}

function resultOf({ state, failureReason, processedAt }: Payment): PaymentResult | undefined {
  if (processedAt === undefined) return undefined;
  const success = state === 'completed' || state === 'refunded';
  return {
    success,
    failure_reason: failureReason ?? '',
    gateway_response: success ? 'approved' : 'declined',
    response_code: success ? 0 : 1,
    processed_at: processedAt,
  };
}

function wirePayment(payment: Payment): WirePayment {
  return {
    payment_intent_id: payment.paymentIntentId,
    // One payment an intent.
    payment_id: payment.paymentIntentId,
    reservation_id: payment.reservationId,
    user_id: payment.userId,
    status: STATUS[payment.state],
    amount: coin(payment.amount),
    method: PaymentMethod[payment.method] === undefined ? 0 : payment.method,
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    processed_at: payment.processedAt,
    transaction_id: payment.transactionId ?? '',
    result: resultOf(payment),
    metadata: undefined,
  };
}

/** The arcade's own payments as the message-level service; it rejects with refusals, which the border tells in-band. */
export function localPayments(payments: Payments, people: People): PaymentService {
  return {
    async createPaymentIntent(request, call) {
      if (request.reservation_id === '')
        throw refusal('missing_reservation_id', 'bad request: reservation_id is missing.');
      if (request.amount === undefined) throw refusal('bad_amount', 'bad request: amount is missing.');
      const payment = await payments.createIntent({
        reservationId: request.reservation_id,
        amount: coinsOf(request.amount),
        currency: request.amount.currency || CURRENCY,
        userId: await people.subject(call, request.user_id),
        method: request.method,
        scenario: SCENARIOS[request.scenario || (request.metadata?.scenario ?? 0)] ?? 'none',
        webhookUrl: request.webhook_url || undefined,
      });
      return {
        payment_intent_id: payment.paymentIntentId,
        status: STATUS[payment.state],
        client_secret: payment.clientSecret ?? '',
        payment_url: '',
        expires_at: payment.expiresAt,
        error: undefined,
      };
    },
    async getPaymentStatus({ payment_intent_id, user_id }, call) {
      const payment = await payments.get(named(payment_intent_id), people.actor(call, user_id));
      return { payment: wirePayment(payment), error: undefined };
    },
    async processPayment({ payment_intent_id }, call) {
      const payment = await payments.process({
        paymentIntentId: named(payment_intent_id),
        actor: people.actor(call, ''),
        ...(call.action ? { action: call.action } : {}),
      });
      return {
        payment_id: payment.paymentIntentId,
        status: STATUS[payment.state],
        processed_at: payment.processedAt,
        transaction_id: payment.transactionId ?? '',
        result: resultOf(payment),
        error: undefined,
      };
    },
    async cancelPayment({ payment_intent_id, reason, refund_amount }, call) {
      const payment = await payments.cancel({
        paymentIntentId: named(payment_intent_id),
        reason: reason.slice(0, 200),
        refundAmount: refund_amount ? coinsOf(refund_amount) : undefined,
        actor: people.actor(call, ''),
      });
      return {
        status: STATUS[payment.state],
        cancelled_at: payment.updatedAt,
        refunded_amount: coin(payment.refundedAmount),
        refund_id: payment.refundId ?? '',
        error: undefined,
      };
    },
    async listPayments({ user_id, reservation_id, status, pagination }, call) {
      const {
        payments: found,
        nextCursor,
        total,
      } = await payments.list({
        userId: listed(people, call, user_id),
        reservationId: reservation_id || undefined,
        state: paymentState(status),
        ...pageOf(pagination),
      });
      return {
        payments: found.map(wirePayment),
        page_info: pageInfo({ next: nextCursor, total }, pagination),
        error: undefined,
      };
    },
  };
}
