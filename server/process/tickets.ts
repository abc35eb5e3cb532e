import { accountServices } from '../auth/services';
import { systemClock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import { openNumberFlags } from '../flags/shares';
import type { Backends } from '../gateway/backends';
import { createBackends, type RemoteBackends } from '../gateway/clients/factory';
import {
  createGateway,
  createPaymentSurface,
  createReservationSurface,
  localBackends,
  type Surface,
} from '../gateway/gateway';
import type { AnswerKeeper } from '../gateway/idempotency';
import { mirroredReservations } from '../gateway/mirrored-reservations';
import { paidElsewhere } from '../gateway/paid-elsewhere';
import { seatsElsewhere, seatsHere } from '../gateway/paid-seats';
import { createPeople } from '../gateway/people';
import { redisKeeper } from '../gateway/redis-answers';
import { seatKeeper } from '../gateway/seat-keeper';
import type { SpendingLine } from '../gateway/shared-limit';
import type { WebhookReceiver } from '../gateway/webhook-route';
import type { PartHealth } from '../health';
import { roomLogger } from '../logger';
import { publishDesk } from '../tournaments/desk';
import type { PaymentRoom } from '../tournaments/payments/create-payments';
import { verifyReservationToken } from '../tournaments/queue/reservation-tokens';
import { createReservations } from '../tournaments/reservations/create-reservations';
import type { ServiceSet } from './grpc';
import type { Http } from './http';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { makePayments, openPayments, openSeats, simulation, tokensOf } from './ticket-books';
import { elsewhere, placesIn, startTicketDomain, type TicketDomain } from './ticket-domain';

/** Kept answers are forgotten this often. */
const SWEEP_MS = 60_000;
const VERSION = '0.1.0';

/** What a process with a gateway has. */
export interface Tickets extends ServiceSet {
  readonly domain: TicketDomain;
  readonly backends: Backends;
  /** Puts the HTTP twin onto the process's routes. */
  mount(http: Http): void;
}

const noCounts = () => ({});

/** Answers in Redis where that is configured; undefined: in the database. */
async function openKeeper({ config, parts }: Composition): Promise<AnswerKeeper | undefined> {
  const url = config.REDIS_URL;
  if (url === undefined) return undefined;
  return parts.start('answers', () => redisKeeper({ url, log: roomLogger('gateway') }), {
    stop: (keeper) => keeper.close(),
    health: (keeper) =>
      keeper.isReady() ? { status: 'ok' } : { status: 'degraded', message: 'its Redis is away' },
  });
}

/** Serves a surface; what it keeps is swept. */
async function serve({ parts }: Composition, surface: Surface): Promise<ServiceSet & Pick<Tickets, 'mount'>> {
  const log = roomLogger('gateway');
  await parts.start(
    'kept answers',
    () =>
      systemClock.every(SWEEP_MS, () => {
        surface.sweep().catch((err: unknown) => log.warn({ err }, 'kept answers could not be swept'));
      }),
    { stop: (stop) => stop() },
  );
  return { services: surface.services, counts: noCounts, mount: ({ routes }) => surface.mount(routes) };
}

/** Seats and payments where the configuration says; each that is elsewhere is a part of the health report. */
async function openBackends(
  { config, parts }: Composition,
  db: Db,
  secrets: Secrets,
  local: Backends,
): Promise<RemoteBackends> {
  const flags = await parts.start('flags', () => openNumberFlags(db), { stop: (open) => open.close() });
  const backends = await parts.start(
    'backends',
    () =>
      createBackends({
        config,
        local,
        keys: secrets,
        flags,
        db,
        verifyToken: config.RESERVATION_TOKENS === 'verify' ? verifyReservationToken : undefined,
      }),
    { stop: (open) => open.close() },
  );
  for (const name of Object.keys(backends.health()))
    await parts.start(name, () => name, {
      isDispensable: true,
      health: (): PartHealth => backends.health()[name] ?? { status: 'ok' },
    });
  return backends;
}

/** Queue, seats, payments, the gateway in front of them, and the desk of the pages. */
export async function startTickets(
  composition: Composition,
  db: Db,
  secrets: Secrets,
  spending?: SpendingLine | undefined,
): Promise<Tickets> {
  const { config, parts } = composition;
  let opened: Backends | undefined;
  const domain = await startTicketDomain(composition, db, () => mustBeOpen(opened));
  const backends = await openBackends(composition, db, secrets, localBackends({ db, config }, domain));
  opened = backends;
  await startMirror(composition, domain);
  const served = minded(config, db, domain, backends);
  const keeper = await openKeeper(composition);
  const surface = createGateway({ config, keys: secrets, db, keeper, spending }, domain, {
    backends: served,
    accounts: accountServices(),
    health: () =>
      parts
        .health()
        .then((all) => ({ ...pick(all, 'queue', 'reservations', 'payments'), ...backends.health() })),
    version: VERSION,
    scenarios: simulation(config, domain.payments),
    receiveWebhook: webhooksOf(config, domain.payments),
  });
  await parts.start('desk', () => publishDesk({ queue: domain.queue, ...served }), {
    stop: (close) => close(),
  });
  return { ...(await serve(composition, surface)), domain, backends: served };
}

/** Begins to hear of seats that are kept elsewhere. */
async function startMirror({ parts }: Composition, { mirror }: TicketDomain): Promise<void> {
  if (mirror) await parts.start('seats elsewhere', () => mirror.start(), { stop: () => mirror.close() });
}

/** The same services, minding what only the arcade knows of what is kept elsewhere. */
function minded(config: Config, db: Db, domain: TicketDomain, backends: Backends): Backends {
  const { reservations: hooks, mirror } = domain;
  const people = createPeople(db, config.QUEUE_GUESTS);
  if (!mirror) {
    if (!placesIn(config).hasPayments) return backends;
    return { ...backends, payments: paidElsewhere(backends.payments, seatsHere(hooks), people) };
  }
  const keeper = seatKeeper(() => backends.reservations);
  const parts = { db, clock: systemClock, mirror, keeper, verifyToken: tokensOf(config) };
  const reservations = mirroredReservations(backends.reservations, parts);
  const seats = seatsElsewhere(db, reservations, hooks);
  return { reservations, payments: paidElsewhere(backends.payments, seats, people) };
}

function mustBeOpen(backends: Backends | undefined): Backends {
  if (backends) return backends;
  throw new AppError('UNAVAILABLE', 'The services behind the gateway are not open yet.');
}

/** Without a secret nobody's webhook could be believed. */
function webhooksOf(
  { WEBHOOK_SECRET }: Pick<Config, 'WEBHOOK_SECRET'>,
  payments: PaymentRoom,
): WebhookReceiver | undefined {
  return WEBHOOK_SECRET === undefined ? undefined : (webhook) => payments.receiveWebhook(webhook);
}

function pick(
  all: Readonly<Record<string, PartHealth>>,
  ...names: readonly string[]
): Record<string, PartHealth> {
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
}

/** Seats alone, with the jobs that end holds. */
export async function startSeatsAlone(composition: Composition, db: Db, secrets: Secrets) {
  const { config } = composition;
  let opened: Backends | undefined;
  // Payments' own jobs run where they are served: here they are only looked at, and given back.
  const payments = makePayments(config, db, systemClock);
  const lookup = elsewhere(config, () => mustBeOpen(opened)).payments ?? payments.lookup;
  const reservations = await openSeats(composition, db, systemClock, lookup);
  opened = await openBackends(
    composition,
    db,
    secrets,
    localBackends({ db, config }, { reservations, payments }),
  );
  const keeper = await openKeeper(composition);
  return serve(composition, createReservationSurface({ config, keys: secrets, db, keeper }, reservations));
}

/** Payments alone, with the ledger's jobs. */
export async function startPaymentsAlone(composition: Composition, db: Db, secrets: Secrets) {
  const { config } = composition;
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
    const local = localBackends({ db, config }, { reservations, payments });
    opened = await openBackends(composition, db, secrets, local);
  }
  const keeper = await openKeeper(composition);
  return serve(
    composition,
    createPaymentSurface({ config, keys: secrets, db, keeper }, payments, {
      scenarios: simulation(config, payments),
      receiveWebhook: webhooksOf(config, payments),
    }),
  );
}
