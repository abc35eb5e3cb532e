import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';

/** The lock `prisma migrate deploy` takes as well, so that the two never run at once. */
const ADVISORY_LOCK = 72707369;
const LOCK_TIMEOUT_MS = 60_000;

/** Prisma's own table, column for column. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export interface MigrateOptions {
  /** PostgreSQL connection URL */
  readonly url: string;
  /** Folder of `<timestamp>_<name>/migration.sql`; the project's own by default. */
  readonly folder?: string;
}

export interface MigrateReport {
  /** Names of the migrations that were applied now, in order. */
  readonly applied: readonly string[];
  /** Applied earlier, but their file has changed since or is gone: worth a warning. */
  readonly edited: readonly string[];
  readonly unknown: readonly string[];
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly logs: string | null;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readApplied(client: Client): Promise<Map<string, AppliedRow>> {
  await client.query(CREATE_TABLE);
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed) {
    throw new Error(
      `Migration ${failed.migration_name} was started and never finished${failed.logs ? ` (${failed.logs})` : ''}. ` +
        'Put the database right, then run `npx prisma migrate resolve --rolled-back ' +
        `${failed.migration_name}\` (or --applied) and start again.`,
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row]));
}

/** The migration and its row are one transaction: a crash in between leaves neither. */
async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
      id,
      checksum,
      name,
    ]);
    await client.query(sql);
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
      [id],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${name} failed and was rolled back: ${reason}`, { cause: error });
  }
}

/**
 * Brings the database to the newest migration, each in order and once, also when several processes
 * start together. Writes the rows that `prisma migrate deploy` would, so either may follow the other.
 * @throws when a migration fails (named; rolled back), or one is on record as begun and not finished.
 */
export async function migrate({
  url,
  folder = resolve('prisma/migrations'),
}: MigrateOptions): Promise<MigrateReport> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: url, application_name: 'arcade-clash migrate' });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const done = await readApplied(client);
    const pending = migrations.filter(({ name }) => !done.has(name));
    for (const migration of pending) await apply(client, migration);
    const known = new Set(migrations.map(({ name }) => name));
    return {
      applied: pending.map(({ name }) => name),
      edited: migrations
        .filter(({ name, checksum }) => (done.get(name)?.checksum ?? checksum) !== checksum)
        .map(({ name }) => name),
      unknown: [...done.keys()].filter((name) => !known.has(name)),
    };
  } finally {
    // Closing the session releases the lock.
    await client.end();
  }
}
