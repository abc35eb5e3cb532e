import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Clock } from '../../clock';
import {
  EventType,
  PaymentEventType,
  type StreamPaymentUpdatesRequest,
  type StreamPaymentUpdatesResponse,
} from '../../grpc/gen/proto/gateway/v1/websocket';
import { PaymentStatus } from '../../grpc/gen/proto/payment/v1/payment';
import type { Payment, PaymentState, Payments } from '../../tournaments/payments/payments';
import type { Actor } from '../../tournaments/reservations/reservations';
import { eventWriter } from '../event-writer';
import { paymentStatus } from '../local-payments';
import { namedIds } from './named';

/** Payments told of at the start where none are named. */
const FIRST = 50;

const EVENTS = {
  pending: PaymentEventType.PAYMENT_EVENT_TYPE_CREATED,
  processing: PaymentEventType.PAYMENT_EVENT_TYPE_PROCESSING,
  completed: PaymentEventType.PAYMENT_EVENT_TYPE_COMPLETED,
  failed: PaymentEventType.PAYMENT_EVENT_TYPE_FAILED,
  // The contract has no event of these two: nothing was paid.
  cancelled: PaymentEventType.PAYMENT_EVENT_TYPE_FAILED,
  expired: PaymentEventType.PAYMENT_EVENT_TYPE_FAILED,
  refunded: PaymentEventType.PAYMENT_EVENT_TYPE_REFUNDED,
} as const satisfies Record<PaymentState, PaymentEventType>;

/**
 * Tells the payments of a person, or those named, as they change: first how they stand. With some named the stream
 * ends when none of them is under way any more.
 */
export async function streamPayments(
  payments: Payments,
  clock: Clock,
  { actor, requestId }: { readonly actor: Actor; readonly requestId: string },
  call: ServerWritableStream<StreamPaymentUpdatesRequest, StreamPaymentUpdatesResponse>,
): Promise<void> {
  const writer = eventWriter('payments', call);
  const named = namedIds(call.request.payment_intent_ids);
  const open = new Set(named);
  const seen = new Map<string, Payment>();
  // What happens while the first look is under way comes after it.
  let early: Payment[] | undefined = [];

  function take(payment: Payment): void {
    const before = seen.get(payment.paymentIntentId);
    seen.set(payment.paymentIntentId, payment);
    if (before?.state !== payment.state)
      writer.send({
        type: EventType.EVENT_TYPE_PAYMENT_UPDATE,
        payment_update: {
          payment_intent_id: payment.paymentIntentId,
          old_status: before ? paymentStatus(before.state) : PaymentStatus.PAYMENT_STATUS_UNSPECIFIED,
          new_status: paymentStatus(payment.state),
          message: payment.failureReason ?? '',
          event_type: EVENTS[payment.state],
        },
        timestamp: new Date(clock.now()),
        correlation_id: requestId,
      });
    if (payment.state !== 'pending' && payment.state !== 'processing') open.delete(payment.paymentIntentId);
    if (named.size > 0 && open.size === 0) writer.end();
  }

  const isMeant = (payment: Payment): boolean =>
    (actor === 'trusted' || payment.userId === actor.playerId) &&
    (named.size === 0 || named.has(payment.paymentIntentId));
  writer.onOver(
    payments.onChange(({ payment }) => {
      if (!isMeant(payment)) return;
      if (early) early.push(payment);
      else take(payment);
    }),
  );

  try {
    const first =
      named.size > 0
        ? await Promise.all([...named].map((id) => payments.get(id, actor)))
        : actor === 'trusted'
          ? []
          : (
              await payments.list({
                userId: actor.playerId,
                reservationId: undefined,
                state: undefined,
                limit: FIRST,
                cursor: undefined,
              })
            ).payments;
    for (const payment of first) take(payment);
    for (const payment of early) {
      const known = seen.get(payment.paymentIntentId);
      if (!known || known.updatedAt.getTime() <= payment.updatedAt.getTime()) take(payment);
    }
    early = undefined;
  } catch (error) {
    writer.fail(error);
  }
}
