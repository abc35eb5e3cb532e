import { z } from 'zod';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import {
  AdmissionStatus,
  GetQueueStatsResponse,
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
import type { Place, PlaceState, Queue } from '../../tournaments/queue/queue';
import { type RefusalReason, reasonOf, refusal } from '../../tournaments/refusals';
import { queueOperations, queueWait } from '../counts';
import { type Defined, define } from '../define';
import { type Access, type Answer, keptAsBytes, nameOf, type Operation } from '../operation';
import type { People } from '../people';
import type { CallInfo } from '../services';

const STATUS = {
  waiting: QueueStatus.QUEUE_STATUS_WAITING,
  ready: QueueStatus.QUEUE_STATUS_READY,
  admitted: QueueStatus.QUEUE_STATUS_READY,
  used: QueueStatus.QUEUE_STATUS_EXPIRED,
  left: QueueStatus.QUEUE_STATUS_LEFT,
  expired: QueueStatus.QUEUE_STATUS_EXPIRED,
} as const satisfies Record<PlaceState, QueueStatus>;

/** Whether the person may ask for admission, or has it. */
export const isReady = ({ state }: Place): boolean => state === 'ready' || state === 'admitted';

const isAlive = (place: Place | undefined): boolean =>
  place !== undefined && (place.state === 'waiting' || isReady(place));

/** Until when the place is worth something. */
export const placeEnds = ({ readyUntil, expiresAt }: Place): Date => readyUntil ?? expiresAt;

/** Whole seconds, as the contract has them, for who waits at least one; 0 while nothing can be said. */
export const etaSeconds = ({ estimate, state }: Place): number =>
  state === 'waiting' && estimate ? Math.max(1, Math.round(estimate.seconds)) : 0;

const word = (status: QueueStatus): string =>
  status === QueueStatus.QUEUE_STATUS_READY ? 'ready' : 'waiting';

const statusAnswer = (place: Place): GetQueueStatusResponse => ({
  status: STATUS[place.state],
  position: place.position,
  eta_seconds: etaSeconds(place),
  admission_ready: isReady(place),
  expires_at: placeEnds(place),
  error: undefined,
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws place_expired: over HTTP a place that is over is not found */
function mustGoOn({ status }: GetQueueStatusResponse): void {
  if (status === QueueStatus.QUEUE_STATUS_EXPIRED || status === QueueStatus.QUEUE_STATUS_LEFT)
    throw refusal('place_expired', 'The place in the queue is over: not found any more.');
}

export function statusJson(answer: GetQueueStatusResponse, waitingSeconds: number) {
  mustGoOn(answer);
  return {
    status: word(answer.status),
    position: answer.position,
    eta_sec: answer.eta_seconds,
    waiting_time: waitingSeconds,
    ready_for_entry: answer.admission_ready,
    expires_at: answer.expires_at,
  };
}

/** Whole queues share one end. */
let latest = { ms: Number.NaN, text: '' };
function isoOf(date: Date | undefined): string {
  const ms = date?.getTime() ?? 0;
  if (latest.ms !== ms) latest = { ms, text: new Date(ms).toISOString() };
  return latest.text;
}

/** The same as {@link statusJson}, as text: it is asked thousands of times a second. */
export function statusText(answer: GetQueueStatusResponse, waitingSeconds: number): string {
  mustGoOn(answer);
  return `{"status":"${word(answer.status)}","position":${answer.position},"eta_sec":${answer.eta_seconds},"waiting_time":${waitingSeconds},"ready_for_entry":${answer.admission_ready},"expires_at":"${isoOf(answer.expires_at)}"}`;
}

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

  return [define(join), define(getStatus), define(admit), define(leave), define(stats(queue, base))];
}

type StatsRequest = { event_id: string };

function stats(
  queue: Queue,
  base: { readonly family: 'queue'; readonly holds: (token: string) => boolean },
): Operation<StatsRequest, GetQueueStatsResponse> {
  return {
    ...base,
    name: nameOf(QueueServiceService.getQueueStats),
    grpc: QueueServiceService.getQueueStats,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 2_000,
    run: ({ event_id }) => {
      const now = new Date();
      const found = queue.stats(event_id || undefined);
      const sum = (of: (one: (typeof found)[number]) => number) =>
        found.reduce((total, one) => total + of(one), 0);
      return {
        events: found.map((one) => ({
          event_id: one.eventId,
          total_waiting: one.waiting,
          total_admitted: one.admitted,
          admission_rate_per_minute: Math.round(one.admissionsPerMinute),
          average_wait_time_seconds: Math.round(one.averageWaitSeconds),
          last_updated: now,
        })),
        system: {
          total_active_queues: found.length,
          total_waiting_users: sum(({ waiting }) => waiting),
          total_admitted_users: sum(({ admitted }) => admitted),
          system_capacity_percentage: 0,
          average_admission_rate:
            found.length === 0 ? 0 : sum(({ admissionsPerMinute }) => admissionsPerMinute) / found.length,
          last_updated: now,
        },
        error: undefined,
      };
    },
    failed: (error) => GetQueueStatsResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: ['/api/v1/queue/stats'],
        summary: 'How many wait and were admitted, of one queue or of all',
        input: z.object({ event_id: z.string().optional() }).transform((input) => ({
          event_id: input.event_id ?? '',
        })),
        needsKey: false,
        success: 200,
        write: ({ events, system }) => ({ events, system }),
        output: z.object({ events: z.array(z.looseObject({})), system: z.looseObject({}) }),
      },
    ],
  };
}
