import { counter } from '../metrics';

/** What the client side counts. */

/** Services that the arcade calls, as labels and in logs. */
export type ServiceName = 'game' | 'judge' | 'training' | 'reservation' | 'payment' | 'rule_engine' | 'ai_gm';

export const streamsOpened = counter('arcade_upstream_streams_opened_total', 'Calls of streams made', [
  'service',
]);

export const streamsLost = counter(
  'arcade_upstream_streams_lost_total',
  'Streams whose peer was gone or left the call unanswered, found by us',
  ['service', 'why'],
);

export const callsFailed = counter(
  'arcade_upstream_calls_failed_total',
  'Calls and streams that ended with an error, by gRPC status',
  ['service', 'status'],
);

export const messagesRefused = counter(
  'arcade_upstream_messages_refused_total',
  'Messages of services that break the contract and went no further',
  ['service', 'reason'],
);

export const fieldsCut = counter(
  'arcade_upstream_fields_cut_total',
  'Fields of messages that were out of range or too long, and were cut to what the contract allows',
  ['service', 'field'],
);

export const triesMade = counter(
  'arcade_upstream_tries_total',
  'Tries of guarded calls by how they ended: answered, failed or cancelled; retries among them',
  ['service', 'protocol', 'end'],
);

export const retriesMade = counter('arcade_upstream_retries_total', 'Tries beyond the first of a call', [
  'service',
  'protocol',
]);

export const callsStopped = counter(
  'arcade_upstream_calls_stopped_total',
  'Guarded calls that were not sent (breaker open, no room) or not retried (budget)',
  ['service', 'protocol', 'why'],
);

export const breakerChanges = counter(
  'arcade_upstream_breaker_changes_total',
  'Changes of a breaker by new state',
  ['service', 'protocol', 'state'],
);

export const ejections = counter('arcade_upstream_ejections_total', 'Addresses left out for a while', [
  'service',
  'protocol',
]);
