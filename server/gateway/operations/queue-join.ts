import { z } from 'zod';
import {
  JoinQueueRequest,
  JoinQueueResponse,
  QueueServiceService,
  QueueStatus,
} from '../../grpc/gen/proto/gateway/v1/queue';
import type { Queue } from '../../tournaments/queue/queue';
import { refusal } from '../../tournaments/refusals';
import { type Access, keptAsBytes, nameOf, type Operation } from '../operation';
import type { People } from '../people';
import { etaSeconds, isAlive, placeEnds, STATUS, word } from './queue-answers';
import { counted, queueBase, status } from './queue-base';

/** How somebody takes a place. */

export function joinQueue(queue: Queue, people: People): Operation<JoinQueueRequest, JoinQueueResponse> {
  return {
    ...queueBase(queue),
    name: nameOf(QueueServiceService.joinQueue),
    grpc: QueueServiceService.joinQueue,
    access: 'guests' satisfies Access,
    keeping: keptAsBytes(QueueServiceService.joinQueue, { scopeOf: ({ user_id }) => user_id }),
    deadlineMs: 5_000,
    run: counted('join', async ({ event_id, user_id, session_id, metadata }, call) => {
      if (event_id === '') throw refusal('missing_event_id', 'bad request: event_id is missing.');
      const userId = await people.subject(call, user_id, {
        eventId: event_id,
        sessionId: session_id,
        key: call.idempotencyKey,
        address: call.address ?? '',
        hasPlace: (guestId) => isAlive(queue.placeOf(event_id, guestId)),
      });
      const place = await queue.join({ eventId: event_id, userId, nonce: metadata?.headers.nonce });
      return {
        waiting_token: place.token,
        position_hint: place.position,
        eta_seconds: etaSeconds(place),
        status: STATUS[place.state],
        expires_at: placeEnds(place),
        error: undefined,
      };
    }),
    failed: (error) => JoinQueueResponse.create({ error, status: QueueStatus.QUEUE_STATUS_ERROR }),
    http: [
      {
        method: 'POST',
        paths: ['/api/v1/queue/join'],
        summary: 'Take a place in the queue of a tournament, or get the one that is there',
        input: z
          .object({
            event_id: z.string().trim().min(1, 'is missing'),
            user_id: z.string().max(200).nullish(),
            session_id: z.string().max(200).nullish(),
            nonce: z
              .string()
              .toLowerCase()
              .regex(/^[0-9a-f]{64}$/, '64 hex digits')
              .nullish(),
          })
          .transform(({ event_id, user_id, session_id, nonce }) =>
            JoinQueueRequest.create({
              event_id,
              user_id: user_id ?? '',
              session_id: session_id ?? '',
              ...(nonce ? { metadata: { headers: { nonce } } } : {}),
            }),
          ),
        faults: { event_id: 'missing_event_id' },
        needsKey: true,
        success: 202,
        write: (answer, { event_id }) => ({
          waiting_token: answer.waiting_token,
          position_hint: answer.position_hint,
          status: word(answer.status),
          eta_sec: answer.eta_seconds,
          event_id,
          expires_at: answer.expires_at,
        }),
        output: z.object({
          waiting_token: z.string(),
          position_hint: z.int(),
          status,
          eta_sec: z.int(),
          event_id: z.string(),
          expires_at: z.iso.datetime(),
        }),
      },
    ],
  };
}
