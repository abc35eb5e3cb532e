import { z } from 'zod';
import {
  type GetQueueStatusRequest,
  GetQueueStatusResponse,
  QueueServiceService,
  QueueStatus,
} from '../../grpc/gen/proto/gateway/v1/queue';
import type { Queue } from '../../tournaments/queue/queue';
import { refusal } from '../../tournaments/refusals';
import { nameOf, type Operation } from '../operation';
import { statusAnswer, statusJson, statusText } from './queue-answers';
import { counted, placed, queueBase, status, token } from './queue-base';

/** How somebody sees where he stands: most calls of a rush are these. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function getQueueStatus(queue: Queue): Operation<GetQueueStatusRequest, GetQueueStatusResponse> {
  const waitingSeconds = (held: string): number =>
    Math.max(0, Math.floor((Date.now() - queue.place(held).joinedAt.getTime()) / 1000));

  return {
    ...queueBase(queue),
    name: nameOf(QueueServiceService.getQueueStatus),
    grpc: QueueServiceService.getQueueStatus,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 2_000,
    tokenOf: ({ waiting_token }) => waiting_token,
    run: counted('status', ({ waiting_token }) => {
      if (waiting_token === '') throw refusal('missing_token', 'bad request: waiting_token is missing.');
      const place = placed(queue, waiting_token);
      return place instanceof Promise ? place.then(statusAnswer) : statusAnswer(place);
    }),
    failed: (error, reason) =>
      GetQueueStatusResponse.create({
        error,
        status:
          reason === 'place_expired' ? QueueStatus.QUEUE_STATUS_EXPIRED : QueueStatus.QUEUE_STATUS_ERROR,
      }),
    http: [
      {
        method: 'GET',
        paths: ['/api/v1/queue/status'],
        summary: 'Where one stands',
        input: z.object({ token }).transform((input) => ({ waiting_token: input.token })),
        faults: { token: 'missing_token' },
        needsKey: false,
        success: 200,
        write: (answer, { waiting_token }) => statusJson(answer, waitingSeconds(waiting_token)),
        hot: {
          read: ({ token: held }) =>
            typeof held === 'string' && UUID.test(held) ? { waiting_token: held } : undefined,
          text: (answer, { waiting_token }) => statusText(answer, waitingSeconds(waiting_token)),
        },
        output: z.object({
          status,
          position: z.int(),
          eta_sec: z.int(),
          waiting_time: z.int(),
          ready_for_entry: z.boolean(),
          expires_at: z.iso.datetime(),
        }),
      },
    ],
  };
}
