import { randomUUID } from 'node:crypto';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import {
  type CancelPaymentRequest,
  type CancelPaymentResponse,
  type GetPaymentStatusRequest,
  type GetPaymentStatusResponse,
  type ListPaymentsRequest,
  type ListPaymentsResponse,
  type Payment,
  PaymentStatus,
} from '../../grpc/gen/proto/payment/v1/payment';
import type { DeskCall } from '../desk';
import type { PaymentState } from '../payments/payments';
import { refusal } from '../refusals';
import type { PaymentFacts, PaymentLookup } from './payment-lookup';

const DEADLINE_MS = 5_000;
const PAGE = 100;
const MAX_PAGES = 10;

type Method<Request, Response> = (request: Request, call: DeskCall) => Promise<Response>;

/** The calls of the gateway's `PaymentService` that seats need. */
export interface RemotePayments {
  readonly getPaymentStatus: Method<GetPaymentStatusRequest, GetPaymentStatusResponse>;
  readonly cancelPayment: Method<CancelPaymentRequest, CancelPaymentResponse>;
  readonly listPayments: Method<ListPaymentsRequest, ListPaymentsResponse>;
}

const STATES: Readonly<Partial<Record<PaymentStatus, PaymentState>>> = {
  [PaymentStatus.PAYMENT_STATUS_PENDING]: 'pending',
  [PaymentStatus.PAYMENT_STATUS_PROCESSING]: 'processing',
  [PaymentStatus.PAYMENT_STATUS_COMPLETED]: 'completed',
  [PaymentStatus.PAYMENT_STATUS_FAILED]: 'failed',
  [PaymentStatus.PAYMENT_STATUS_CANCELLED]: 'cancelled',
  [PaymentStatus.PAYMENT_STATUS_REFUNDED]: 'refunded',
  [PaymentStatus.PAYMENT_STATUS_EXPIRED]: 'expired',
};
/** `common.v1.ErrorCode` NOT_FOUND */
const NOT_FOUND = 5;

function call(idempotencyKey: string | undefined): DeskCall {
  return {
    caller: { kind: 'trusted' },
    requestId: randomUUID(),
    idempotencyKey,
    signal: AbortSignal.timeout(DEADLINE_MS),
    deadline: Date.now() + DEADLINE_MS,
  };
}

/** @throws upstream_broken for what the other service refused */
function assertFine(error: WireError | undefined): void {
  if (error) throw refusal('upstream_broken', `The payment service refused: ${error.message}`);
}

function toFacts({ payment_intent_id, reservation_id, user_id, status, amount }: Payment): PaymentFacts {
  const state = STATES[status];
  if (state === undefined) throw refusal('upstream_broken', 'The payment service told no state.');
  return {
    paymentIntentId: payment_intent_id,
    reservationId: reservation_id,
    userId: user_id,
    state,
    amount: Number(amount?.amount ?? 0n),
    currency: amount?.currency || 'COIN',
    // The contract tells of a refund by its state.
    refundedAmount: 0,
  };
}

/** Payments that another service makes, as the seats use them. */
export function remotePayments(service: RemotePayments): PaymentLookup {
  async function get(paymentIntentId: string): Promise<PaymentFacts | undefined> {
    const request = { payment_intent_id: paymentIntentId, user_id: '' };
    const { payment, error } = await service.getPaymentStatus(request, call(undefined));
    if (error?.code === NOT_FOUND) return undefined;
    assertFine(error);
    return payment ? toFacts(payment) : undefined;
  }

  async function listFor(reservationId: string): Promise<PaymentFacts[]> {
    const found: PaymentFacts[] = [];
    let cursor = '';
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { payments, page_info, error } = await service.listPayments(
        {
          user_id: '',
          status: PaymentStatus.PAYMENT_STATUS_UNSPECIFIED,
          reservation_id: reservationId,
          pagination: { page: 0, page_size: PAGE, cursor },
        },
        call(undefined),
      );
      assertFine(error);
      // A service that does not filter must not make us give back what others paid.
      found.push(...payments.map(toFacts).filter((facts) => facts.reservationId === reservationId));
      cursor = page_info?.next_cursor ?? '';
      if (!page_info?.has_next_page || cursor === '') break;
    }
    return found;
  }

  return {
    isElsewhere: true,
    get,
    listFor,
    async giveBack(paymentIntentId, reason, key) {
      const { error } = await service.cancelPayment(
        { payment_intent_id: paymentIntentId, reason, refund_amount: undefined, idempotency_key: key },
        call(key),
      );
      if (!error) return true;
      // It may have been settled otherwise meanwhile.
      const state = (await get(paymentIntentId))?.state;
      if (state === 'completed') assertFine(error);
      return state !== 'pending' && state !== 'processing';
    },
  };
}
