import { type Clock, systemClock } from '../../clock';
import type { Config } from '../../config';
import type { Db } from '../../db/client';
import type { ShareKey } from '../../flags/flags';
import { setFlag } from '../../flags/flags';
import type { NumberFlags } from '../../flags/shares';
import { PaymentServiceClient } from '../../grpc/gen/proto/payment/v1/payment';
import { ReservationServiceClient } from '../../grpc/gen/proto/reservation/v1/reservation';
import type { ServiceKeys } from '../../grpc/internal-auth';
import type { PartHealth } from '../../health';
import { roomLogger } from '../../logger';
import { refusal } from '../../tournaments/refusals';
import { CALL_POLICY, type CallPolicy } from '../../upstream/call-policy';
import { type BoardReport, Guard } from '../../upstream/guard';
import { httpEndpoints } from '../../upstream/web/addresses';
import type { Backends } from '../backends';
import { refusalOf } from '../failures';
import type { Answer } from '../operation';
import type { CallInfo, Method, PaymentService, ReservationService } from '../services';
import { grpcEndpoints } from './addresses';
import { fieldsFor } from './along';
import { GrpcSender } from './grpc-sender';
import { HttpSender } from './http-sender';
import { PAYMENT_REMOTES } from './payment-remotes';
import { publishUpstreamReports } from './reports';
import { RESERVATION_SHAPES } from './reservation-shape';
import { type NewWay, type OldWay, type ShareSource, Upstream, type UpstreamReport } from './upstream';

const log = roomLogger('gateway');

export type BackendsConfig = Pick<
  Config,
  | 'BACKEND_RESERVATION_GRPC_ADDRESS'
  | 'BACKEND_PAYMENT_GRPC_ADDRESS'
  | 'BACKEND_RESERVATION_URL'
  | 'BACKEND_PAYMENT_URL'
  | 'GRPC_USE_TLS'
>;

export interface BackendsOptions {
  readonly config: BackendsConfig;
  /** The services of this process: for what has no address, and for calls that came from another arcade. */
  readonly local: Backends;
  readonly keys: ServiceKeys;
  /** Shares of the new way; without, nobody goes it where both are configured. */
  readonly flags?: NumberFlags | undefined;
  /** Where a share that is lost is written down. */
  readonly db?: Db | undefined;
  readonly policy?: CallPolicy;
  /** Calls over gRPC go over call streams where the other side offers them. */
  readonly useStreams?: boolean;
  readonly clock?: Clock;
}

/** Seats and payments, wherever the configuration says that they are. */
export interface RemoteBackends extends Backends {
  /** One part of the health report for each service that is elsewhere, by name. */
  health(): Readonly<Record<string, PartHealth>>;
  reports(): readonly UpstreamReport[];
  /** Every way to them, for a board that shows the health of all services. */
  boards(): readonly BoardReport[];
  close(): Promise<void>;
}

/** Addresses of a name are looked up again after this. Milliseconds. */
const RESOLVE_MS = 30_000;

interface Place {
  readonly service: 'reservation' | 'payment';
  readonly client: typeof ReservationServiceClient | typeof PaymentServiceClient;
  readonly grpc: string | undefined;
  readonly url: string | undefined;
  readonly flag: ShareKey;
}

interface OpenUpstream {
  readonly upstream: Upstream;
  close(): Promise<void>;
}

async function openUpstream(place: Place, options: BackendsOptions): Promise<OpenUpstream | undefined> {
  const { service, client, grpc, url } = place;
  const { keys, clock = systemClock, policy = CALL_POLICY, config, useStreams = true } = options;
  if (grpc === undefined && url === undefined) return undefined;
  const closing: (() => unknown)[] = [];
  const often = (task: () => Promise<void>) => {
    const quietly = () =>
      void task().catch((error: unknown) => log.warn({ err: error, service }, 'no addresses'));
    closing.push(clock.every(RESOLVE_MS, quietly));
  };

  let old: OldWay | undefined;
  if (url !== undefined) {
    const sender = new HttpSender(service);
    const endpoints = await httpEndpoints(url);
    const guard = new Guard({ service, protocol: 'http', endpoints, policy, clock });
    often(async () => guard.replace(await httpEndpoints(url)));
    closing.push(() => sender.close());
    old = { sender, guard, headersFor: (call) => fieldsFor(call, keys, client.serviceName) };
  }
  let fresh: NewWay | undefined;
  if (grpc !== undefined) {
    const sender = new GrpcSender({ service, client, keys, useStreams, clock });
    const endpoints = await grpcEndpoints(grpc, config.GRPC_USE_TLS);
    sender.open(endpoints.map(({ at }) => at));
    const guard = new Guard({
      service,
      protocol: 'grpc',
      endpoints,
      policy,
      clock,
      onSilent: (target) => sender.giveUp(target),
    });
    often(async () => {
      const found = await grpcEndpoints(grpc, config.GRPC_USE_TLS);
      guard.replace(found);
      sender.open(found.map(({ at }) => at));
    });
    closing.push(() => sender.close());
    fresh = { sender, guard };
  }
  return {
    upstream: new Upstream({ service, old, fresh, share: shareOf(place.flag, options), clock }),
    async close() {
      for (const step of closing.splice(0)) await step();
    },
  };
}

