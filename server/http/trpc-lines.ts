import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { loginWatch } from '../auth/login-watch';
import type { Config } from '../config';
import { AppError } from '../errors';
import { isOwnOrigin, requestFacts } from '../request-facts';
import { ViewerLimits } from '../streams/viewer-limits';
import { createLineContext } from '../trpc/create-context';
import { appRouter } from '../trpc/root';
import { guardLine } from './line-guard';
import { requestPath } from './server';
import { TRPC_PATH } from './trpc';
import type { UpgradeHandler } from './upgrades';

/** WebSockets that one address may have open: a tab needs one, and a club night behind one router fits. */
const LINES_PER_ADDRESS = 256;
/** A call is small; bodies of HTTP may be larger. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** How long clients have to answer the close. Milliseconds. */
const CLOSE_GRACE_MS = 500;

/** tRPC over WebSocket: one line a tab for all its subscriptions, of which HTTP/1.1 would give a browser six. */
export interface TrpcLines {
  /** Takes the upgrades at `TRPC_PATH`. */
  readonly upgrade: UpgradeHandler;
  /** Lines that are open. */
  size(): number;
  /** Ends every line; clients come back by themselves. */
  close(): Promise<void>;
}

export function createTrpcLines(config: Pick<Config, 'NEXTAUTH_URL' | 'TRUST_PROXY'>): TrpcLines {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const limits = new ViewerLimits(LINES_PER_ADDRESS, 'lines');
  let isClosing = false;

  /** @throws {AppError} NOT_FOUND, FORBIDDEN, RATE_LIMITED, UNAVAILABLE */
  function admit(req: IncomingMessage): () => void {
    if (isClosing) throw new AppError('UNAVAILABLE', 'The arcade is restarting.');
    if (requestPath(req) !== TRPC_PATH)
      throw new AppError('NOT_FOUND', `Lines are opened at ${TRPC_PATH} itself.`);
    const from = { publicUrl: config.NEXTAUTH_URL, trustProxy: config.TRUST_PROXY };
    // Every browser says where the page is from, and nothing of this origin hinders a page from listening.
    if (req.headers.origin !== undefined && !isOwnOrigin(req.headers, from))
      throw new AppError('FORBIDDEN', 'Lines are opened by pages of this arcade only.');
    return limits.enter(requestFacts(req, config.TRUST_PROXY).address);
  }

  function open(ws: WebSocket, req: IncomingMessage, socket: Duplex): void {
    const guard = guardLine(ws, socket);
    const context = createLineContext(req, guard);
    let unwatch = () => {};
    ws.once('close', () => unwatch());
    context.then(
      ({ user, unnamed }) => {
        const login = user ?? unnamed;
        if (login && ws.readyState === ws.OPEN)
          unwatch = loginWatch().watch(login, () => guard.cut('login'), login.role);
      },
      // The client hears of it from tRPC.
      () => {},
    );
    const connect = getWSConnectionHandler({
      wss: server,
      router: appRouter,
      createContext: () => context,
      experimental_encoder: {
        encode(message) {
          guard.beforeSend();
          return JSON.stringify(message);
        },
        decode(data) {
          if (typeof data !== 'string') throw new AppError('BAD_REQUEST', 'Messages are text.');
          return guard.read(data);
        },
      },
    });
    connect(ws, req);
  }

  return {
    upgrade(req, socket, head) {
      const leave = admit(req);
      socket.once('close', leave);
      server.handleUpgrade(req, socket, head, (ws) => open(ws, req, socket));
    },
    size: () => server.clients.size,
    async close() {
      isClosing = true;
      const open = [...server.clients];
      const closed = open.map((ws) => new Promise((resolve) => ws.once('close', resolve)));
      for (const ws of open) ws.close(1012);
      const force = setTimeout(() => {
        for (const ws of open) ws.terminate();
      }, CLOSE_GRACE_MS);
      await Promise.all(closed);
      clearTimeout(force);
      server.close();
    },
  };
}
