import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock';
import type { Cluster } from '../cluster/cluster';
import { createLocalCluster } from '../cluster/local';
import type { PrismaClient } from '../db/generated/client';
import { AppError } from '../errors';
import { liveLines } from '../live-lines';
import { createQuickMatch } from '../quick-match/quick-match';
import { createSessions, type MatchJudge, type Sessions, type SessionsOptions } from '../sessions/sessions';
import { Askings } from './askings';
import { LobbyBroadcast } from './broadcast';
import { type Connection, createConnection, type SignalingSocket } from './connection';
import type { SignalingContext } from './context';
import { countLine, showHeld } from './counts';
import { Credits } from './credits';
import { openDialects } from './dialects';
import { dispatch } from './dispatch';
import { figuresOf } from './figures';
import { clientIdOf, type HandshakeOptions, type Identity, identify, wantsLobbyDeltas } from './handshake';
import { iceServersFor } from './ice';
import { Lanes } from './lanes';
import { Lines, roleOf } from './lines';
import { Lobby } from './lobby';
import { People } from './people';
import { Post } from './post';
import { createPresence } from './presence';
import { LobbyRatings } from './ratings';
import { isOurFault, toSignalingError } from './replies';
import { PINGS_EVERY_MS } from './told-pings';

export interface SignalingOptions {
  /** With its request handler already in place. */
  readonly httpServer: HttpServer;
  readonly db: PrismaClient;
  readonly config: {
    readonly NEXTAUTH_URL?: string | undefined;
    readonly TRUST_PROXY: boolean;
    readonly TURN_URLS: readonly string[];
    readonly TURN_SECRET?: string | undefined;
  };
  readonly verifyToken: HandshakeOptions['verifyToken'];
  readonly readCookieUser: HandshakeOptions['readCookieUser'];
  /** Calls back once when the log-in that opened a connection has ended; what it returns stops watching. */
  watchLogin(identity: Identity, onEnd: () => void): () => void;
  /** Calls back once when a player is banned or the account deleted; what it returns stops watching. */
  readonly watchPlayer?: SessionsOptions['watchPlayer'];
  readonly matchClient: MatchJudge;
  readonly log: Logger;
  readonly clock?: Clock;
  /** The nodes that carry the arcade together; one alone without it. */
  readonly cluster?: Cluster;
  /** In the transaction that ends a session, and when that is written: see `SessionsOptions`. */
  readonly onEnded?: SessionsOptions['onEnded'];
  readonly onSettled?: SessionsOptions['onSettled'];
}

export interface SignalingServer {
  /** Resolves when what an earlier process left behind is put right; connections wait for it. */
  readonly ready: Promise<void>;
  /** For those who arrange matches. */
  readonly sessions: Sessions;
  /** Players who are connected. */
  connections(): number;
  /** Tells the sockets, ends them, and waits for what is being written. The http server stays open. */
  close(): Promise<void>;
}