function shareOf(key: ShareKey, { flags, db }: BackendsOptions): ShareSource {
  return {
    get: () => flags?.get(key) ?? { value: 0, version: 0 },
    async fallBack(reason, ifVersion) {
      // Of several processes that found out at once one writes it down.
      if (db) await setFlag(db, { key, value: 0, actorId: null, reason, ifVersion });
      await flags?.refresh();
    },
  };
}

/** What came from another arcade goes no further. */
function orLocal<Request, Response extends Answer>(
  remote: Method<Request, Response>,
  local: Method<Request, Response>,
): Method<Request, Response> {
  return (request, call) => (call.isHop ? local(request, call) : remote(request, call));
}

function remoteReservations(upstream: Upstream, local: ReservationService): ReservationService {
  const shapes = RESERVATION_SHAPES;
  return {
    createReservation: orLocal(upstream.method(shapes.createReservation.remote), local.createReservation),
    getReservation: orLocal(upstream.method(shapes.getReservation.remote), local.getReservation),
    confirmReservation: orLocal(upstream.method(shapes.confirmReservation.remote), local.confirmReservation),
    cancelReservation: orLocal(upstream.method(shapes.cancelReservation.remote), local.cancelReservation),
    listReservations: orLocal(upstream.method(shapes.listReservations.remote), local.listReservations),
    extendHold: orLocal(upstream.method(shapes.extendHold.remote), local.extendHold),
  };
}

function remotePayments(upstream: Upstream, local: PaymentService): PaymentService {
  const remotes = PAYMENT_REMOTES;
  const status = upstream.method(remotes.getPaymentStatus);
  /** These messages name no person, and not every service reads tokens: we look whose the payment is. */
  async function mustOwn(paymentIntentId: string, call: CallInfo): Promise<void> {
    if (call.caller.kind !== 'player') return;
    const { playerId } = call.caller;
    const { payment, error } = await status({ payment_intent_id: paymentIntentId, user_id: playerId }, call);
    if (error) throw refusalOf(error, 'payment');
    if (payment?.user_id && payment.user_id !== playerId)
      throw refusal('not_yours', 'forbidden: the payment is another person’s.');
    if (!payment) throw refusal('no_payment', 'not found: there is no such payment of yours.');
  }
  const process = upstream.method(remotes.processPayment);
  const cancel = upstream.method(remotes.cancelPayment);
  return {
    createPaymentIntent: orLocal(upstream.method(remotes.createPaymentIntent), local.createPaymentIntent),
    getPaymentStatus: orLocal(status, local.getPaymentStatus),
    processPayment: orLocal(async (request, call) => {
      await mustOwn(request.payment_intent_id, call);
      return process(request, call);
    }, local.processPayment),
    cancelPayment: orLocal(async (request, call) => {
      await mustOwn(request.payment_intent_id, call);
      return cancel(request, call);
    }, local.cancelPayment),
    listPayments: orLocal(upstream.method(remotes.listPayments), local.listPayments),
  };
}

function healthOf({ http, grpc }: UpstreamReport): PartHealth {
  const ways = [http, grpc].filter((way) => way !== undefined);
  const isAway = ways.every(({ breaker }) => breaker === 'open');
  return {
    status: isAway ? 'degraded' : 'ok',
    ...(isAway ? { message: 'it does not answer' } : {}),
    ...(http ? { http: http.breaker } : {}),
    ...(grpc ? { grpc: grpc.breaker } : {}),
  };
}

/**
 * Seats and payments where the configuration says that they are: here where no address is set, over gRPC, over HTTP,
 * or over both with a share of people each.
 */
export async function createBackends(options: BackendsOptions): Promise<RemoteBackends> {
  const { config, local } = options;
  const reservation = await openUpstream(
    {
      service: 'reservation',
      client: ReservationServiceClient,
      grpc: config.BACKEND_RESERVATION_GRPC_ADDRESS,
      url: config.BACKEND_RESERVATION_URL,
      flag: 'share.reservation',
    },
    options,
  );
  const payment = await openUpstream(
    {
      service: 'payment',
      client: PaymentServiceClient,
      grpc: config.BACKEND_PAYMENT_GRPC_ADDRESS,
      url: config.BACKEND_PAYMENT_URL,
      flag: 'share.payment',
    },
    options,
  );
  const open = [reservation, payment].filter((one) => one !== undefined);
  const reports = () => open.map(({ upstream }) => upstream.report());
  publishUpstreamReports(reports);
  return {
    reservations: reservation
      ? remoteReservations(reservation.upstream, local.reservations)
      : local.reservations,
    payments: payment ? remotePayments(payment.upstream, local.payments) : local.payments,
    health: () =>
      Object.fromEntries(reports().map((report) => [`upstream ${report.service}`, healthOf(report)])),
    reports,
    boards: () => open.flatMap(({ upstream }) => upstream.boards()),
    async close() {
      publishUpstreamReports(() => []);
      await Promise.all(open.map((one) => one.close()));
    },
  };
}
