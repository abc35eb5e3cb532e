import { type Clock, systemClock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { askSeat } from '../gateway/ask-seat';
import type { Backends } from '../gateway/backends';
import { paymentsElsewhere } from '../gateway/elsewhere';
import type { GatewayDomain } from '../gateway/gateway';
import { seatKeeper } from '../gateway/seat-keeper';
import { roomLogger } from '../logger';
import type { PaymentRoom } from '../tournaments/payments/create-payments';
import { seatsElsewhere } from '../tournaments/payments/seats';
import { createQueue, type RunningQueue } from '../tournaments/queue/create-queue';
import { heardSeats } from '../tournaments/queue/heard-seats';
import { openQueueLog } from '../tournaments/queue/log';
import { firstOf } from '../tournaments/queue/sources';
import { tournamentEvents, tournamentSeats } from '../tournaments/queue/tournament-source';
import type { RunningReservations } from '../tournaments/reservations/create-reservations';
import { isSettled } from '../tournaments/reservations/mirror/memory';
import { createSeatMirror, type SeatMirror } from '../tournaments/reservations/mirror/mirror';
import { roomEvents } from '../tournaments/rooms/event-source';
import type { Composition } from './run';
import { openBooks } from './ticket-books';

/** Queue, seats and payments of this process, running. */
export interface TicketDomain extends GatewayDomain {
  /** What another service tells of the seats that it keeps; undefined where they are kept here. */
  readonly mirror: SeatMirror | undefined;
  readonly queue: RunningQueue;
  readonly reservations: RunningReservations;
  readonly payments: PaymentRoom;
}

/** Which of the two the configuration puts elsewhere. */
export const placesIn = (config: Config) => ({
  hasPayments: (config.BACKEND_PAYMENT_GRPC_ADDRESS ?? config.BACKEND_PAYMENT_URL) !== undefined,
  hasSeats: (config.BACKEND_RESERVATION_GRPC_ADDRESS ?? config.BACKEND_RESERVATION_URL) !== undefined,
});

/** What the configuration puts elsewhere. */
export function elsewhere(config: Config, backends: () => Backends) {
  const { hasPayments, hasSeats } = placesIn(config);
  return {
    payments: hasPayments ? paymentsElsewhere(() => backends().payments) : undefined,
    seats: hasSeats ? seatsElsewhere((id) => askSeat(backends().reservations, id)) : undefined,
  };
}

/** What a queue and the start of a tournament have to know of seats that are kept elsewhere. */
export type Hearing = Pick<SeatMirror, 'isCurrent' | 'unfit' | 'isSettled'>;

/**
 * A process that does not ask where seats are kept calls nobody, and leaves it to those that do to start a tournament; where
 * none of them runs it starts with what is known.
 */
const deaf = (clock: Clock): Hearing => ({
  isCurrent: () => false,
  unfit: () => 0,
  isSettled: ({ startsAt }) => isSettled(undefined, { startsAt }, clock.now()),
});

/** For a process without a gateway; undefined where seats are kept here. */
export const deafTo = (config: Config, clock: Clock = systemClock): Hearing | undefined =>
  placesIn(config).hasSeats ? deaf(clock) : undefined;

/** Starts the queues; several processes may run them, each sees what the others write. */
export function startQueue(
  { config, parts }: Composition,
  db: Db,
  clock: Clock,
  hearing: Hearing | undefined,
): Promise<RunningQueue> {
  const counted = tournamentSeats(db);
  const seats = hearing ? heardSeats(counted, hearing) : counted;
  const logger = roomLogger('queue');
  return parts.start(
    'queue',
    async () => {
      const queue = createQueue({
        log: openQueueLog(config, db, logger),
        events: firstOf(tournamentEvents(db), roomEvents(db)),
        seats,
        clock,
        logger,
        settings: { admissionSeconds: config.ADMISSION_SECONDS },
      });
      await queue.ready;
      return queue;
    },
    {
      stop: (queue) => queue.close(),
      health: (queue) => ({
        status: 'ok',
        waiting: queue.stats(undefined).reduce((sum, { waiting }) => sum + waiting, 0),
      }),
    },
  );
}

/**
 * The whole domain: what the gateway serves, and the pages' desk stands on.
 * @param backends where seats and payments are asked that live elsewhere; opened after this
 */
export async function startTicketDomain(
  composition: Composition,
  db: Db,
  backends: () => Backends,
  clock: Clock = systemClock,
): Promise<TicketDomain> {
  const { config } = composition;
  const mirror = placesIn(config).hasSeats
    ? createSeatMirror({
        db,
        clock,
        log: roomLogger('reservations'),
        keeper: seatKeeper(() => backends().reservations),
        changed: () => void reservations.poll(),
      })
    : undefined;
  const queue = await startQueue(composition, db, clock, mirror);
  const { reservations, payments } = await openBooks(composition, db, clock, elsewhere(config, backends));
  // A seat that came back is somebody's turn at once.
  await composition.parts.start(
    'queue wakes',
    () => reservations.onChange(({ seat }) => queue.poke(seat.eventId)),
    { stop: (stop) => stop() },
  );
  return { queue, reservations, payments, mirror };
}