/** Serves the lobby, match requests, SDP/ICE relay and match inputs on `/ws/signal` and `/ws/signal-msgpack` of an http server. */
export function attachSignaling(options: SignalingOptions): SignalingServer {
  const { httpServer, db, config, log, matchClient, clock = systemClock } = options;
  const { cluster = createLocalCluster() } = options;
  const dialects = openDialects(
    httpServer,
    config.NEXTAUTH_URL ? new URL(config.NEXTAUTH_URL).origin : undefined,
  );
  const lines = new Lines();
  const lanes = new Lanes();
  const credits = new Credits();
  const askings = new Askings();
  const ratings = new LobbyRatings({ db, clock, log });
  const lobby: Lobby = new Lobby({
    clock,
    ratingOf: (playerId) => ratings.of(playerId) ?? people.ratingElsewhere(playerId),
    isInMatch: (playerId) => sessions.matchOf(playerId) !== undefined,
    mayPublish: () => !broadcast.isBusy,
    publish: (change) => broadcast.publish(change),
  });
  const broadcast = new LobbyBroadcast({
    ...{ dialects, lobby, clock },
    lines: () => lines.all(),
    mayHaveAtOnce: (playerId) => credits.take(playerId, 'lists', clock.now()),
  });
  const people = new People({
    cluster,
    changed: (...change) => presence.changedElsewhere(...change),
  });
  const post = new Post({
    ...{ cluster, people, lines, matchOver },
    matchAgreed: (...players) => askings.agreed(...players),
  });

  function matchOver(playerId: string): void {
    presence.matchOver(playerId);
    if (!lines.isHere(playerId)) return;
    void ratings.load(playerId).then((rating) => {
      if (!lines.isHere(playerId)) return;
      ratings.keep(playerId, rating);
      presence.lobbyChanged(playerId);
      lobby.statusChanged(playerId);
    });
  }

  const sessions = createSessions({
    cluster,
    db,
    clock,
    judge: matchClient,
    log,
    isOnline: (playerId) => people.acting(playerId) !== undefined,
    clientIdOf: (playerId) => people.acting(playerId)?.clientId ?? null,
    notify: (playerId, event, payload) => post.send(playerId, event, payload),
    statusChanged(playerId) {
      lobby.statusChanged(playerId);
      quickMatch.statusChanged(playerId);
    },
    ...(options.watchPlayer ? { watchPlayer: options.watchPlayer } : {}),
    ...(options.onEnded ? { onEnded: options.onEnded } : {}),
    ...(options.onSettled ? { onSettled: options.onSettled } : {}),
  });
  const quickMatch = createQuickMatch({
    ...{ cluster, db, clock, log, sessions },
    notify: (playerId, payload) =>
      lines.acting(playerId)?.outbox.send({ event: 'quick_match_status', payload }),
    isOnline: (playerId) => lines.acting(playerId) !== undefined,
    rttOf: (playerId) => lines.acting(playerId)?.traffic.rttMs ?? null,
    isUndisturbed: (playerId) => lobby.isUndisturbed(playerId),
  });
  const presence = createPresence({
    ...{ lines, lobby, lanes, people, sessions, quickMatch, log },
    ratingOf: (playerId) => ratings.of(playerId),
    iceServersFor: (playerId) =>
      iceServersFor(playerId, { urls: config.TURN_URLS, secret: config.TURN_SECRET }, clock.now()),
  });
  showHeld({
    lines: () => [...lines.all()].length,
    players: () => lines.size,
    inLobby: () => lobby.size,
    waitingMessages: () => [...lines.all()].reduce((sum, { outbox }) => sum + outbox.waiting.messages, 0),
    busyLanes: () => lanes.size,
  });
  liveLines().read = () =>
    Array.from(lines.all(), (line) => ({ ...figuresOf(line), looksOn: !lines.isActing(line) }));
  const ctx: SignalingContext = {
    sessions,
    quickMatch,
    lobby,
    clock,
    log,
    presence,
    broadcast,
    db,
    askings,
    tell: (playerId, event, payload) => post.send(playerId, event, payload),
    rttOf: (playerId) => lines.acting(playerId)?.traffic.rttMs ?? people.rttElsewhere(playerId),
    isActing: (connection) => lines.isActing(connection),
  };
  const stopPings = cluster.nodes.isShared
    ? clock.every(PINGS_EVERY_MS, () => presence.notePings())
    : () => {};
  let isClosing = false;
  const ready = Promise.all([people.ready, sessions.ready]).then(() => undefined);
  // Whoever waits for it hears that it failed; the log has it.
  ready.catch(() => {});

  async function admit(socket: SignalingSocket): Promise<void> {
    if (isClosing) throw new AppError('UNAVAILABLE', 'The server is shutting down.');
    await ready;
    const { auth, headers } = socket.handshake;
    const identity = await identify(auth, headers, {
      verifyToken: options.verifyToken,
      readCookieUser: options.readCookieUser,
      publicUrl: config.NEXTAUTH_URL,
      trustProxy: config.TRUST_PROXY,
    });
    if (!credits.take(identity.playerId, 'connect', clock.now()))
      throw new AppError('RATE_LIMITED', 'You connect too often; wait a few seconds.');
    const clientId = clientIdOf(auth);
    socket.data.identity = identity;
    socket.data.clientId = clientId;
    socket.data.wantsDeltas = wantsLobbyDeltas(auth);
    socket.data.rating = await ratings.load(identity.playerId);
    socket.data.role = await roleOf(identity.playerId, clientId, {
      sessions,
      answers: (playerId) => post.answers(playerId),
    });
  }

  for (const io of dialects) {
    io.use((socket, next) => {
      admit(socket).then(
        () => next(),
        (error: unknown) => {
          countLine('refused');
          next(refusal(error, log));
        },
      );
    });
    io.on('connection', (socket) => {
      const { identity } = socket.data;
      if (identity) open(socket, identity);
    });
  }

  function open(socket: SignalingSocket, identity: Identity): void {
    const { playerId } = identity;
    const { clientId = null, wantsDeltas = false, role, rating } = socket.data;
    const who = { ...identity, clientId, wantsDeltas };
    const connection = createConnection(socket, who, clock.now(), {
      onCut: (why) => log.warn({ playerId, why }, 'connection cut'),
      onDeltasLost: () => broadcast.resync(connection),
    });
    // What is known may be newer; the end of an earlier line forgot it.
    if (ratings.of(playerId) === undefined) ratings.keep(playerId, rating);
    presence.enter(connection, role ?? 'acts');
    const stopWatching = options.watchLogin(identity, () => endLogin(connection));
    // On the wire the name may be a number, too.
    socket.onAny((name: unknown, ...args: unknown[]) => {
      void dispatch({ ctx, credits, lanes }, connection, String(name), args);
    });
    socket.on('disconnect', () => {
      stopWatching();
      presence.leave(connection);
      if (!lines.isHere(playerId)) ratings.forget(playerId);
    });
  }

  /** Logged out, banned or deleted: nothing acts for the player any more. */
  function endLogin({ socket }: Connection): void {
    socket.emit('error', { code: 401, message: 'This log-in has ended. Log in again.' });
    socket.disconnect(true);
  }

  return {
    ready,
    sessions,
    connections: () => lines.size,
    async close() {
      isClosing = true;
      liveLines().read = undefined;
      stopPings();
      quickMatch.close();
      presence.close();
      broadcast.close();
      lobby.close();
      for (const { outbox } of lines.all())
        outbox.send({ event: 'error', payload: { code: 500, message: 'The server is shutting down.' } });
      // Not io.close(), which would close the http server too. Browsers see a lost line and try again.
      for (const io of dialects) io.engine.close();
      await Promise.all([lanes.idle(), sessions.close()]);
    },
  };
}

/** What a refused client gets as `connect_error`, with `data {code, message}`. */
function refusal(error: unknown, log: Logger): Error {
  if (isOurFault(error)) log.error({ err: error }, 'a connection could not be admitted');
  const data = toSignalingError(error);
  return Object.assign(new Error(data.message), { data });
}
