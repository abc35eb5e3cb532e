import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { AppError } from '../../../errors';
import { PaymentServiceService } from '../../../grpc/gen/proto/payment/v1/payment';
import {
  CreateReservationResponse,
  GetReservationResponse,
  Reservation,
  ReservationServiceService,
} from '../../../grpc/gen/proto/reservation/v1/reservation';
import { type GrpcService, startGrpcServer } from '../../../grpc/server';
import { serveUnary } from '../../../grpc/unary';
import { dispatchUnary } from '../../call-streams/dispatch';
import { callStreamService } from '../../call-streams/serve';
import type { CallInfo, PaymentService, ReservationService } from '../../services';
import { reservationShapeRoutes } from './http-shape-server';

/** What an upstream does with the calls that it gets. */
export type Mood =
  | 'works'
  /** Every answer takes 1.5 s. */
  | 'slow'
  /** Tells in-band, with status OK, that it is away. */
  | 'lies'
  /** Answers with bytes that are no message. */
  | 'garbage'
  | 'never answers'
  /** Fails every call by its protocol's status. */
  | 'fails'
  /** Fails every second call so. */
  | 'fails half';

const SLOW_MS = 1_500;
const silent = { info: () => undefined, warn: () => undefined };

export const newCall = (more: Partial<CallInfo> = {}): CallInfo => ({
  caller: { kind: 'trusted' },
  requestId: 'request-1',
  idempotencyKey: undefined,
  signal: new AbortController().signal,
  deadline: Date.now() + 5_000,
  ...more,
});

const nothing = async (): Promise<never> => {
  throw new AppError('UNIMPLEMENTED', 'Not in this test.');
};

/** Seats that always work: a reservation under any id. */
export const steadyReservations: ReservationService = {
  createReservation: async ({ event_id, user_id, idempotency_key }) =>
    CreateReservationResponse.create({
      reservation_id: `${event_id} ${user_id} ${idempotency_key}`,
      status: 2,
    }),
  getReservation: async ({ reservation_id, user_id }) =>
    GetReservationResponse.create({
      reservation: Reservation.create({ reservation_id, user_id, event_id: 'e', status: 2, quantity: 1 }),
    }),
  confirmReservation: nothing,
  cancelReservation: nothing,
  listReservations: nothing,
  extendHold: nothing,
};
export const noPayments: PaymentService = {
  createPaymentIntent: nothing,
  getPaymentStatus: nothing,
  processPayment: nothing,
  cancelPayment: nothing,
  listPayments: nothing,
};

/** One way to reach an upstream, whose mood a test changes. */
export interface MoodyUpstream {
  readonly port: number;
  mood: Mood;
  /** Added to every answer. Milliseconds. */
  delayMs: number;
  /** Calls that came in. */
  received: number;
  /** Their request ids. */
  readonly ids: Set<string>;
  close(): Promise<void>;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Moods {
  mood: Mood;
  delayMs: number;
  received: number;
  readonly ids: Set<string>;
}

async function inMood<T>(moods: Moods, id: string, answer: () => Promise<T>, lie: () => T): Promise<T> {
  moods.received += 1;
  moods.ids.add(id);
  const { mood, delayMs } = moods;
  if (mood === 'never answers') return new Promise<T>(() => {});
  if (mood === 'slow') await wait(SLOW_MS);
  if (delayMs > 0) await wait(delayMs);
  if (mood === 'lies') return lie();
  if (mood === 'fails' || (mood === 'fails half' && moods.received % 2 === 0))
    throw new AppError('UNAVAILABLE', 'It is away.');
  return answer();
}

const AWAY = { code: 17, message: 'away', trace_id: '', details: [] };

type Methods = Readonly<Record<string, (request: never, call: CallInfo) => Promise<unknown>>>;

/** What a service of this test carries: methods by their names in the definition. */
function implementationOf(
  definition: ServiceDefinition,
  methods: Methods,
  moods: Moods,
): UntypedServiceImplementation {
  const implementation: UntypedServiceImplementation = {};
  for (const name of Object.keys(definition)) {
    const method = methods[name];
    if (!method) continue;
    implementation[name] = serveUnary((request: unknown, call) => {
      const requestId = String(call.metadata.get('x-request-id')[0] ?? '');
      return inMood<unknown>(
        moods,
        requestId,
        async () => Reflect.apply(method, undefined, [request, newCall({ requestId })]),
        () => ({ error: AWAY }),
      );
    });
  }
  return implementation;
}

/** Bytes instead of messages while the mood is `garbage`. */
function garbling(definition: ServiceDefinition, moods: Moods): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      {
        ...method,
        responseSerialize: (message: unknown) =>
          moods.mood === 'garbage'
            ? Buffer.from([0xff, 0xff, 0xff, 0x07, 0x99])
            : method.responseSerialize(message),
      },
    ]),
  );
}

