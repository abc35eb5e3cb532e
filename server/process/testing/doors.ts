import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ClientReadableStream, Metadata, status } from '@grpc/grpc-js';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { encode } from 'next-auth/jwt';
import type { Logger } from 'pino';
import superjson from 'superjson';
import { WebSocket } from 'ws';
import { SIGNALING_PATH } from '../../../proto/signaling-limits';
import { issueApiToken } from '../../auth/api-token';
import { LoginNews } from '../../auth/login-news';
import { loginWatch } from '../../auth/login-watch';
import { readSession } from '../../auth/session';
import { issueSignalToken, verifySignalToken } from '../../auth/signal-token';
import { loadConfig } from '../../config';
import { closeDb, openDb } from '../../db/client';
import { SECRET, startTestGateway, type TestGateway } from '../../gateway/testing/gateway';
import { createTrpcLines } from '../../http/trpc-lines';
import { grpcJudge } from '../../sessions/sessions';
import { attachSignaling } from '../../signaling/server';
import { Player } from '../../signaling/testing/player';
import { createContext } from '../../trpc/create-context';
import type { AppRouter } from '../../trpc/root';
import { appRouter } from '../../trpc/root';
import { channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';

/** A log-in of somebody, and everything that it is shown with. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly loginId: string;
  readonly cookie: string;
  readonly signalToken: string;
  readonly apiToken: string;
}

/** Every way in over which a log-in is shown: the socket, tRPC over HTTP and WebSocket, the gateway over HTTP and gRPC. */
export interface Doors {
  readonly gate: TestGateway;
  readonly origin: string;
  person(data?: object): Promise<Person>;
  /** tRPC's client with a log-in cookie. */
  api(cookie: string): ReturnType<typeof createTRPCClient<AppRouter>>;
  /** Opens the socket; 0, or the code with which it is refused. The handshake is anything at all. */
  socket(auth: object, cookie?: string): Promise<{ readonly code: number; readonly player: Player }>;
  /** Leaves a line of each kind open, and tells how long it stays. */
  openLines(person: Person): Promise<OpenLines>;
  close(): Promise<void>;
}

export interface OpenLines {
  /** Resolves when the last of them has ended, with the moment (`performance.now()`) at which each did. */
  readonly ended: Promise<Readonly<Record<'socket' | 'trpc line' | 'gateway stream', number>>>;
  /** How many have ended so far. */
  count(): number;
}

export async function startDoors(log: Logger): Promise<Doors> {
  const gate = await startTestGateway({}, { seats: 100 });
  const { db, url: databaseUrl } = gate.database;
  openDb(databaseUrl);
  const news = new LoginNews(databaseUrl);
  const trpc = createHTTPHandler({ router: appRouter, createContext, basePath: '/api/trpc/' });
  const http = createServer((req, res) => {
    if (!req.url?.startsWith(SIGNALING_PATH)) trpc(req, res);
  });
  const lines = createTrpcLines(loadConfig({}));
  http.on('upgrade', (req, socket, head) => {
    if (req.url === '/api/trpc') lines.upgrade(req, socket, head);
  });
  const signaling = attachSignaling({
    httpServer: http,
    db,
    config: { TRUST_PROXY: false, TURN_URLS: [] },
    verifyToken: (token) => verifySignalToken(token, db),
    readCookieUser: (cookie) => readSession(cookie, db),
    watchLogin: (login, onEnd) => loginWatch().watch(login, onEnd),
    watchPlayer: (playerId, onRemoved) => loginWatch().watchPlayer(playerId, onRemoved),
    matchClient: grpcJudge(targetAt('127.0.0.1:1', false), { authSecret: SECRET }),
    log,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const players: Player[] = [];
  const open: { close(): void }[] = [];

  async function person(data: object = {}): Promise<Person> {
    const name = `p_${randomUUID().slice(0, 8)}`;
    const row = { username: name, usernameKey: name, skeleton: name, ...data };
    const { id, sessionEpoch: epoch } = await db.user.create({ data: row });
    const login = { playerId: id, epoch, loginId: randomUUID() };
    const token = { sub: id, epoch, login: login.loginId };
    return {
      ...{ id, name, loginId: login.loginId },
      cookie: `next-auth.session-token=${await encode({ token, secret: SECRET })}`,
      signalToken: (await issueSignalToken(login)).token,
      apiToken: (await issueApiToken(login)).token,
    };
  }

  async function socket(auth: object, cookie?: string) {
    const player = new Player(origin, 'anybody', auth, undefined, cookie);
    players.push(player);
    const code = await new Promise<number>((resolve) => {
      player.socket.once('ready', () => resolve(0));
      player.socket.once('connect_error', (error: Error & { data?: { code: number } }) =>
        resolve(error.data?.code ?? -1),
      );
    });
    return { code, player };
  }

  async function openTrpcLine(cookie: string): Promise<WebSocket> {
    const line = new WebSocket(`${origin.replace('http', 'ws')}/api/trpc`, { headers: { cookie, origin } });
    open.push(line);
    await new Promise((resolve, reject) => line.once('open', resolve).once('error', reject));
    const answered = new Promise<string>((resolve) => line.once('message', (data) => resolve(String(data))));
    line.send(
      JSON.stringify({ id: 1, method: 'query', params: { path: 'account.me', input: { json: null } } }),
    );
    if (!(await answered).includes('playerId')) throw new Error(`the line knows nobody: ${await answered}`);
    return line;
  }

  /** A seat on hold, so that there is something to be told of. */
  async function hold(token: string): Promise<void> {
    const post = (path: string, body: object) => gate.http('POST', path, { token, body, key: randomUUID() });
    const joined = await post('/api/v1/queue/join', { event_id: gate.eventId });
    gate.domain.call(joined.body.waiting_token);
    const { body } = await post('/api/v1/queue/enter', { waiting_token: joined.body.waiting_token });
    const { reservation_token } = body;
    await post('/api/v1/reservations', { event_id: gate.eventId, quantity: 1, reservation_token });
  }

  async function openGatewayStream(token: string): Promise<ClientReadableStream<unknown>> {
    await hold(token);
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    const everything = { user_id: '', session_id: '', reservation_ids: [] };
    const stream = gate.streams.streamReservationUpdates(everything, metadata);
    stream.on('error', () => undefined).on('data', () => undefined);
    open.push({ close: () => stream.cancel() });
    await new Promise((resolve, reject) => stream.once('data', resolve).once('error', reject));
    return stream;
  }

  async function openLines({ cookie, signalToken, apiToken }: Person): Promise<OpenLines> {
    const { player, code } = await socket({ token: signalToken });
    if (code !== 0) throw new Error(`the socket is refused: ${code}`);
    const line = await openTrpcLine(cookie);
    const stream = await openGatewayStream(apiToken);
    let count = 0;
    const noted = (end: Promise<unknown>) =>
      end.then(() => {
        count += 1;
        return performance.now();
      });
    const ends = Promise.all([
      noted(new Promise((resolve) => player.socket.once('disconnect', resolve))),
      noted(new Promise((resolve) => line.once('close', resolve))),
      noted(
        new Promise((resolve) =>
          stream.once('status', (end: { code: number }) => resolve(end.code === status.UNAUTHENTICATED)),
        ),
      ),
    ]);
    return {
      count: () => count,
      ended: ends.then(([one, two, three]) => ({ socket: one, 'trpc line': two, 'gateway stream': three })),
    };
  }

  return {
    ...{ gate, origin, person, socket, openLines },
    api: (cookie) =>
      createTRPCClient<AppRouter>({
        links: [httpBatchLink({ url: `${origin}/api/trpc`, transformer: superjson, headers: { cookie } })],
      }),
    async close() {
      for (const player of players) player.close();
      for (const one of open) one.close();
      await lines.close();
      await signaling.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await news.close();
      channels().close();
      await closeDb();
      await gate.close();
    },
  };
}
