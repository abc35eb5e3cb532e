import { counter } from '../../metrics';
import { reasonOf } from '../refusals';
import type { PaymentState } from './payments';

/** What payments count. */

const moves = counter(
  'arcade_payments_moves_total',
  'Changes of payments that this process made, by where from and where to',
  ['from', 'to'],
);

export function countMove(before: PaymentState | undefined, to: PaymentState): void {
  moves.inc({ from: before ?? 'none', to });
}

const refusals = counter('arcade_payments_refused_total', 'Calls that were refused', ['reason']);

export function countRefusal(error: unknown): void {
  refusals.inc({ reason: reasonOf(error) ?? 'error' });
}

const sent = counter('arcade_payments_webhooks_sent_total', 'Tries to deliver a webhook, by outcome', [
  'outcome',
]);

export function countSent(outcome: 'delivered' | 'failed' | 'gave_up'): void {
  sent.inc({ outcome });
}

const received = counter('arcade_payments_webhooks_received_total', 'Webhooks that came in, by outcome', [
  'outcome',
]);

export function countReceived(outcome: 'accepted' | 'repeated' | 'refused'): void {
  received.inc({ outcome });
}

const failures = counter('arcade_payments_failures_total', 'What failed by itself and is tried again', [
  'what',
]);

export function countFailure(what: 'due' | 'feed' | 'webhooks' | 'processor'): void {
  failures.inc({ what });
}