/** Seats over a real gRPC server. */
export async function startGrpcUpstream(
  options: {
    readonly offersStreams?: boolean;
    readonly port?: number;
    readonly service?: ReservationService;
  } = {},
): Promise<MoodyUpstream> {
  const moods: Moods = { mood: 'works', delayMs: 0, received: 0, ids: new Set() };
  const { offersStreams = false, port = 0, service = steadyReservations } = options;
  const definition = garbling(ReservationServiceService, moods);
  const implementation = implementationOf(definition, { ...service }, moods);
  const services: GrpcService[] = [{ definition, implementation }];
  if (offersStreams) services.push(callStreamService(dispatchUnary(services)));
  const server = await startGrpcServer({ host: '127.0.0.1', port, services, log: silent, graceMs: 0 });
  return Object.assign(moods, { port: server.port, close: () => server.close() });
}

/** Payments over a real gRPC server; nothing of them works but asking. */
export async function startGrpcPayments(service: PaymentService): Promise<MoodyUpstream> {
  const moods: Moods = { mood: 'works', delayMs: 0, received: 0, ids: new Set() };
  const definition: ServiceDefinition = PaymentServiceService;
  const implementation = implementationOf(definition, { ...service }, moods);
  const server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [{ definition, implementation }],
    log: silent,
    graceMs: 0,
  });
  return Object.assign(moods, { port: server.port, close: () => server.close() });
}

/** Seats over a real HTTP server, in reservation-api's shape. */
export async function startHttpUpstream(
  options: { readonly port?: number; readonly service?: ReservationService } = {},
): Promise<MoodyUpstream> {
  const moods: Moods = { mood: 'works', delayMs: 0, received: 0, ids: new Set() };
  const { port = 0, service = steadyReservations } = options;
  const routes = reservationShapeRoutes(service, (error) => console.error(error));
  const server: Server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const route = routes.find(
      ({ method, path }) =>
        method === req.method && new RegExp(`^${path.replace(':id', '[^/]+')}$`).test(pathname),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const away = { status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE', message: 'away' } } };
    const requestId = String(req.headers['x-request-id'] ?? '');
    const answer = await inMood(
      moods,
      requestId,
      async () =>
        route?.handle(
          {
            params: { id: decodeURIComponent(pathname.split('/')[3] ?? '') },
            query: Object.fromEntries(searchParams),
            body: text === '' ? {} : JSON.parse(text),
          },
          newCall({
            requestId,
            idempotencyKey: req.headers['idempotency-key']?.toString(),
          }),
        ) ?? { status: 404, body: {} },
      () => away,
    ).catch(() => away);
    res.statusCode = answer.status;
    res.setHeader('content-type', 'application/json');
    res.end(moods.mood === 'garbage' ? '\u0000{"reservationId": [[[' : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return Object.assign(moods, {
    port: address.port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

export type WireState = 'passes' | 'swallows' | 'babbles' | 'cut';

/** A way to an upstream that can break. */
export interface Wire {
  readonly port: number;
  /**
   * `swallows`: connections stay open and nothing comes through, then or ever; `babbles`: bytes that are no protocol;
   * `cut`: connections are reset. The last two end what was open before.
   */
  become(state: WireState): void;
  /** Connections that are open. */
  open(): number;
  close(): void;
}

export async function startWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const wire: { state: WireState } = { state: 'passes' };
  const keep = (socket: Socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createTcpServer((client) => {
    keep(client);
    if (wire.state === 'cut') return client.destroy();
    if (wire.state === 'babbles')
      return void client.end('220 mail.example ESMTP\r\n\u0000\u0001\u0002\r\n\r\n');
    // What was opened while nothing came through stays dead when the way is mended.
    if (wire.state === 'swallows') return void client.resume();
    const upstream = keep(connect(to, '127.0.0.1'));
    const pass = (from: Socket, into: Socket) => {
      let isDead = false;
      from.on('data', (bytes) => {
        if (wire.state === 'swallows') isDead = true;
        if (!isDead) into.write(bytes);
      });
      from.on('end', () => isDead || into.end());
      from.on('close', () => isDead || into.destroy());
    };
    pass(client, upstream);
    pass(upstream, client);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return {
    port: address.port,
    become(state) {
      wire.state = state;
      if (state === 'cut' || state === 'babbles') for (const socket of sockets) socket.destroy();
    },
    // Each has two ends here.
    open: () => sockets.size / 2,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
