import { z } from 'zod';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import {
  AdmissionStatus,
  LeaveQueueRequest,
  LeaveQueueResponse,
  QueueServiceService,
  RequestAdmissionRequest,
  RequestAdmissionResponse,
} from '../../grpc/gen/proto/gateway/v1/queue';
import type { Queue } from '../../tournaments/queue/queue';
import { type RefusalReason, refusal } from '../../tournaments/refusals';
import { queueWait } from '../counts';
import { keptAsBytes, nameOf, type Operation } from '../operation';
import { counted, placed, queueBase, token } from './queue-base';

/** How a place ends: admitted, or given up. */

function admissionOf(reason: RefusalReason | undefined): AdmissionStatus {
  if (reason === 'place_expired') return AdmissionStatus.ADMISSION_STATUS_EXPIRED;
  if (reason === 'not_ready' || reason === 'paused' || reason === 'not_open' || reason === 'full')
    return AdmissionStatus.ADMISSION_STATUS_DENIED;
  return AdmissionStatus.ADMISSION_STATUS_INVALID;
}

export function requestAdmission(queue: Queue): Operation<RequestAdmissionRequest, RequestAdmissionResponse> {
  return {
    ...queueBase(queue),
    name: nameOf(QueueServiceService.requestAdmission),
    grpc: QueueServiceService.requestAdmission,
    access: 'anybody',
    keeping: keptAsBytes(QueueServiceService.requestAdmission, {
      scopeOf: (request) => request.waiting_token,
    }),
    deadlineMs: 5_000,
    tokenOf: ({ waiting_token }) => waiting_token,
    run: counted('enter', async ({ waiting_token, event_id, user_id }, { caller }) => {
      if (waiting_token === '') throw refusal('missing_token', 'bad request: waiting_token is missing.');
      const { joinedAt } = await placed(queue, waiting_token);
      const grant = await queue.admit({
        token: waiting_token,
        eventId: event_id || undefined,
        userId: caller.kind === 'player' ? caller.playerId : user_id || undefined,
      });
      queueWait.observe((Date.now() - joinedAt.getTime()) / 1000);
      return {
        admission: AdmissionStatus.ADMISSION_STATUS_GRANTED,
        reservation_token: grant.reservationToken,
        ttl_seconds: grant.ttlSeconds,
        valid_until: grant.validUntil,
        error: undefined,
      };
    }),
    failed: (error, reason) => RequestAdmissionResponse.create({ error, admission: admissionOf(reason) }),
    http: [
      {
        method: 'POST',
        paths: ['/api/v1/queue/enter'],
        summary: 'Ask for admission when it is one’s turn',
        input: z
          .object({
            waiting_token: token,
            event_id: z.string().nullish(),
            user_id: z.string().nullish(),
          })
          .transform((input) =>
            RequestAdmissionRequest.create({
              waiting_token: input.waiting_token,
              event_id: input.event_id ?? '',
              user_id: input.user_id ?? '',
            }),
          ),
        faults: { waiting_token: 'missing_token' },
        needsKey: true,
        success: 200,
        write: (answer) => ({
          admission: 'granted',
          reservation_token: answer.reservation_token,
          ttl_sec: answer.ttl_seconds,
          valid_until: answer.valid_until,
        }),
        output: z.object({
          admission: z.literal('granted'),
          reservation_token: z.string(),
          ttl_sec: z.int(),
          valid_until: z.iso.datetime(),
        }),
      },
    ],
  };
}

export function leaveQueue(queue: Queue): Operation<LeaveQueueRequest, LeaveQueueResponse> {
  return {
    ...queueBase(queue),
    name: nameOf(QueueServiceService.leaveQueue),
    grpc: QueueServiceService.leaveQueue,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 5_000,
    tokenOf: ({ waiting_token }) => waiting_token,
    run: counted('leave', async ({ waiting_token, reason }) => {
      if (waiting_token === '') throw refusal('missing_token', 'bad request: waiting_token is missing.');
      await queue.leave(waiting_token, reason.slice(0, 200));
      return { success: true, left_at: new Date(), error: undefined };
    }),
    failed: (error: WireError) => LeaveQueueResponse.create({ error }),
    http: (['DELETE', 'POST'] as const).map((method) => ({
      method,
      paths: ['/api/v1/queue/leave'],
      summary: 'Give the place up',
      input: z
        .object({ token: token.optional(), waiting_token: token.optional(), reason: z.string().nullish() })
        .refine((input) => (input.token ?? input.waiting_token) !== undefined, { path: ['token'] })
        .transform((input) =>
          LeaveQueueRequest.create({
            waiting_token: input.token ?? input.waiting_token ?? '',
            reason: input.reason ?? '',
          }),
        ),
      faults: { token: 'missing_token', waiting_token: 'missing_token' } as const,
      needsKey: false,
      takesQuery: true,
      success: 200,
      write: () => ({ status: 'left' }),
      output: z.object({ status: z.literal('left') }),
    })),
  };
}
