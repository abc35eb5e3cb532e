import { systemClock } from '../clock';
import type { Db } from '../db/client';
import type { Backends } from '../gateway/backends';
import { createPaymentSurface, createReservationSurface, localBackends } from '../gateway/gateway';
import { createPeople } from '../gateway/people';
import { roomLogger } from '../logger';
import { verifyReservationToken } from '../tournaments/queue/reservation-tokens';
import { createReservations } from '../tournaments/reservations/create-reservations';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { mustBeOpen, openBackends } from './ticket-backends';
import { makePayments, openPayments, openSeats, simulation } from './ticket-books';
import { elsewhere } from './ticket-domain';
import { openKeeper, type Served, serve, webhooksOf } from './ticket-surface';

/** Seats alone, with the jobs that end holds. */
export async function startSeatsAlone(composition: Composition, db: Db, secrets: Secrets): Promise<Served> {
  const { config } = composition;
  const people = createPeople(db, config.QUEUE_GUESTS);
  let opened: Backends | undefined;
  // Payments' own jobs run where they are served: here they are only looked at, and given back.
  const payments = makePayments(config, db, systemClock);
  const lookup = elsewhere(config, () => mustBeOpen(opened)).payments ?? payments.lookup;
  const reservations = await openSeats(composition, db, systemClock, lookup);
  opened = await openBackends(composition, db, secrets, localBackends(people, { reservations, payments }));
  const keeper = await openKeeper(composition);
  return serve(
    composition,
    createReservationSurface({ config, keys: secrets, db, people, keeper }, reservations),
  );
}

/** Payments alone, with the ledger's jobs. */
export async function startPaymentsAlone(
  composition: Composition,
  db: Db,
  secrets: Secrets,
): Promise<Served> {
  const { config } = composition;
  const people = createPeople(db, config.QUEUE_GUESTS);
  let opened: Backends | undefined;
  const { seats } = elsewhere(config, () => mustBeOpen(opened));
  const payments = await openPayments(composition, db, systemClock, seats);
  if (seats !== undefined) {
    const reservations = createReservations({
      db,
      clock: systemClock,
      log: roomLogger('reservations'),
      payments: payments.lookup,
      verifyToken: verifyReservationToken,
      holdSeconds: config.HOLD_SECONDS,
      isWorking: false,
    });
    await composition.parts.start('seats here', () => reservations, { stop: (open) => open.close() });
    const local = localBackends(people, { reservations, payments });
    opened = await openBackends(composition, db, secrets, local);
  }
  const keeper = await openKeeper(composition);
  return serve(
    composition,
    createPaymentSurface({ config, keys: secrets, db, people, keeper }, payments, {
      scenarios: simulation(config, payments),
      receiveWebhook: webhooksOf(config, payments),
    }),
  );
}
