import type { Server } from 'node:http';
import next from 'next';
import type { Handler } from './server';

export interface Pages {
  readonly handle: Handler;
  close(): Promise<void>;
}

/**
 * Next in this process. In development it hangs its own upgrade handler for hot reload on the server.
 * @throws when there is no production build.
 */
export async function startPages(options: {
  readonly isDevelopment: boolean;
  readonly httpServer: Server;
  readonly host: string;
  readonly port: number;
}): Promise<Pages> {
  const app = next({
    dev: options.isDevelopment,
    dir: process.cwd(),
    hostname: options.host,
    port: options.port,
    httpServer: options.httpServer,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => handle(req, res), close: () => app.close() };
}
