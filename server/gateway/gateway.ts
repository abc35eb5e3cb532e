import type { AccountServices } from '../auth/accounts';
import { type Clock, systemClock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { GatewayServiceService } from '../grpc/gen/proto/gateway/v1/gateway';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { PaymentServiceService } from '../grpc/gen/proto/payment/v1/payment';
import { ReservationServiceService } from '../grpc/gen/proto/reservation/v1/reservation';
import type { ServiceKeys } from '../grpc/internal-auth';
import type { GrpcService } from '../grpc/server';
import type { PartHealth } from '../health';
import { sendJson } from '../http/envelope';
import type { Router } from '../http/router';
import type { Payments } from '../tournaments/payments/payments';
import type { Queue } from '../tournaments/queue/queue';
import { refusal } from '../tournaments/refusals';
import type { Reservations } from '../tournaments/reservations/reservations';
import type { BoardWay } from '../upstream/service-board';
import { AnsweredCalls } from './answered-calls';
import { type Backends, timedBackends } from './backends';
import { calendarRoute } from './calendar';
import { dispatchUnary } from './call-streams/dispatch';
import { callStreamService } from './call-streams/serve';
import { grpcAddress } from './caller-address';
import { Callers, type CallersConfig, type GrpcFacts } from './callers';
import { cors } from './cors';
import { databaseKeeper } from './database-answers';
import { type Defined, implement } from './define';
import { eventBoard } from './event-board';
import { FailedCallers } from './failed-callers';
import type { Gate } from './gate';
import type { AnswerKeeper } from './idempotency';
import { LiveStreams } from './live-streams';
import { localPayments } from './local-payments';
import { localReservations } from './local-reservations';
import { ApiRegistry } from './openapi';
import { accountOperations } from './operations/accounts';
import { gatewayOperations } from './operations/gateway';
import { paymentOperations } from './operations/payments';
import { queueService } from './operations/queue';
import { mountReservationShape, reservationShapeOperations } from './operations/reservation-shape';
import { reservationOperations } from './operations/reservations';
import type { People } from './people';
import { probes } from './probes';
import { queueLog } from './queue-log';
import { RateLimit } from './rate-limit';
import { Reply } from './reply';
import type { PaymentService, ReservationService } from './services';
import { type SpendingLine, shareLimit } from './shared-limit';
import { streamService } from './streams/service';
import { tokenReader } from './token-reader';
import { type WebhookReceiver, webhookRoutes } from './webhook-route';

/** Everything of the HTTP twin lies below. */
export const API_PATH = '/api/v1';
const OPENAPI_PATH = '/api/openapi.json';

export type GatewayConfig = CallersConfig &
  Pick<Config, 'RATE_LIMIT_RPS' | 'RATE_LIMIT_BURST' | 'CORS_ALLOW_ORIGINS'>;

/** The gate and what it needs, for whichever services a process carries. */
export interface GateParts {
  readonly config: GatewayConfig;
  readonly keys: ServiceKeys;
  readonly db: Db;
  /** One for all parts of a gateway: whom it knows, it looks up once. */
  readonly people: People;
  readonly clock?: Clock;
  /** Where answers are kept; the database by default. */
  readonly keeper?: AnswerKeeper | undefined;
  /** To processes that are one gateway with this one: they share its limits. */
  readonly spending?: SpendingLine | undefined;
}

/** What a process serves: gRPC services, and HTTP routes with their description. */
export interface Surface {
  readonly services: readonly GrpcService[];
  readonly api: ApiRegistry;
  /** Tells who makes calls; other surfaces of the process ask it, too. */
  readonly callers: Callers;
  /** Puts the routes onto the process's router. */
  mount(router: Router): void;
  /** What it answered, by protocol. */
  boards(): readonly BoardWay[];
  /** Answers that are kept are forgotten in time; call it now and then. */
  sweep(): Promise<number>;
}

export interface OpenGate extends Gate {
  readonly failures: FailedCallers;
  readonly trustsProxy: boolean;
  /** Whose pages may use the HTTP API, beside our own. */
  readonly origins: readonly string[];
  /** `QUEUE_GUESTS` */
  readonly takesGuests: boolean;
}

export function openGate({
  config,
  keys,
  db,
  people,
  clock = systemClock,
  keeper,
  spending,
}: GateParts): OpenGate {
  const limit = new RateLimit(config.RATE_LIMIT_RPS, config.RATE_LIMIT_BURST, clock);
  if (spending) shareLimit(limit, spending, clock);
  const failures = new FailedCallers(limit);
  return {
    callers: new Callers(config, keys, db, { people, failures }),
    failures,
    keeper: keeper ?? databaseKeeper(db, clock),
    limit,
    streams: new LiveStreams(),
    answered: { http: new AnsweredCalls('http', clock), grpc: new AnsweredCalls('grpc', clock) },
    trustsProxy: config.TRUST_PROXY,
    origins: config.CORS_ALLOW_ORIGINS,
    takesGuests: config.QUEUE_GUESTS,
  };
}

function surface(
  gate: OpenGate,
  services: readonly GrpcService[],
  operations: readonly Defined[],
  more: (router: Router, api: ApiRegistry) => void = () => {},
): Surface {
  const api = new ApiRegistry(gate.takesGuests);
  for (const { routes } of operations) api.add(routes);
  return {
    // The same calls over one long stream, for those who make many.
    services: [...services, callStreamService(dispatchUnary(services), { admit: admitting(gate) })],
    api,
    callers: gate.callers,
    boards: () => [gate.answered.grpc.board(), gate.answered.http.board()],
    mount(router) {
      for (const operation of operations) operation.mount(gate, router);
      more(router, api);
      router.get(OPENAPI_PATH, (_req, res) => sendJson(res, 200, api.document()));
      router.mount(API_PATH, (req) => {
        const path = (req.url ?? '').split('?', 1)[0];
        throw refusal('no_route', `not found: there is nothing at ${path}.`, { detail: { path } });
      });
      router.surface(API_PATH, (res, error) => new Reply(res).fail(error), cors(gate.origins));
    },
    sweep: () => gate.keeper.sweep(),
  };
}

/** Each call on a stream says who makes it; the stream itself counts as whose its own metadata says. */
function admitting({ callers, streams }: Gate): (call: GrpcFacts) => Promise<() => void> {
  return async (call) => {
    const caller = await callers.ofGrpc(call, call.metadata.getMap(), 'anybody');
    return streams.open(caller, undefined, grpcAddress(call));
  };
}

/** The arcade's own services behind the message-level interfaces. */
export function localBackends(
  people: People,
  domain: { readonly reservations: Reservations; readonly payments: Payments },
): Backends {
  return {
    reservations: localReservations(domain.reservations, people),
    payments: localPayments(domain.payments, people),
  };
}

export interface GatewayDomain {
  readonly queue: Queue;
  readonly reservations: Reservations;
  readonly payments: Payments;
}

/**
 * All of it: queue, seats and payments, the gateway in front of them, the streams, and the HTTP twin.
 * @param backends where GatewayService and the HTTP twin find seats and payments; ReservationService and
 *   PaymentService are always the arcade's own
 */
export function createGateway(
  parts: GateParts,
  domain: GatewayDomain,
  more: {
    readonly backends: Backends;
    readonly accounts: AccountServices;
    health(): Promise<Readonly<Record<string, PartHealth>>>;
    readonly version: string;
    /** `SimulateWebhook`, where scenarios are switched on. */
    readonly scenarios?: Defined | undefined;
    /** Where webhooks come in, where there are any. */
    readonly receiveWebhook?: WebhookReceiver | undefined;
  },
): Surface {
  const gate = openGate(parts);
  const clock = parts.clock ?? systemClock;
  const { people } = parts;
  const own = localBackends(people, domain);
  const backends = timedBackends(more.backends);
  const queue = queueService(domain.queue, people);
  const events = eventBoard(parts.db, domain.reservations);
  const gateway = gatewayOperations({
    backends,
    events,
    readToken: tokenReader(parts.db),
    health: more.health,
    version: more.version,
  });
  const log = queueLog(domain.queue, events);
  const calendar = calendarRoute(parts.db, clock, parts.config);
  const asked = probes(more);
  return surface(
    gate,
    [
      { definition: QueueServiceService, implementation: implement(QueueServiceService, queue, gate) },
      reservationGrpc(gate, own.reservations),
      paymentGrpc(gate, own.payments, more.scenarios),
      { definition: GatewayServiceService, implementation: implement(GatewayServiceService, gateway, gate) },
      streamService({ ...domain, people, clock }, gate),
    ],
    [
      ...queue,
      ...gateway,
      ...reservationOperations(backends.reservations),
      ...paymentOperations(backends.payments),
      ...accountOperations(more.accounts),
      ...reservationShapeOperations(own.reservations),
    ],
    (router, api) => {
      mountReservationShape(router);
      router.get(log.path, log.handler);
      router.get(calendar.path, calendar.handler);
      asked.mount(router);
      api.add([log.route, calendar.route, ...asked.routes]);
      if (more.receiveWebhook) addWebhooks(more.receiveWebhook, gate, router, api);
    },
  );
}

function addWebhooks(receive: WebhookReceiver, gate: OpenGate, router: Router, api: ApiRegistry): void {
  const webhooks = webhookRoutes(receive, gate);
  webhooks.mount(router);
  api.add(webhooks.routes);
}

function reservationGrpc(gate: Gate, service: ReservationService): GrpcService {
  return {
    definition: ReservationServiceService,
    implementation: implement(ReservationServiceService, reservationOperations(service), gate),
  };
}

function paymentGrpc(gate: Gate, service: PaymentService, scenarios: Defined | undefined): GrpcService {
  const operations = [...paymentOperations(service), ...(scenarios ? [scenarios] : [])];
  return {
    definition: PaymentServiceService,
    implementation: implement(PaymentServiceService, operations, gate),
  };
}

/** Seats alone, for a process of their own. */
export function createReservationSurface(parts: GateParts, reservations: Reservations): Surface {
  const gate = openGate(parts);
  const service = localReservations(reservations, parts.people);
  return surface(
    gate,
    [reservationGrpc(gate, service)],
    [...reservationOperations(service), ...reservationShapeOperations(service)],
    mountReservationShape,
  );
}

/** Payments alone, for a process of their own. */
export function createPaymentSurface(
  parts: GateParts,
  payments: Payments,
  more: {
    readonly scenarios?: Defined | undefined;
    readonly receiveWebhook?: WebhookReceiver | undefined;
  } = {},
): Surface {
  const { scenarios, receiveWebhook } = more;
  const gate = openGate(parts);
  const service = localPayments(payments, parts.people);
  return surface(gate, [paymentGrpc(gate, service, scenarios)], paymentOperations(service), (router, api) => {
    if (receiveWebhook) addWebhooks(receiveWebhook, gate, router, api);
  });
}
