import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { publishAuthSecret } from '../../auth/secrets';
import { systemClock } from '../../clock';
import { loadConfig } from '../../config';
import type { Db } from '../../db/client';
import { startGrpcServer } from '../../grpc/server';
import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { createPayments } from '../../tournaments/payments/create-payments';
import { issueReservationToken, verifyReservationToken } from '../../tournaments/queue/reservation-tokens';
import { addPeople } from '../../tournaments/queue/testing/cup';
import { createReservations } from '../../tournaments/reservations/create-reservations';
import type { Backends } from '../backends';
import { Call } from '../call';
import { type BackendsConfig, createBackends, type RemoteBackends } from '../clients/factory';
import { databaseKeeper } from '../database-answers';
import { createPaymentSurface, createReservationSurface, localBackends, type Surface } from '../gateway';
import type { Answer, Operation } from '../operation';
import { paymentCalls } from '../operations/payments';
import { reservationCalls } from '../operations/reservations';
import { createPeople } from '../people';
import { performTelling } from '../perform';
import type { Method, PaymentService, ReservationService } from '../services';
import { EVENTS, type EventName, HOLD_SECONDS, type Tickets } from './ticket-cases';

/** Behind the tokens of the tests' services. */
export const SECRET = 'a secret of at least thirty-two characters';
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export const EVENT_NAMES = Object.keys(EVENTS).filter((name): name is EventName => name in EVENTS);

/** A tournament whose registration is open. */
export async function openEvent(db: Db, terms: { readonly seats: number; readonly fee: number }) {
  const [ownerId = ''] = await addPeople(db, 1);
  const now = Date.now();
  const { id } = await db.tournament.create({
    data: {
      ...terms,
      name: 'Conformance',
      ownerId,
      status: 'open',
      opensAt: new Date(now - 60_000),
      closesAt: new Date(now + 3_600_000),
      startsAt: new Date(now + 7_200_000),
    },
  });
  return id;
}

/** Events, people and admissions of a database of ours. */
export async function ticketsOn(db: Db, services: Backends): Promise<Tickets> {
  publishAuthSecret(SECRET);
  const ids = new Map<EventName, string>();
  for (const name of EVENT_NAMES) ids.set(name, await openEvent(db, EVENTS[name]));
  return {
    ...services,
    eventId: (name) => ids.get(name) ?? '',
    newUser: async () => (await addPeople(db, 1))[0] ?? '',
    token: (eventId, userId) =>
      issueReservationToken({ tokenId: randomUUID(), eventId, userId }, new Date(Date.now() + 120_000)),
  };
}

/** Clients of services at these addresses. */
export function clientsAt(at: Partial<BackendsConfig>, useStreams = false): Promise<RemoteBackends> {
  const nobody = new Proxy<object>({}, { get: () => () => Promise.reject(new Error('asked here')) });
  return createBackends({
    config: {
      BACKEND_RESERVATION_GRPC_ADDRESS: undefined,
      BACKEND_RESERVATION_URL: undefined,
      BACKEND_PAYMENT_GRPC_ADDRESS: undefined,
      BACKEND_PAYMENT_URL: undefined,
      GRPC_USE_TLS: false,
      ...at,
    },
    local: { reservations: nobody as ReservationService, payments: nobody as PaymentService },
    keys: { authSecret: SECRET },
    useStreams,
  });
}

/** The first calls of a fresh process may take longer than a hold of the cases lasts. */
export async function warmUp({ reservations, payments }: Backends): Promise<void> {
  const call = () => ({
    caller: { kind: 'trusted' } as const,
    requestId: randomUUID(),
    idempotencyKey: undefined,
    signal: new AbortController().signal,
    deadline: Date.now() + 10_000,
  });
  const [reservation_id, user_id] = [randomUUID(), randomUUID()];
  await reservations.getReservation({ reservation_id, user_id }, call());
  await payments.getPaymentStatus({ payment_intent_id: randomUUID(), user_id }, call());
}

