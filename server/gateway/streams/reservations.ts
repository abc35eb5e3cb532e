import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Clock } from '../../clock';
import {
  EventType,
  ReservationEventType,
  type StreamReservationUpdatesRequest,
  type StreamReservationUpdatesResponse,
} from '../../grpc/gen/proto/gateway/v1/websocket';
import { ReservationStatus } from '../../grpc/gen/proto/reservation/v1/reservation';
import type {
  Actor,
  ReservationState,
  Reservations,
  Seat,
} from '../../tournaments/reservations/reservations';
import { eventWriter } from '../event-writer';
import { reservationStatus } from '../local-reservations';
import { namedIds } from './named';

/** How long before its end a hold is called out. */
const SOON_MS = 30_000;
/** Reservations told of at the start where none are named. */
const FIRST = 50;

const EVENTS = {
  hold: ReservationEventType.RESERVATION_EVENT_TYPE_CREATED,
  confirmed: ReservationEventType.RESERVATION_EVENT_TYPE_CONFIRMED,
  cancelled: ReservationEventType.RESERVATION_EVENT_TYPE_CANCELLED,
  expired: ReservationEventType.RESERVATION_EVENT_TYPE_EXPIRED,
} as const satisfies Record<ReservationState, ReservationEventType>;

/**
 * Tells the reservations of a person, or those named, as they change: first how they stand. With some named the stream
 * ends when none of them is on hold any more.
 */
export async function streamReservations(
  reservations: Reservations,
  clock: Clock,
  { actor, requestId }: { readonly actor: Actor; readonly requestId: string },
  call: ServerWritableStream<StreamReservationUpdatesRequest, StreamReservationUpdatesResponse>,
): Promise<void> {
  const writer = eventWriter('reservations', call);
  const named = namedIds(call.request.reservation_ids);
  const open = new Set(named);
  const seen = new Map<string, Seat>();
  const alarms = new Map<string, () => void>();
  // What happens while the first look is under way comes after it.
  let early: Seat[] | undefined = [];

  function tell(seat: Seat, before: Seat | undefined, event: ReservationEventType, message: string): void {
    writer.send({
      type: EventType.EVENT_TYPE_RESERVATION_UPDATE,
      reservation_update: {
        reservation_id: seat.reservationId,
        old_status: before
          ? reservationStatus(before.state)
          : ReservationStatus.RESERVATION_STATUS_UNSPECIFIED,
        new_status: reservationStatus(seat.state),
        hold_expires_at: seat.holdExpiresAt,
        message,
        event_type: event,
      },
      timestamp: new Date(clock.now()),
      correlation_id: requestId,
    });
  }

  function setAlarm(seat: Seat): void {
    alarms.get(seat.reservationId)?.();
    alarms.delete(seat.reservationId);
    const ms = seat.holdExpiresAt.getTime() - SOON_MS - clock.now();
    if (seat.state !== 'hold' || seat.isPaused || ms < 0) return;
    alarms.set(
      seat.reservationId,
      clock.after(ms, () =>
        tell(
          seat,
          seat,
          ReservationEventType.RESERVATION_EVENT_TYPE_EXPIRING_SOON,
          'The hold ends in half a minute.',
        ),
      ),
    );
  }

  function take(seat: Seat): void {
    const before = seen.get(seat.reservationId);
    seen.set(seat.reservationId, seat);
    setAlarm(seat);
    const isMoved = before?.holdExpiresAt.getTime() !== seat.holdExpiresAt.getTime();
    if (before?.state !== seat.state || isMoved) tell(seat, before, EVENTS[seat.state], seat.reason ?? '');
    if (seat.state !== 'hold') open.delete(seat.reservationId);
    if (named.size > 0 && open.size === 0) writer.end();
  }

  const isMeant = (seat: Seat): boolean =>
    (actor === 'trusted' || seat.userId === actor.playerId) &&
    (named.size === 0 || named.has(seat.reservationId));
  const stop = reservations.onChange(({ seat }) => {
    if (!isMeant(seat)) return;
    if (early) early.push(seat);
    else take(seat);
  });
  writer.onOver(() => {
    stop();
    for (const cancel of alarms.values()) cancel();
  });

  try {
    const first =
      named.size > 0
        ? await Promise.all([...named].map((id) => reservations.get(id, actor)))
        : actor === 'trusted'
          ? []
          : (
              await reservations.list({
                userId: actor.playerId,
                eventId: undefined,
                state: undefined,
                limit: FIRST,
                cursor: undefined,
              })
            ).seats;
    for (const seat of first) take(seat);
    for (const seat of early) {
      const known = seen.get(seat.reservationId);
      if (!known || known.updatedAt.getTime() <= seat.updatedAt.getTime()) take(seat);
    }
    early = undefined;
  } catch (error) {
    writer.fail(error);
  }
}
