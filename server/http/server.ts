import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { AppError, asAppError } from '../errors';
import { stampForwarded } from '../request-facts';
import { checkBodyLength } from './body-limit';
import { sendError } from './envelope';
import { observeRequest } from './metrics';
import { refuseUpgrade } from './refuse-upgrade';
import type { Router, SayError, Surface } from './router';
import { applyHeaders, securityHeaders } from './security-headers';

export interface HttpServerOptions {
  readonly config: Pick<Config, 'SIGNALING_URL' | 'NODE_ENV' | 'NEXTAUTH_URL' | 'TRUST_PROXY'>;
  readonly routes: Router;
  readonly log: Pick<Logger, 'error'>;
}

/** How long connections may finish after the server stops taking new ones. */
const CLOSE_GRACE_MS = 1_500;

/** Every open connection: once one is upgraded, Node's server counts it but can't close it. */
const connectionsOf = new WeakMap<Server, Set<Socket>>();

function trackConnections(server: Server): void {
  if (connectionsOf.has(server)) return;
  const open = new Set<Socket>();
  connectionsOf.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

/** The path of a request as it was sent: without its query, percent-encoded. */
export function requestPath(req: Pick<IncomingMessage, 'url'>): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/';
}

/**
 * What nobody behind the border can decode is not passed on: Next answers it with a 500.
 * @throws {AppError} BAD_REQUEST
 */
function checkEncoding(path: string): void {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw new AppError('BAD_REQUEST', 'The percent-encoding of the path is not valid UTF-8.');
  }
  // No database and no header can hold them.
  if (/\p{Cc}/u.test(decoded)) throw new AppError('BAD_REQUEST', 'The path holds a control character.');
}

/** What the rooms behind the border know: Next answers others with a 500, since a Fetch request can't have them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** @throws {AppError} METHOD_NOT_ALLOWED, with `Allow` set */
function checkMethod(req: IncomingMessage, res: ServerResponse): void {
  if (METHODS.includes(req.method ?? '')) return;
  res.setHeader('allow', METHODS.join(', '));
  throw new AppError('METHOD_NOT_ALLOWED', `Nothing here takes ${req.method}.`);
}

/**
 * The arcade's HTTP server, not yet listening: security headers, true forwarding headers, body limits
 * and the error envelope around whoever answers.
 */
export function createHttpServer({ config, routes, log }: HttpServerOptions): Server {
  const headers = securityHeaders(config);

  function fail(req: IncomingMessage, res: ServerResponse, error: unknown, say: SayError): void {
    if (!asAppError(error)) log.error({ err: error, method: req.method, url: req.url }, 'a request failed');
    // The rest of a refused body is not worth reading.
    if (!req.complete) res.setHeader('connection', 'close');
    say(res, error);
  }

  /** For a surface of its own: the checks of the border, and nothing that only pages need. */
  function answerDirectly(
    req: IncomingMessage,
    res: ServerResponse,
    path: string,
    { say, enter }: Surface,
  ): void {
    try {
      checkMethod(req, res);
      if (enter?.(req, res)) return;
      checkBodyLength(req);
      if (path.includes('%')) checkEncoding(path);
      const done = routes.answer(req, res, path);
      if (done instanceof Promise) done.catch((error: unknown) => fail(req, res, error, say));
    } catch (error) {
      fail(req, res, error, say);
    }
  }

  async function answer(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    observeRequest(req, res);
    try {
      applyHeaders(res, headers);
      checkMethod(req, res);
      checkBodyLength(req, routes.maxBodyBytes(path));
      stampForwarded(req, config.TRUST_PROXY);
      checkEncoding(path);
      await routes.answer(req, res, path);
    } catch (error) {
      fail(req, res, error, sendError);
    }
  }

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (req, res) => {
    const path = requestPath(req);
    const surface = routes.surfaceAt(path);
    if (surface) answerDirectly(req, res, path, surface);
    else void answer(req, res, path);
  });
  // Without a listener Node hangs up on CONNECT without a word.
  server.on('connect', (_req, socket) => {
    socket.on('error', () => {});
    refuseUpgrade(socket, new AppError('METHOD_NOT_ALLOWED', 'The arcade is no proxy.'));
  });
  // Longer than the idle time of usual proxies, so that they never meet a connection that just closed.
  server.keepAliveTimeout = 65_000;
  return server;
}

/**
 * Starts listening.
 * @returns the port, which is another than asked for when that was 0
 * @throws with code EADDRINUSE when the port is taken
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  trackConnections(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes no new connections, and lets go of those that wait for a next request. */
export function stopListening(server: Server): void {
  if (server.listening) server.close();
  server.closeIdleConnections();
}

/**
 * Waits for the requests under way, for a while; then cuts what is left, sockets and streams whose
 * clients don't answer the close included.
 */
export async function closeHttpServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  stopListening(server);
  const open = await new Promise<number>((resolve) => {
    server.getConnections((_error, count) => resolve(count ?? 0));
  });
  // Without connections it is closed already, or never listened.
  if (open === 0) return;
  // A connection whose request has ended stays open for a next one, which will not be taken.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const force = setTimeout(() => {
    for (const socket of connectionsOf.get(server) ?? []) socket.destroy();
  }, CLOSE_GRACE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(force);
}

/** How a browser on this machine reaches the server. */
export function localAddress(host: string, port: number): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host);
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
