import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Logger, pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PrismaClient } from '../../db/generated/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { AppError } from '../../errors';
import { createGameServices } from '../../game/service';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import { grpcJudge, type MatchJudge, type Sessions } from '../../sessions/sessions';
import { createFakeClock } from '../../sessions/testing/fake-clock';
import { addPlayer } from '../../sessions/testing/players';
import { channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';
import { attachSignaling, type SignalingOptions } from '../server';
import type { Dialect } from './dialect';
import { Player } from './player';

const silent = pino({ level: process.env.LOG_LEVEL ?? 'silent' });

/** A signaling server on a free port with a real judge behind it, and time that the test moves. */
export interface TestArcade {
  readonly url: string;
  readonly db: PrismaClient;
  readonly clock: ReturnType<typeof createFakeClock>;
  connections(): number;
  /** The sessions of the server that runs now. */
  readonly sessions: Sessions;
  /** A new account and its connection, `ready` already heard. */
  enter(name: string): Promise<Player>;
  /** A further connection of an account. */
  connect(playerId: string, clientId?: string, dialect?: Dialect): Promise<Player>;
  /** A connection with any handshake at all, not awaited. */
  open(playerId: string, auth: object, dialect?: Dialect): Player;
  /** Sockets of clients that the server has not seen the end of. */
  openSockets(): number;
  /** Log-ins and players that are watched for their end, and matches that the judge has open. */
  held(): {
    readonly watchedLogins: number;
    readonly watchedPlayers: number;
    readonly judgedMatches: number;
  };
  /** Ends every log-in of an account. */
  endLogins(playerId: string): void;
  /** Tells whoever watches this player that the player was banned, as server/auth's watch does. */
  remove(playerId: string): void;
  /** Stops the judge and starts one that knows nothing. */
  restartJudge(): Promise<void>;
  /** The judge answers nothing any more; what is returned lets it go on. */
  hangJudge(): () => void;
  /** Ends the signaling server as a crash would leave the database, and starts another on its port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Gives every test of a file an arcade of its own, on one database.
 * @param begin what each test starts with
 */
export function arcadeOfEachTest(begin: (arcade: TestArcade) => void | Promise<void>): void {
  let database: TestDatabase;
  let arcade: TestArcade;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    arcade = await startTestArcade(database.db);
    await begin(arcade);
  });
  afterEach(() => arcade.close());
}

/** What the judge asks for, and signaling shows. */
const KEYS = { authSecret: 'a secret of at least thirty-two characters' };

/** What is told of sessions that end. */
type EndHooks = Pick<SignalingOptions, 'onEnded' | 'onSettled'>;

