import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { findBinaries } from './binaries';
import { checkVersion, initialise } from './initialise';
import { chooseLocation, knownLocation } from './location';
import { clearOrphan, type Installation, recordedPid, startPostmaster, stopPostmaster } from './postmaster';
import { isAlive, worksIn } from './processes';
import { DATABASE, databaseUrl } from './running';
import { chooseUser } from './system-user';

export interface EmbeddedOptions {
  /** Absolute data directory, locked by this process. */
  readonly dataDir: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Extra server settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Don't wait for the disk while initialising: for tests. */
  readonly throwaway?: boolean;
  /** Start the server again when it dies; on unless a test plays an arcade that is dead itself. */
  readonly revive?: boolean;
}

export interface EmbeddedDatabase {
  /** Connection URL of the arcade's database, password included. */
  readonly url: string;
  /** pid of the server now; it changes when the server had to be started again. */
  pid(): number | undefined;
  /** Stops the server; everything committed is on disk. Safe to call more than once. */
  stop(): Promise<void>;
}

const WATCH_INTERVAL_MS = 1_000;

const SETTINGS = {
  // The arcade's pool, a test run and somebody's psql.
  max_connections: '60',
  shared_buffers: '64MB',
  log_min_messages: 'warning',
};

async function ensureDatabase(url: URL): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function prepare(options: EmbeddedOptions): Promise<Installation> {
  const { dataDir, log } = options;
  const tell = (message: string) => log.info(message);
  const runAs = await chooseUser(knownLocation(dataDir) ?? join(dataDir, 'database'));
  const place = chooseLocation(dataDir, runAs, tell);
  const binaries = await findBinaries(runAs, tell);
  if (!existsSync(place)) {
    await initialise({ place, binaries, runAs, ...(options.throwaway ? { throwaway: true } : {}) });
  }
  await checkVersion(place, binaries, runAs);
  return { place, binaries, runAs, settings: { ...SETTINGS, ...options.settings } };
}

/** Starts the server again on its port when it dies under us; the pool reconnects by itself. */
function watch(installation: Installation, port: number, log: EmbeddedOptions['log']): () => Promise<void> {
  let restarting: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    const pid = recordedPid(installation.place);
    if (busy || (pid !== undefined && isAlive(pid))) return;
    busy = true;
    log.error({ pid }, 'the database died; starting it again');
    restarting = clearOrphan(installation)
      .then(() => startPostmaster(installation, port))
      .then(
        () => log.info('the database is back'),
        (error: unknown) => log.error({ err: error }, 'the database did not start again'),
      )
      .finally(() => {
        busy = false;
      });
  }, WATCH_INTERVAL_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await restarting;
  };
}

/**
 * A PostgreSQL of the arcade's own, in its data directory: made when missing, recovered after a
 * crash, watched while it runs.
 * @throws with what to do, when it can't run here.
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const installation = await prepare(options);
  const { place } = installation;
  const found = await clearOrphan(installation);
  if (found !== 'none') options.log.warn({ found }, 'the last arcade did not shut down cleanly; recovering');
  const port = await startPostmaster(installation);
  const url = databaseUrl(place, port);
  try {
    await ensureDatabase(url);
  } catch (error) {
    await stopPostmaster(installation);
    throw error;
  }
  const unwatch = options.revive === false ? async () => {} : watch(installation, port, options.log);
  // A library that ends the process would leave the server behind: at least tell it to stop.
  function onExit(): void {
    const pid = recordedPid(place);
    if (pid !== undefined && worksIn(pid, join(place, 'data'))) process.kill(pid, 'SIGINT');
  }
  process.once('exit', onExit);
  return {
    url: url.href,
    pid: () => recordedPid(place),
    async stop() {
      await unwatch();
      await stopPostmaster(installation);
      process.off('exit', onExit);
    },
  };
}
