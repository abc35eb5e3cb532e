import type { IncomingMessage } from 'node:http';
import next from 'next';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { AppError } from '../errors';
import type { Handler } from './router';
import { requestPath } from './server';
import { sideServer, type UpgradeHandler } from './upgrades';

export interface Pages {
  readonly handle: Handler;
  /** Hot reload's upgrades, in development. */
  readonly upgrade: UpgradeHandler;
  close(): Promise<void>;
}

/** @throws {AppError} BAD_REQUEST for a header of the router's that Next would answer with a 500 */
function checkRouterState({ headers }: IncomingMessage): void {
  const state = headers['next-router-state-tree'];
  try {
    parseAndValidateFlightRouterState(state);
  } catch {
    throw new AppError('BAD_REQUEST', 'The header Next-Router-State-Tree holds no state of our pages.');
  }
}

/**
 * Looks at requests before Next does. Pages are read, and nothing of them takes a form or an action: Next answers what
 * looks like one with a 500.
 */
export function onlyRead(pages: Handler): Handler {
  return (req, res, params) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    if (!isRead && !requestPath(req).startsWith('/api/')) {
      res.setHeader('allow', 'GET, HEAD');
      throw new AppError('METHOD_NOT_ALLOWED', 'A page is read with GET.');
    }
    checkRouterState(req);
    return pages(req, res, params);
  };
}

/** Where hot reload has its socket, in development. */
export const HOT_RELOAD_PATH = '/_next/hmr';

/**
 * Next in this process.
 * @throws when there is no production build.
 */
export async function startPages(options: {
  readonly isDevelopment: boolean;
  readonly host: string;
  readonly port: number;
}): Promise<Pages> {
  const side = sideServer();
  const app = next({
    dev: options.isDevelopment,
    dir: process.cwd(),
    hostname: options.host,
    port: options.port,
    httpServer: side.server,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => handle(req, res), upgrade: side.upgrade, close: () => app.close() };
}
