import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDb, type Db } from './client';
import { startEmbeddedDatabase } from './embedded/embedded';
import { recordedPid } from './embedded/postmaster';
import { isAlive, worksIn } from './embedded/processes';
import { migrate } from './migrate';

/** Set by the test run's global set-up: URL of the server that all test files share. */
export const TEST_SERVER_VARIABLE = 'ARCADE_TEST_POSTGRES';

const TEMPLATE = 'arcade_template';
const PREFIX = 'arcade-test-';
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A test database need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

function onDatabase(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Test runs that were killed could not clean up; the next one does. */
function sweepKilledRuns(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    const pid = recordedPid(join(folder, 'database'));
    if (pid !== undefined && worksIn(pid, join(folder, 'database/data'))) process.kill(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * An empty directory that the database's system user can reach, named after this process so that a
 * killed run is cleaned up by the next.
 */
export function createTestDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export interface TestServer {
  /** URL of its maintenance database */
  readonly url: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL with a migrated template database, in a temporary directory of its own. */
export async function startTestServer(): Promise<TestServer> {
  sweepKilledRuns();
  const dataDir = createTestDataDir();
  const database = await startEmbeddedDatabase({ dataDir, log: silent, settings: FAST, throwaway: true });
  const url = onDatabase(database.url, 'postgres');
  await execute(url, `CREATE DATABASE ${TEMPLATE}`);
  await migrate({ url: onDatabase(url, TEMPLATE) });
  return {
    url,
    async stop() {
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestDatabase {
  readonly db: Db;
  /** Connection URL, for code that opens its own client. */
  readonly url: string;
  /** Closes `db` and deletes the database. */
  drop(): Promise<void>;
}

/** A migrated, empty, real database that belongs to the calling test file alone; `drop()` it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const shared = process.env[TEST_SERVER_VARIABLE];
  const own = shared ? undefined : await startTestServer();
  const server = shared ?? own?.url ?? '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = onDatabase(server, name);
  const db = createDb(url);
  return {
    db,
    url,
    async drop() {
      await db.$disconnect();
      await execute(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await own?.stop();
    },
  };
}
