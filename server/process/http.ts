import type { Server } from 'node:http';
import { startUpkeep } from '../auth/upkeep';
import { getDb } from '../db/client';
import { AppError } from '../errors';
import { ASSETS_PATH, assetsHandler } from '../http/assets';
import { compressed } from '../http/compressed';
import { fairLogIns } from '../http/fair-log-ins';
import { HEALTH_PATH, healthHandler, LIVE_PATH, liveHandler } from '../http/health';
import { createMetricsServer } from '../http/metrics';
import { HOT_RELOAD_PATH, onlyRead, type Pages, startPages } from '../http/pages';
import { renewing } from '../http/renewing';
import { type Handler, Router } from '../http/router';
import { withNonce } from '../http/security-headers';
import { closeHttpServer, createHttpServer, listen, localAddress, stopListening } from '../http/server';
import { TRPC_PATH, trpcHandler } from '../http/trpc';
import { createTrpcLines } from '../http/trpc-lines';
import { Upgrades } from '../http/upgrades';
import { startWireUpkeep } from '../records/wire-upkeep';
import { closeStreams } from '../streams/streams';
import type { Composition } from './run';
import type { RunningWorkers } from './workers/workers';

export interface Http {
  readonly server: Server;
  /** Who answers what; parts add themselves. */
  readonly routes: Router;
  /** Who takes which upgrades; parts add themselves. */
  readonly upgrades: Upgrades;
}

/** The HTTP server with its health report; it takes requests only after `listenHttp`. */
export function createHttp({ config, parts, log }: Composition): Promise<Http> {
  return parts.start(
    'http',
    () => {
      const routes = new Router();
      routes.get(HEALTH_PATH, healthHandler(parts));
      routes.get(LIVE_PATH, liveHandler);
      const server = createHttpServer({ config, routes, log });
      const upgrades = new Upgrades();
      upgrades.attach(server);
      return { server, routes, upgrades };
    },
    // Sockets and streams were ended by the parts above it; what is left are requests under way.
    { stop: ({ server }) => closeHttpServer(server) },
  );
}

/** tRPC and the pages, which read the streams through this process. */
export async function startWeb({ config, parts, log }: Composition, http: Http): Promise<void> {
  const upkeepFailed = (err: unknown) => log.error({ err }, 'the upkeep of the accounts failed');
  await parts.start('accounts', () => startUpkeep(getDb(), upkeepFailed), { stop: (stop) => stop() });
  const forgettingFailed = (err: unknown) => log.error({ err }, 'old reports of lines could not be deleted');
  await parts.start('wire reports', () => startWireUpkeep(getDb(), forgettingFailed), {
    stop: (stop) => stop(),
  });
  await parts.start(
    'trpc',
    () => {
      http.routes.mount(TRPC_PATH, compressed(trpcHandler()));
      const lines = createTrpcLines(config);
      http.upgrades.serve(TRPC_PATH, lines.upgrade);
      return lines;
    },
    {
      async stop(lines) {
        await closeStreams();
        await lines.close();
      },
    },
  );
  await parts.start(
    'pages',
    async (): Promise<Pages> => {
      const pages = await startPages({
        isDevelopment: config.NODE_ENV === 'development',
        host: config.HOST,
        port: config.PORT,
      });
      http.routes.mount('/', compressed(fairLogIns(renewing(withNonce(config, onlyRead(pages.handle))))));
      // In development there is no build whose files could be kept for ever.
      if (config.NODE_ENV === 'development') http.upgrades.serve(HOT_RELOAD_PATH, pages.upgrade);
      else http.routes.mount(ASSETS_PATH, assetsHandler(pages.handle));
      return pages;
    },
    { stop: (pages) => pages.close(), health: () => ({ status: 'ok' }) },
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** `/metrics` on loopback, whatever HOST is; with what the workers count. */
export async function startAdmin(
  { config, parts, log }: Composition,
  workers?: Pick<RunningWorkers, 'metrics'> | undefined,
): Promise<void> {
  await parts.start(
    'admin',
    async () => {
      const server = createMetricsServer(workers && (() => workers.metrics()));
      const port = await listen(server, config.ADMIN_PORT, '127.0.0.1').catch((error: unknown) => {
        // Nobody asked for this port: a second arcade on this machine should not fail for it.
        if (config.isAdminPortChosen || !isTaken(error)) throw error;
        log.warn({ port: config.ADMIN_PORT }, 'the default ADMIN_PORT is taken; metrics are on another port');
        return listen(server, 0, '127.0.0.1');
      });
      log.info({ port }, 'metrics on loopback');
      return server;
    },
    { stop: closeHttpServer },
  );
}

/**
 * Opens the door, last of all.
 * @returns the address for a browser on this machine
 */
export async function listenHttp({ config, parts }: Composition, { server }: Http): Promise<string> {
  const port = await parts.start('listening', () => listen(server, config.PORT, config.HOST), {
    // Those connections that live are ended part by part.
    stop: () => stopListening(server),
  });
  return localAddress(config.HOST, port);
}

/** For a service without pages: whatever else is asked for is not here. */
export const nothingElse: Handler = (req) => {
  throw new AppError('NOT_FOUND', `There is nothing at ${req.url}: this service has no pages.`);
};