/** The arcade's own seats and payments on a real database, served as they are in processes of their own. */
export interface TicketOffice {
  /** Without a protocol: the operations and what is around them. */
  readonly local: Backends;
  readonly grpc: Pick<BackendsConfig, 'BACKEND_RESERVATION_GRPC_ADDRESS' | 'BACKEND_PAYMENT_GRPC_ADDRESS'>;
  readonly http: Pick<BackendsConfig, 'BACKEND_RESERVATION_URL' | 'BACKEND_PAYMENT_URL'>;
  close(): Promise<void>;
}

export async function openTicketOffice(db: Db): Promise<TicketOffice> {
  publishAuthSecret(SECRET);
  const log = pino({ level: 'silent' });
  const config = loadConfig({ INTERNAL_API_KEY: 'the key of the test’s services' });
  const payments = createPayments({
    db,
    clock: systemClock,
    log,
    scenarios: false,
    webhooks: { secret: undefined, allow: [] },
  });
  payments.start();
  const reservations = createReservations({
    db,
    clock: systemClock,
    log,
    payments: payments.lookup,
    verifyToken: verifyReservationToken,
    holdSeconds: HOLD_SECONDS,
  });
  const people = createPeople(db, config.QUEUE_GUESTS);
  const parts = { config, keys: { authSecret: SECRET }, db, people };
  const closing: (() => Promise<void>)[] = [];

  async function serve(surface: Surface): Promise<{ readonly grpc: string; readonly origin: string }> {
    const { services } = surface;
    const grpc = await startGrpcServer({ host: '127.0.0.1', port: 0, services, log: silent, graceMs: 100 });
    const routes = new Router();
    surface.mount(routes);
    const server = createHttpServer({ config, routes, log: silent });
    const port = await listen(server, 0, '127.0.0.1');
    closing.push(
      () => closeHttpServer(server),
      () => grpc.close(),
    );
    return { grpc: `127.0.0.1:${grpc.port}`, origin: `http://127.0.0.1:${port}` };
  }

  const seats = await serve(createReservationSurface(parts, reservations));
  const fees = await serve(createPaymentSurface(parts, payments));
  return {
    local: performed(db, localBackends(people, { reservations, payments })),
    grpc: { BACKEND_RESERVATION_GRPC_ADDRESS: seats.grpc, BACKEND_PAYMENT_GRPC_ADDRESS: fees.grpc },
    http: { BACKEND_RESERVATION_URL: seats.origin, BACKEND_PAYMENT_URL: fees.origin },
    async close() {
      for (const step of closing) await step();
      await reservations.close();
      await payments.close();
    },
  };
}

/** Services called through their operations, with no wire between. */
function performed(db: Db, services: Backends): Backends {
  const keeper = databaseKeeper(db);
  const method =
    <Request, Response extends Answer>(operation: Operation<Request, Response>): Method<Request, Response> =>
    async (request, { caller, requestId, idempotencyKey, deadline }) =>
      performTelling(
        operation,
        keeper,
        request,
        new Call({ caller, requestId, idempotencyKey, deadline, addressOf: () => '127.0.0.1' }),
      );
  const seats = reservationCalls(services.reservations);
  const fees = paymentCalls(services.payments);
  return {
    reservations: {
      createReservation: method(seats.createReservation),
      getReservation: method(seats.getReservation),
      confirmReservation: method(seats.confirmReservation),
      cancelReservation: method(seats.cancelReservation),
      listReservations: method(seats.listReservations),
      extendHold: method(seats.extendHold),
    },
    payments: {
      createPaymentIntent: method(fees.createPaymentIntent),
      getPaymentStatus: method(fees.getPaymentStatus),
      processPayment: method(fees.processPayment),
      cancelPayment: method(fees.cancelPayment),
      listPayments: method(fees.listPayments),
    },
  };
}
