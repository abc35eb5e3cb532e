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
};