export async function startTestArcade(
  db: PrismaClient,
  log: Logger = silent,
  hooks: EndHooks = {},
): Promise<TestArcade> {
  const clock = createFakeClock();
  let judged = () => 0;
  let grpc = await startJudge();
  let judge = grpcJudge(targetAt(`127.0.0.1:${grpc.port}`, false), KEYS);
  const watched = new Set<{ playerId: string; onEnd: () => void }>();
  const watchedPlayers = new Set<{ playerId: string; onEnd: () => void }>();
  const watchIn = (set: typeof watched, playerId: string, onEnd: () => void) => {
    const entry = { playerId, onEnd };
    set.add(entry);
    return () => set.delete(entry);
  };
  let isHung = false;
  // What the client makes of a call that got no answer within its deadline.
  const hung = () => new AppError('UNAVAILABLE', 'The judge can not be reached.');
  // The judge may move to another port, as after a restart elsewhere.
  const matchClient: MatchJudge = {
    createMatch: (match) => (isHung ? Promise.reject(hung()) : judge.createMatch(match)),
    pushInputs: (inputs) => (isHung ? Promise.reject(hung()) : judge.pushInputs(inputs)),
    pushOwnInputs: (inputs) => (isHung ? Promise.reject(hung()) : judge.pushOwnInputs(inputs)),
    columns: (matchId) => (isHung ? Promise.reject(hung()) : judge.columns(matchId)),
    endMatch: (end) => (isHung ? Promise.reject(hung()) : judge.endMatch(end)),
  };

  function startJudge(): Promise<RunningGrpcServer> {
    const game = createGameServices({ keys: KEYS, now: () => clock.now() });
    judged = () => game.counts().live;
    return startGrpcServer({ host: '127.0.0.1', port: 0, services: game.services, log });
  }

  async function findPlayer(id = '') {
    const user = await db.user.findUnique({ where: { id } });
    return user ? { playerId: user.id, playerName: user.username, epoch: 0, loginId: user.id } : null;
  }

  async function startServer(port = 0) {
    const httpServer = createServer((_request, response) => response.writeHead(404).end());
    const sockets = new Set<Socket>();
    httpServer.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const signaling = attachSignaling({
      httpServer,
      db,
      config: { TRUST_PROXY: false, TURN_URLS: [] },
      // Token and cookie of these tests are the player's id; server/auth tests the real ones.
      async verifyToken(token) {
        const player = await findPlayer(token);
        if (!player) throw new AppError('UNAUTHENTICATED', 'The signaling token is not valid.');
        return player;
      },
      readCookieUser: (cookie) => findPlayer(cookie?.replace('player=', '')),
      watchLogin: (login, onEnd) => watchIn(watched, login.playerId, onEnd),
      watchPlayer: (playerId, onRemoved) => watchIn(watchedPlayers, playerId, onRemoved),
      matchClient,
      log,
      clock,
      ...hooks,
    });
    await new Promise<void>((resolve) => httpServer.listen(port, '127.0.0.1', resolve));
    const bound = (httpServer.address() as AddressInfo).port;
    return { httpServer, sockets, signaling, port: bound, url: `http://127.0.0.1:${bound}` };
  }

  let server = await startServer();
  const players = new Set<Player>();

  async function stopServer(): Promise<void> {
    await server.signaling.close();
    // Some tests leave a client that reads nothing, not even the end.
    for (const socket of server.sockets) socket.destroy();
    await new Promise((resolve) => server.httpServer.close(resolve));
  }

  function open(playerId: string, auth: object, dialect?: Dialect): Player {
    const player = new Player(server.url, playerId, auth, dialect);
    players.add(player);
    return player;
  }

  async function connect(playerId: string, clientId?: string, dialect?: Dialect): Promise<Player> {
    const player = open(playerId, { token: playerId, ...(clientId ? { clientId } : {}) }, dialect);
    await player.hear('ready');
    return player;
  }

  return {
    get url() {
      return server.url;
    },
    db,
    clock,
    connections: () => server.signaling.connections(),
    get sessions() {
      return server.signaling.sessions;
    },
    enter: async (name) => connect(await addPlayer(db, name)),
    connect,
    open,
    held: () => ({
      watchedLogins: watched.size,
      watchedPlayers: watchedPlayers.size,
      judgedMatches: judged(),
    }),
    openSockets: () => server.sockets.size,
    endLogins(playerId) {
      for (const entry of watched) if (entry.playerId === playerId) entry.onEnd();
    },
    remove(playerId) {
      for (const entry of watchedPlayers) if (entry.playerId === playerId) entry.onEnd();
    },
    hangJudge() {
      isHung = true;
      return () => {
        isHung = false;
      };
    },
    async restartJudge() {
      await grpc.close();
      channels().close();
      grpc = await startJudge();
      judge = grpcJudge(targetAt(`127.0.0.1:${grpc.port}`, false), KEYS);
    },
    async restart() {
      await stopServer();
      server = await startServer(server.port);
    },
    async close() {
      for (const player of players) player.close();
      await stopServer();
      await grpc.close();
      // The next judge may get this one's port, and would get its broken channel with it.
      channels().close();
    },
  };
}
