import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { processConfig } from '../config';
import { roomLogger } from '../logger';
import { singleton } from '../singleton';
import { PrismaClient } from './generated/client';
import { rememberPool } from './read';

/** The typed database client every room takes. */
export type Db = PrismaClient;

/** Where the process's one client is kept: the pages hold another instance of this module. */
const shared = singleton<{ client: Db | undefined }>('db', () => ({ client: undefined }));

/**
 * A client with a connection pool of its own. Most code wants `getDb()`.
 * @param url PostgreSQL connection URL
 * @param maxConnections upper bound of the pool; a query waits up to 10 s for a free connection
 */
export function createDb(url: string, maxConnections = 10): Db {
  const log = roomLogger('db');
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'arcade-clash',
  });
  // Only the words: the error carries the whole connection with it.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'an idle database connection broke'));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onConnectionError: ({ message }) => log.warn({ reason: message }, 'a database connection broke'),
  });
  const db = new PrismaClient({ adapter });
  rememberPool(db, pool);
  return db;
}

/**
 * Opens the process's database. The composition root calls it once, with the address it resolved.
 * @param url PostgreSQL connection URL
 */
export function openDb(url: string): Db {
  if (shared.client) throw new Error('The database of this process is open already.');
  shared.client = createDb(url);
  return shared.client;
}

/**
 * The process's database. Where no composition root opened it (pages served by a host of their own)
 * `DATABASE_URL` says where it is.
 * @throws when neither is the case.
 */
export function getDb(): Db {
  if (shared.client) return shared.client;
  const { DATABASE_URL: url } = processConfig();
  if (url === undefined)
    throw new Error('No database is open: start the arcade with `npm start`, or set DATABASE_URL.');
  return openDb(url);
}

/** Closes the process's database after its running queries; later calls of `getDb()` open it again. */
export async function closeDb(): Promise<void> {
  const { client } = shared;
  shared.client = undefined;
  await client?.$disconnect();
}
