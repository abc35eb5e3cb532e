import { counter, histogram } from '../metrics';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The names are the public gateway's, so that its dashboards carry over. */
export const httpRequests = counter('http_server_requests_total', 'Requests of the HTTP API answered', [
  'method',
  'route',
  'status_code',
]);
export const httpSeconds = histogram(
  'http_server_requests_duration_seconds',
  'Time to the answer of the HTTP API',
  SECONDS,
  ['method', 'route'],
);
export const backendSeconds = histogram(
  'backend_call_duration_seconds',
  'Calls of the gateway to reservations and payments, wherever they are',
  SECONDS,
  ['service', 'method', 'status'],
);
export const rateDropped = counter('ratelimit_dropped_total', 'Calls refused for coming too fast', [
  'protocol',
]);
export const keyHits = counter(
  'idempotency_hits_total',
  'Calls under a key that was there, by what came of it',
  ['outcome'],
);
export const queueOperations = counter('queue_operations_total', 'Operations of the queue', [
  'operation',
  'status',
]);
export const queueWait = histogram(
  'queue_wait_time_seconds',
  'From joining a queue to being admitted',
  [1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600],
);
/** Calls refused at the door. */
export const callersRefused = counter('arcade_gateway_callers_refused_total', 'Calls refused for who asks', [
  'reason',
]);
export const streamsOpen = counter('arcade_gateway_streams_total', 'Streams of updates, by how they ended', [
  'stream',
  'end',
]);
