import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { vi } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { channels } from '../../upstream/channels';
import { createContext } from '../create-context';
import { appRouter } from '../root';

/** The secret that log-in cookies of these tests are made with. */
export const SECRET = 'a secret of the tests, longer than 32 characters';

export interface TrpcServer {
  readonly origin: string;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** Every procedure over HTTP on a free port, with a database of its own. */
export async function startTrpcServer(): Promise<TrpcServer> {
  vi.stubEnv('AUTH_SECRET', SECRET);
  const database = await createTestDatabase();
  openDb(database.url);
  const server = createServer(
    createHTTPHandler({ router: appRouter, createContext, basePath: '/api/trpc/' }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    database,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      channels().close();
      await closeDb();
      await database.drop();
      vi.unstubAllEnvs();
    },
  };
}
