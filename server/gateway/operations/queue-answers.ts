import { type GetQueueStatusResponse, QueueStatus } from '../../grpc/gen/proto/gateway/v1/queue';
import type { Place, PlaceState } from '../../tournaments/queue/queue';
import { refusal } from '../../tournaments/refusals';

/** The contract's number of a place's state. */
export const STATUS = {
  waiting: QueueStatus.QUEUE_STATUS_WAITING,
  ready: QueueStatus.QUEUE_STATUS_READY,
  admitted: QueueStatus.QUEUE_STATUS_READY,
  used: QueueStatus.QUEUE_STATUS_EXPIRED,
  left: QueueStatus.QUEUE_STATUS_LEFT,
  expired: QueueStatus.QUEUE_STATUS_EXPIRED,
} as const satisfies Record<PlaceState, QueueStatus>;

/** Whether the person may ask for admission, or has it. */
export const isReady = ({ state }: Place): boolean => state === 'ready' || state === 'admitted';

export const isAlive = (place: Place | undefined): boolean =>
  place !== undefined && (place.state === 'waiting' || isReady(place));

/** Until when the place is worth something. */
export const placeEnds = ({ readyUntil, expiresAt }: Place): Date => readyUntil ?? expiresAt;

/** Whole seconds, as the contract has them, for who waits at least one; 0 while nothing can be said. */
export const etaSeconds = ({ estimate, state }: Place): number =>
  state === 'waiting' && estimate ? Math.max(1, Math.round(estimate.seconds)) : 0;

export const word = (status: QueueStatus): string =>
  status === QueueStatus.QUEUE_STATUS_READY ? 'ready' : 'waiting';

export const statusAnswer = (place: Place): GetQueueStatusResponse => ({
  status: STATUS[place.state],
  position: place.position,
  eta_seconds: etaSeconds(place),
  admission_ready: isReady(place),
  expires_at: placeEnds(place),
  error: undefined,
});

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
