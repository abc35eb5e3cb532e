import next from 'next';
import type { Handler } from './router';
import { sideServer, type UpgradeHandler } from './upgrades';

export interface Pages {
  readonly handle: Handler;
  /** Hot reload's upgrades, in development. */
  readonly upgrade: UpgradeHandler;
  close(): Promise<void>;
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
