import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import type { Defined } from '../gateway/define';
import { simulateOperation } from '../gateway/operations/simulate';
import { roomLogger } from '../logger';
import { createLedgerJobs } from '../tournaments/ledger/jobs';
import { createPayments, type PaymentRoom } from '../tournaments/payments/create-payments';
import type { SeatBook } from '../tournaments/payments/seats';
import { verifyReservationToken } from '../tournaments/queue/reservation-tokens';
import type { VerifyToken } from '../tournaments/reservations/context';
import {
  createReservations,
  type RunningReservations,
} from '../tournaments/reservations/create-reservations';
import type { PaymentLookup } from '../tournaments/reservations/payment-lookup';
import { trustTokens } from '../tournaments/reservations/tokens';
import type { Composition } from './run';

/** Seats and payments that know each other. */
export interface Books {
  readonly reservations: RunningReservations;
  readonly payments: PaymentRoom;
}

/** How admissions are read: as our own queue's, or as whatever another gateway says. */
export const tokensOf = ({ RESERVATION_TOKENS }: Pick<Config, 'RESERVATION_TOKENS'>): VerifyToken =>
  RESERVATION_TOKENS === 'trust' ? trustTokens : verifyReservationToken;

/** Seats, with the jobs that end holds and give fees back. */
export function openSeats(
  { config, parts }: Composition,
  db: Db,
  clock: Clock,
  payments: PaymentLookup,
): Promise<RunningReservations> {
  return parts.start(
    'reservations',
    () =>
      createReservations({
        db,
        clock,
        log: roomLogger('reservations'),
        payments,
        verifyToken: tokensOf(config),
        holdSeconds: config.HOLD_SECONDS,
      }),
    { stop: (open) => open.close(), health: () => ({ status: 'ok' }) },
  );
}

/** Payments, as the configuration has them; their jobs start with {@link openPayments}. */
export function makePayments(
  config: Config,
  db: Db,
  clock: Clock,
  seats?: SeatBook | undefined,
): PaymentRoom {
  return createPayments({
    db,
    clock,
    log: roomLogger('payments'),
    scenarios: config.PAYMENT_SCENARIOS,
    webhooks: { secret: config.WEBHOOK_SECRET, allow: config.WEBHOOK_ALLOW },
    seats,
  });
}

/** Payments with their jobs, and the ledger's nightly proof. */
export async function openPayments(
  { config, parts }: Composition,
  db: Db,
  clock: Clock,
  seats?: SeatBook | undefined,
): Promise<PaymentRoom> {
  await parts.start('ledger', () => createLedgerJobs({ db, clock, log: roomLogger('ledger') }), {
    stop: (jobs) => jobs.close(),
  });
  return parts.start(
    'payments',
    () => {
      const payments = makePayments(config, db, clock, seats);
      payments.start();
      return payments;
    },
    { stop: (open) => open.close(), health: () => ({ status: 'ok' }) },
  );
}

/** Both, in one process and one database. */
export async function openBooks(
  composition: Composition,
  db: Db,
  clock: Clock,
  elsewhere: { readonly seats?: SeatBook | undefined; readonly payments?: PaymentLookup | undefined } = {},
): Promise<Books> {
  const payments = await openPayments(composition, db, clock, elsewhere.seats);
  const reservations = await openSeats(composition, db, clock, elsewhere.payments ?? payments.lookup);
  return { reservations, payments };
}

/** `SimulateWebhook`, where scenarios are switched on. */
export function simulation(
  { PAYMENT_SCENARIOS }: Pick<Config, 'PAYMENT_SCENARIOS'>,
  payments: PaymentRoom,
): Defined | undefined {
  return PAYMENT_SCENARIOS ? simulateOperation((request) => payments.simulate(request)) : undefined;
}
