import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDb } from '../client';
import { migrate } from '../migrate';
import { createTestDataDir } from '../testing';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded';
import { runningDatabaseUrl } from './running';

/** What somebody's shell may hold for their own psql, as PostgreSQL's and node-postgres' documents name it. */
const SHELL = {
  PGHOST: 'db.elsewhere.example',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGUSER: 'somebody',
  PGPASSWORD: 'else',
  PGPASSFILE: '/nowhere/pgpass',
  PGDATABASE: 'other',
  PGDATA: '/nowhere/data',
  PGSERVICE: 'elsewhere',
  PGSERVICEFILE: '/nowhere/service',
  PGOPTIONS: '-c default_transaction_read_only=on',
  PGAPPNAME: 'psql',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGSSLROOTCERT: '/nowhere/root.crt',
  PGCLIENTENCODING: 'SQL_ASCII',
  PGCLIENT_ENCODING: 'SQL_ASCII',
  PGREPLICATION: 'database',
  PGCONNECT_TIMEOUT: '1',
  PGTZ: 'Asia/Seoul',
  PGDATESTYLE: 'German',
} as const;

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let dataDir: string;
let running: EmbeddedDatabase | undefined;

beforeEach(() => {
  dataDir = createTestDataDir();
  for (const [name, value] of Object.entries(SHELL)) vi.stubEnv(name, value);
});
afterEach(async () => {
  await running?.stop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('PROC-4: the embedded database', () => {
  it('is made, migrated, written and found again whatever the PG variables of the shell say', async () => {
    running = await startEmbeddedDatabase({ dataDir, log, throwaway: true });
    await migrate({ url: running.url });
    expect(runningDatabaseUrl(dataDir)).toBe(running.url);
    const db = createDb(running.url, 1);
    try {
      await db.$executeRaw`CREATE TABLE written (at timestamptz, word text)`;
      await db.$executeRaw`INSERT INTO written VALUES ('2026-02-03T04:05:06Z', '격투')`;
      expect(await db.$queryRaw`SELECT at, word FROM written`).toEqual([
        { at: new Date('2026-02-03T04:05:06Z'), word: '격투' },
      ]);
      expect(
        await db.$queryRaw`SELECT current_setting('application_name') AS name, current_setting('client_encoding') AS encoding`,
      ).toEqual([{ name: 'arcade-clash', encoding: 'UTF8' }]);
    } finally {
      await db.$disconnect();
    }
  });
});
