import { z } from 'zod';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import {
  AdmissionStatus,
  type GetQueueStatusRequest,
  GetQueueStatusResponse,
  JoinQueueRequest,
  JoinQueueResponse,
  LeaveQueueRequest,
  LeaveQueueResponse,
  QueueServiceService,
  QueueStatus,
  RequestAdmissionRequest,
  RequestAdmissionResponse,
} from '../../grpc/gen/proto/gateway/v1/queue';
import type { Place, Queue } from '../../tournaments/queue/queue';
import { type RefusalReason, reasonOf, refusal } from '../../tournaments/refusals';
import { queueOperations, queueWait } from '../counts';
import { type Defined, define } from '../define';
import { type Access, type Answer, keptAsBytes, nameOf, type Operation } from '../operation';
import type { People } from '../people';
import type { CallInfo } from '../services';
import {
  etaSeconds,
  isAlive,
  placeEnds,
  STATUS,
  statusAnswer,
  statusJson,
  statusText,
  word,
} from './queue-answers';
import { queueStats } from './queue-stats';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const token = z.string().trim().min(1, 'is missing');
const status = z.enum(['waiting', 'ready']);

/** Counts what came of it. */
function counted<Request, Response extends Answer>(
  operation: string,
  run: (request: Request, call: CallInfo) => Response | Promise<Response>,
): (request: Request, call: CallInfo) => Response | Promise<Response> {
  const good = queueOperations.labels({ operation, status: 'ok' });
  const refused = (error: unknown) => {
    queueOperations.inc({ operation, status: reasonOf(error) ?? 'error' });
    throw error;
  };
  return (request, call) => {
    try {
      const answer = run(request, call);
      if (!(answer instanceof Promise)) {
        good.inc();
        return answer;
      }
      return answer.then((given) => {
        good.inc();
        return given;
      }, refused);
    } catch (error) {
      return refused(error);
    }
  };
}

function admissionOf(reason: RefusalReason | undefined): AdmissionStatus {
  if (reason === 'place_expired') return AdmissionStatus.ADMISSION_STATUS_EXPIRED;
  if (reason === 'not_ready' || reason === 'paused' || reason === 'not_open' || reason === 'full')
    return AdmissionStatus.ADMISSION_STATUS_DENIED;
  return AdmissionStatus.ADMISSION_STATUS_INVALID;
}

/** The queue before a seat (`gateway.v1.QueueService`, `/api/v1/queue`). */
export function queueService(queue: Queue, people: People): Defined[] {
  const holds = (held: string): boolean => {
    try {
      queue.place(held);
      return true;
    } catch {
      return false;
    }
  };
  const base = { family: 'queue', holds } as const;
  /** From memory; a place that another process gave is looked for. */
  const placed = (held: string): Place | Promise<Place> => {
    try {
      return queue.place(held);
    } catch (error) {
      if (reasonOf(error) !== 'no_place') throw error;
      return queue.lookUp(held);
    }
  };

  const waitingSeconds = (held: string): number =>
    Math.max(0, Math.floor((Date.now() - queue.place(held).joinedAt.getTime()) / 1000));

  const join: Operation<JoinQueueRequest, JoinQueueResponse> = {
    ...base,
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

  const getStatus: Operation<GetQueueStatusRequest, GetQueueStatusResponse> = {
    ...base,
    name: nameOf(QueueServiceService.getQueueStatus),
    grpc: QueueServiceService.getQueueStatus,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 2_000,
    tokenOf: ({ waiting_token }) => waiting_token,
    run: counted('status', ({ waiting_token }) => {
      if (waiting_token === '') throw refusal('missing_token', 'bad request: waiting_token is missing.');
      const place = placed(waiting_token);
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

  const admit: Operation<RequestAdmissionRequest, RequestAdmissionResponse> = {
    ...base,
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
      const { joinedAt } = await placed(waiting_token);
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

  const leave: Operation<LeaveQueueRequest, LeaveQueueResponse> = {
    ...base,
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

  return [define(join), define(getStatus), define(admit), define(leave), define(queueStats(queue, base))];
}
