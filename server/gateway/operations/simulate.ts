import {
  PaymentServiceService,
  type SimulateWebhookRequest,
  SimulateWebhookResponse,
} from '../../grpc/gen/proto/payment/v1/payment';
import type { PaymentState } from '../../tournaments/payments/payments';
import { refusal } from '../../tournaments/refusals';
import type { Actor } from '../../tournaments/reservations/reservations';
import { type Defined, define } from '../define';
import { paymentState } from '../local-payments';
import { nameOf, type Operation } from '../operation';
import { mustSignIn } from '../perform';

/** Makes a payment take a turn, as a processor's webhook would; for rehearsals. */
export type SimulateWebhook = (request: {
  readonly paymentIntentId: string;
  /** Who asks: nobody sets the turn of somebody else's payment. */
  readonly actor: Actor;
  readonly state: PaymentState;
  readonly delaySeconds: number;
}) => Promise<{ readonly webhookId: string; readonly scheduledAt: Date }>;

/** `PaymentService.SimulateWebhook`: served only where scenarios are switched on. */
export function simulateOperation(simulate: SimulateWebhook): Defined {
  const method = PaymentServiceService.simulateWebhook;
  const operation: Operation<SimulateWebhookRequest, SimulateWebhookResponse> = {
    name: nameOf(method),
    family: 'payment',
    grpc: method,
    access: 'caller',
    keeping: undefined,
    deadlineMs: 5_000,
    async run({ payment_intent_id, target_status, delay_seconds }, { caller }) {
      if (caller.kind === 'nobody') mustSignIn();
      if (payment_intent_id === '')
        throw refusal('missing_payment_intent_id', 'bad request: payment_intent_id is missing.');
      const state = paymentState(target_status);
      if (state === undefined) throw refusal('bad_request', 'bad request: target_status is missing.');
      const { webhookId, scheduledAt } = await simulate({
        paymentIntentId: payment_intent_id,
        actor: caller.kind === 'trusted' ? 'trusted' : { playerId: caller.playerId },
        state,
        delaySeconds: Math.max(0, delay_seconds),
      });
      return { webhook_sent: true, webhook_id: webhookId, scheduled_at: scheduledAt, error: undefined };
    },
    failed: (error) => SimulateWebhookResponse.create({ error }),
    http: [],
  };
  return define(operation);
}
