import { counter } from '../metrics';

/** What the client side of gRPC counts. */

/** Services that the arcade calls, as labels and in logs. */
export type ServiceName = 'game' | 'judge' | 'training';

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
