import { type GetQueueStatusResponse, QueueStatus } from '../../server/grpc/gen/proto/gateway/v1/queue';

/** An answer of the size that people in a queue get. */
export const ANSWER: GetQueueStatusResponse = {
  status: QueueStatus.QUEUE_STATUS_WAITING,
  position: 2_500,
  eta_seconds: 250,
  admission_ready: false,
  expires_at: new Date(1_900_000_000_000),
  error: undefined,
};

/** The same over HTTP. */
export const BODY = {
  status: 'waiting',
  position: 2_500,
  eta_sec: 250,
  waiting_time: 60,
  ready_for_entry: false,
  expires_at: '2030-03-17T17:46:40.000Z',
};

/** Headers as many and as long as the gateway's, so that both answers have the same size. */
export const HEADERS = [
  ...['content-type', 'application/json; charset=utf-8'],
  ...['cache-control', 'no-store'],
  ...['x-content-type-options', 'nosniff'],
  ...['x-request-id', 'af58af15-ad38-47ab-8f8f-0000000001f5'],
  ...['x-ratelimit-limit', '100000'],
  ...['x-ratelimit-remaining', '99999'],
  ...['x-ratelimit-reset', '1900000000'],
  ...['x-ratelimit-window', '1s'],
];
