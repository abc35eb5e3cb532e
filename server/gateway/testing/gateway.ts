import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type CallOptions, type Client, Metadata, type MethodDefinition } from '@grpc/grpc-js';
import { AdminNames } from '../../auth/admin';
import { issueApiToken } from '../../auth/api-token';
import { AuthLimits } from '../../auth/rate-limits';
import { publishAuthSecret } from '../../auth/secrets';
import { type Config, loadConfig } from '../../config';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { GatewayServiceClient } from '../../grpc/gen/proto/gateway/v1/gateway';
import { QueueServiceClient } from '../../grpc/gen/proto/gateway/v1/queue';
import { WebSocketServiceClient } from '../../grpc/gen/proto/gateway/v1/websocket';
import { PaymentServiceClient } from '../../grpc/gen/proto/payment/v1/payment';
import { ReservationServiceClient } from '../../grpc/gen/proto/reservation/v1/reservation';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import type { PartHealth } from '../../health';
import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { Channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';
import { createGateway, localBackends, type Surface } from '../gateway';
import { simulateOperation } from '../operations/simulate';
import { createPeople } from '../people';
import type { WebhookReceiver } from '../webhook-route';
import { type FakeDomain, fakeDomain } from './fake-domain';

export const SECRET = 'a secret of at least thirty-two characters';
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Of any shape: tests look into it. */
  readonly body: Awaited<ReturnType<Response['json']>>;
}

/** A whole gateway: real gRPC, real HTTP, a real database, and a domain in memory. */
export interface TestGateway {
  readonly database: TestDatabase;
  readonly domain: FakeDomain;
  /** What its parts say of their health. */
  readonly parts: Record<string, PartHealth>;
  readonly surface: Surface;
  readonly origin: string;
  readonly grpcPort: number;
  readonly eventId: string;
  readonly queue: QueueServiceClient;
  readonly reservations: ReservationServiceClient;
  readonly payments: PaymentServiceClient;
  readonly gateway: GatewayServiceClient;
  readonly streams: WebSocketServiceClient;
  /** A player with a bearer token. */
  player(): Promise<{ readonly id: string; readonly name: string; readonly token: string }>;
  /** An HTTP request; the body goes as JSON. */
  http(
    method: string,
    path: string,
    options?: { body?: unknown; token?: string; key?: string; headers?: Record<string, string> },
  ): Promise<Answered>;
  close(): Promise<void>;
}

/** A request under no key but its own. */
export const newKey = (): string => randomUUID();

/** Metadata of a call that says who calls. */
export function bearing(token: string, more: Readonly<Record<string, string>> = {}): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return metadata;
}

/** One unary call as a promise. */
export function ask<Request, Response>(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
  request: Request,
  metadata: Metadata = new Metadata(),
  options: CallOptions = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      options,
      (error, response) => {
        if (error) reject(error);
        else if (response === undefined) reject(new Error('no answer and no error'));
        else resolve(response);
      },
    );
  });
}

export async function startTestGateway(
  env: Readonly<Record<string, string>> = {},
  // Loopback is trusted unless a test says otherwise; most want to be strangers.
  {
    isTrusted = false,
    fee = 10,
    seats = 3,
    receiveWebhook,
  }: { isTrusted?: boolean; fee?: number; seats?: number; receiveWebhook?: WebhookReceiver } = {},
): Promise<TestGateway> {
  publishAuthSecret(SECRET);
  const database = await createTestDatabase();
  const { db } = database;
  const config: Config = loadConfig({
    RATE_LIMIT_RPS: '10000',
    RATE_LIMIT_BURST: '10000',
    ...(isTrusted ? {} : { INTERNAL_API_KEY: 'the key of the test services' }),
    ...env,
  });
  const owner = await newPlayer(database);
  const { id: eventId } = await db.tournament.create({
    data: {
      name: 'Eight o’clock',
      ownerId: owner.id,
      seats,
      fee,
      opensAt: new Date(Date.now() - 60_000),
      closesAt: new Date(Date.now() + 3_600_000),
      startsAt: new Date(Date.now() + 7_200_000),
    },
  });
  const domain = fakeDomain({ [eventId]: { seats, fee } });
  const parts: Record<string, PartHealth> = {
    queue: { status: 'ok' },
    reservations: { status: 'ok', latencyMs: 1.4 },
  };
  const people = createPeople(db, config.QUEUE_GUESTS);
  const surface = createGateway(
    { config, keys: { authSecret: SECRET, internalApiKey: config.INTERNAL_API_KEY }, db, people },
    domain,
    {
      backends: localBackends(people, domain),
      accounts: { db, limits: new AuthLimits(), admins: new AdminNames([]) },
      health: async () => parts,
      version: 'test',
      scenarios: config.PAYMENT_SCENARIOS
        ? simulateOperation(async () => ({ webhookId: 'hook', scheduledAt: new Date() }))
        : undefined,
      receiveWebhook,
    },
  );
  const grpc: RunningGrpcServer = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: surface.services,
    log: silent,
    graceMs: 100,
  });
  const router = new Router();
  surface.mount(router);
  const server: Server = createHttpServer({ config, routes: router, log: silent });
  const httpPort = await listen(server, 0, '127.0.0.1');
  const channels = new Channels();
  const target = targetAt(`127.0.0.1:${grpc.port}`, false);
  const origin = `http://127.0.0.1:${httpPort}`;

  return {
    database,
    domain,
    parts,
    surface,
    origin,
    grpcPort: grpc.port,
    eventId,
    queue: channels.client(QueueServiceClient, target),
    reservations: channels.client(ReservationServiceClient, target),
    payments: channels.client(PaymentServiceClient, target),
    gateway: channels.client(GatewayServiceClient, target),
    streams: channels.client(WebSocketServiceClient, target),
    player: () => newPlayer(database),
    async http(method, path, { body, token, key, headers = {} } = {}) {
      const answer = await fetch(origin + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: text.startsWith('{') && !text.includes('\n') ? JSON.parse(text) : text,
      };
    },
    async close() {
      channels.close();
      await closeHttpServer(server);
      await grpc.close();
      await database.drop();
    },
  };
}

async function newPlayer({ db }: TestDatabase) {
  const name = `p_${randomUUID().slice(0, 8)}`;
  const { id, sessionEpoch: epoch } = await db.user.create({
    data: { username: name, usernameKey: name, skeleton: name },
  });
  const { token } = await issueApiToken({ playerId: id, epoch, loginId: randomUUID() });
  return { id, name, token };
}
