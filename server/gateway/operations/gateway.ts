import { z } from 'zod';
import {
  CancelReservationResponse,
  ConfirmReservationResponse,
  type CreatePaymentIntentRequest,
  CreatePaymentIntentResponse,
  type CreateReservationRequest,
  CreateReservationResponse,
  GatewayServiceService,
  GetEventAvailabilityRequest,
  GetEventAvailabilityResponse,
  GetPaymentStatusResponse,
  GetReservationResponse,
  type HealthCheckRequest,
  HealthCheckResponse,
  HealthStatus,
  type ValidateTokenRequest,
  ValidateTokenResponse,
} from '../../grpc/gen/proto/gateway/v1/gateway';
import type { PartHealth } from '../../health';
import { refusal } from '../../tournaments/refusals';
import type { Backends } from '../backends';
import { type Defined, define } from '../define';
import type { EventBoard } from '../event-board';
import { keptByUser, nameOf, type Operation } from '../operation';
import type { TokenReader } from '../token-reader';
import { CURRENCY, coins } from '../wire-json';

/** What the gateway's own calls need beside its backends. */
export interface GatewayParts {
  readonly backends: Backends;
  readonly events: EventBoard;
  readonly readToken: TokenReader;
  /** The services behind the gateway by name, and how they are. */
  health(): Promise<Readonly<Record<string, PartHealth>>>;
  readonly version: string;
}

const G = GatewayServiceService;
const CALLER = { access: 'caller', deadlineMs: 8_000, http: [] } as const;

const HEALTH = {
  ok: HealthStatus.HEALTH_STATUS_HEALTHY,
  degraded: HealthStatus.HEALTH_STATUS_DEGRADED,
  down: HealthStatus.HEALTH_STATUS_UNHEALTHY,
} as const satisfies Record<PartHealth['status'], HealthStatus>;

function healthCheck({ health, version }: GatewayParts): Operation<HealthCheckRequest, HealthCheckResponse> {
  return {
    name: nameOf(G.healthCheck),
    family: 'gateway',
    grpc: G.healthCheck,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 5_000,
    async run({ service }) {
      const parts = await health();
      const named = Object.entries(parts).filter(([name]) => service === '' || name === service);
      if (named.length === 0)
        throw refusal('bad_request', `bad request: there is no service "${service}" here.`);
      const now = new Date();
      const worst = named.some(([, part]) => part.status !== 'ok');
      return {
        status: worst ? HealthStatus.HEALTH_STATUS_DEGRADED : HealthStatus.HEALTH_STATUS_HEALTHY,
        services: Object.fromEntries(
          named.map(([name, part]) => [
            name,
            {
              status: HEALTH[part.status],
              response_time_ms: typeof part.latencyMs === 'number' ? Math.round(part.latencyMs) : 0,
              version,
              last_check: now,
            },
          ]),
        ),
        timestamp: now,
        error: undefined,
      };
    },
    failed: (error) => HealthCheckResponse.create({ error, status: HealthStatus.HEALTH_STATUS_UNKNOWN }),
    http: [],
  };
}

function validateToken({ readToken }: GatewayParts): Operation<ValidateTokenRequest, ValidateTokenResponse> {
  return {
    name: nameOf(G.validateToken),
    family: 'gateway',
    grpc: G.validateToken,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 3_000,
    async run({ token, required_scope }) {
      const { player, expiresAt } = await readToken(token);
      const scopes = ['player', ...(player.role === 'player' ? [] : [player.role])];
      if (required_scope !== '' && !scopes.includes(required_scope))
        throw refusal('not_yours', `The token does not have the scope "${required_scope}".`);
      return {
        valid: true,
        user: {
          user_id: player.playerId,
          username: player.playerName,
          email: '',
          roles: [player.role],
          attributes: { guest: String(player.isGuest) },
        },
        scopes,
        expires_at: expiresAt,
        error: undefined,
      };
    },
    failed: (error) => ValidateTokenResponse.create({ error }),
    http: [],
  };
}

const availability = z.object({
  event_id: z.string(),
  name: z.string(),
  total_seats: z.int(),
  remaining_seats: z.int(),
  available: z.boolean(),
  price: z.object({ amount: z.int(), currency: z.string() }),
  starts_at: z.iso.datetime(),
  opens_at: z.iso.datetime(),
  closes_at: z.iso.datetime(),
});

