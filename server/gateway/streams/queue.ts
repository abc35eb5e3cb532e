import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Clock } from '../../clock';
import {
  EventType,
  QueueEventType,
  type StreamQueueUpdatesRequest,
  type StreamQueueUpdatesResponse,
  SystemEventType,
} from '../../grpc/gen/proto/gateway/v1/websocket';
import type { Place, Queue } from '../../tournaments/queue/queue';
import { refusal } from '../../tournaments/refusals';
import { eventWriter } from '../event-writer';
import { etaSeconds, isReady, placeEnds } from '../operations/queue-answers';

/** A place that does not change is told again after this time: the line is alive, and so is the estimate. */
const HEARTBEAT_MS = 10_000;

const isOver = ({ state }: Place): boolean => state === 'used' || state === 'left' || state === 'expired';

/** What happened to a place since it was told last. */
function eventType(before: Place | undefined, now: Place): QueueEventType {
  if (isOver(now)) return QueueEventType.QUEUE_EVENT_TYPE_TOKEN_EXPIRED;
  if (isReady(now) && !(before && isReady(before))) return QueueEventType.QUEUE_EVENT_TYPE_ADMISSION_READY;
  if (now.isPaused && !before?.isPaused) return QueueEventType.QUEUE_EVENT_TYPE_QUEUE_PAUSED;
  if (before?.isPaused && !now.isPaused) return QueueEventType.QUEUE_EVENT_TYPE_QUEUE_RESUMED;
  return QueueEventType.QUEUE_EVENT_TYPE_POSITION_CHANGED;
}

function isChanged(before: Place, now: Place): boolean {
  return (
    before.position !== now.position ||
    before.state !== now.state ||
    before.isPaused !== now.isPaused ||
    before.isFull !== now.isFull ||
    before.readyUntil?.getTime() !== now.readyUntil?.getTime()
  );
}

/** Tells one place in a queue as it changes, from where it stands now until it is over. */
export async function streamQueue(
  queue: Queue,
  clock: Clock,
  requestId: string,
  call: ServerWritableStream<StreamQueueUpdatesRequest, StreamQueueUpdatesResponse>,
): Promise<void> {
  const { waiting_token, event_id } = call.request;
  const writer = eventWriter('queue', call);
  let told: Place | undefined;

  const message = (
    fields: Partial<Pick<StreamQueueUpdatesResponse, 'queue_update' | 'system_update'>>,
    type: EventType,
  ): StreamQueueUpdatesResponse => ({
    type,
    queue_update: undefined,
    system_update: undefined,
    ...fields,
    timestamp: new Date(clock.now()),
    correlation_id: requestId,
  });

  function tell(place: Place): void {
    writer.send(
      message(
        {
          queue_update: {
            waiting_token,
            position: place.position,
            eta_seconds: etaSeconds(place),
            event_type: eventType(told, place),
            admission_ready: isReady(place),
            expires_at: placeEnds(place),
          },
        },
        EventType.EVENT_TYPE_QUEUE_UPDATE,
      ),
    );
    if (place.isFull && !told?.isFull)
      writer.send(
        message(
          {
            system_update: {
              event_id: place.eventId,
              total_waiting: place.waiting,
              admission_rate: Math.round(queue.stats(place.eventId)[0]?.admissionsPerMinute ?? 0),
              event_type: SystemEventType.SYSTEM_EVENT_TYPE_EVENT_SOLD_OUT,
              message: 'Every seat is taken.',
            },
          },
          EventType.EVENT_TYPE_SYSTEM_UPDATE,
        ),
      );
    told = place;
    if (isOver(place)) writer.end();
  }

  function look(isHeartbeat: boolean): void {
    if (writer.isOver) return;
    let place: Place;
    try {
      place = queue.place(waiting_token);
    } catch (error) {
      // It was there: now it is over, and its queue has forgotten it.
      if (told) tell({ ...told, state: 'expired', position: 0 });
      else writer.fail(error);
      return;
    }
    if (told === undefined || isHeartbeat || isChanged(told, place)) tell(place);
  }

  try {
    if (waiting_token === '') throw refusal('missing_token', 'bad request: waiting_token is missing.');
    const place = await queue.lookUp(waiting_token);
    if (event_id !== '' && event_id !== place.eventId)
      throw refusal('no_place', 'The place in the queue was not found: the token is of another event.');
    writer.onOver(queue.watch(place.eventId, () => look(false)));
    writer.onOver(clock.every(HEARTBEAT_MS, () => look(true)));
    tell(place);
  } catch (error) {
    writer.fail(error);
  }
}
