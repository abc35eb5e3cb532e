import { vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import type { AccountServices } from '../accounts';
import { AdminNames } from '../admin';
import { AuthLimits } from '../rate-limits';
import { startNextAuthServer } from './next-auth-server';

/** The secret that log-in cookies of these tests are made with. */
export const SECRET = 'a secret of the tests, longer than 32 characters';

export interface LogIns {
  readonly database: TestDatabase;
  readonly services: AccountServices;
  readonly server: Awaited<ReturnType<typeof startNextAuthServer>>;
  close(): Promise<void>;
}

/** Accounts in a database of their own, and next-auth in front of them. */
export async function startLogIns(): Promise<LogIns> {
  vi.stubEnv('AUTH_SECRET', SECRET);
  vi.stubEnv('NEXTAUTH_URL', undefined);
  const database = await createTestDatabase();
  const services = { db: database.db, limits: new AuthLimits(), admins: new AdminNames([]) };
  const server = await startNextAuthServer({ services, secret: SECRET, config: {} });
  return {
    database,
    services,
    server,
    async close() {
      await server.close();
      await database.drop();
      vi.unstubAllEnvs();
    },
  };
}