function eventAvailability({
  events,
}: GatewayParts): Operation<GetEventAvailabilityRequest, GetEventAvailabilityResponse> {
  return {
    name: nameOf(G.getEventAvailability),
    family: 'gateway',
    grpc: G.getEventAvailability,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 3_000,
    async run({ event_id }) {
      if (event_id === '') throw refusal('missing_event_id', 'bad request: event_id is missing.');
      const one = await events.event(event_id);
      const price = { amount: BigInt(one.fee), currency: CURRENCY };
      const free = Math.max(0, one.seats - one.held - one.confirmed);
      return {
        event: {
          id: one.id,
          name: one.name,
          description: one.blurb,
          venue: undefined,
          start_time: one.startsAt,
          end_time: one.endedAt,
          sale_start_time: one.opensAt,
          sale_end_time: one.closesAt,
          total_seats: one.seats,
          remaining_seats: free,
        },
        sections: [
          {
            section_id: 'bracket',
            section_name: 'Bracket',
            total_seats: one.seats,
            available_seats: free,
            reserved_seats: one.held,
            sold_seats: one.confirmed,
            blocked_seats: 0,
            min_price: price,
            max_price: price,
          },
        ],
        total_available: free,
        error: undefined,
      };
    },
    failed: (error) => GetEventAvailabilityResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: ['/api/v1/events/:id/availability'],
        summary: 'Seats of a tournament that are free',
        input: z
          .object({ id: z.string().trim().min(1, 'is missing') })
          .transform(({ id }) => GetEventAvailabilityRequest.create({ event_id: id })),
        faults: { id: 'missing_event_id' },
        needsKey: false,
        success: 200,
        write: ({ event, sections, total_available }) => ({
          event_id: event?.id,
          name: event?.name,
          total_seats: event?.total_seats,
          remaining_seats: total_available,
          available: total_available > 0,
          price: { amount: coins(sections[0]?.min_price), currency: CURRENCY },
          starts_at: event?.start_time,
          opens_at: event?.sale_start_time,
          closes_at: event?.sale_end_time,
        }),
        output: availability,
      },
    ],
  };
}

function createReservation({
  backends,
}: GatewayParts): Operation<CreateReservationRequest, CreateReservationResponse> {
  return {
    ...CALLER,
    name: nameOf(G.createReservation),
    family: 'reservation',
    grpc: G.createReservation,
    keeping: keptByUser(G.createReservation),
    run: ({ metadata, ...request }, call) =>
      backends.reservations.createReservation(
        {
          ...request,
          metadata: metadata && {
            source: 'gateway',
            user_agent: metadata.user_agent,
            ip_address: '',
            session_id: metadata.session_id,
            tags: {},
          },
        },
        call,
      ),
    failed: (error) => CreateReservationResponse.create({ error }),
  };
}

function createIntent({
  backends,
}: GatewayParts): Operation<CreatePaymentIntentRequest, CreatePaymentIntentResponse> {
  return {
    ...CALLER,
    name: nameOf(G.createPaymentIntent),
    family: 'payment',
    grpc: G.createPaymentIntent,
    keeping: keptByUser(G.createPaymentIntent),
    run: (request, call) => backends.payments.createPaymentIntent({ ...request, metadata: undefined }, call),
    failed: (error) => CreatePaymentIntentResponse.create({ error }),
  };
}

/** `gateway.v1.GatewayService`: one front for what stands behind it. */
export function gatewayOperations(parts: GatewayParts): Defined[] {
  const { reservations, payments } = parts.backends;
  return [
    define(healthCheck(parts)),
    define(validateToken(parts)),
    define(eventAvailability(parts)),
    define(createReservation(parts)),
    define({
      ...CALLER,
      name: nameOf(G.getReservation),
      family: 'reservation',
      grpc: G.getReservation,
      keeping: undefined,
      run: reservations.getReservation,
      failed: (error) => GetReservationResponse.create({ error }),
    }),
    define({
      ...CALLER,
      name: nameOf(G.confirmReservation),
      family: 'reservation',
      grpc: G.confirmReservation,
      keeping: keptByUser(G.confirmReservation),
      run: reservations.confirmReservation,
      failed: (error) => ConfirmReservationResponse.create({ error }),
    }),
    define({
      ...CALLER,
      name: nameOf(G.cancelReservation),
      family: 'reservation',
      grpc: G.cancelReservation,
      keeping: keptByUser(G.cancelReservation),
      run: reservations.cancelReservation,
      failed: (error) => CancelReservationResponse.create({ error }),
    }),
    define(createIntent(parts)),
    define({
      ...CALLER,
      name: nameOf(G.getPaymentStatus),
      family: 'payment',
      grpc: G.getPaymentStatus,
      keeping: undefined,
      run: payments.getPaymentStatus,
      failed: (error) => GetPaymentStatusResponse.create({ error }),
    }),
  ];
}
