import { LoginNews } from '../auth/login-news';
import { publishAuthSecret } from '../auth/secrets';
import { closeDb, createDb, type Db, openDb } from '../db/client';
import { dataDirOwner, lockDataDir } from '../db/embedded/data-lock';
import { startEmbeddedDatabase } from '../db/embedded/embedded';
import { knownLocation } from '../db/embedded/location';
import { runningDatabaseUrl } from '../db/embedded/running';
import { migrate } from '../db/migrate';
import type { PartHealth } from '../health';
import { checkDisk } from './disk';
import type { Composition } from './run';
import { loadSecrets, type Secrets } from './secrets';

async function checkDatabase(db: Db, mode: string): Promise<PartHealth> {
  const began = performance.now();
  await db.$queryRaw`SELECT 1`;
  return { status: 'ok', mode, latencyMs: Math.round((performance.now() - began) * 10) / 10 };
}

/** A service may join an arcade that runs on the same data directory; the whole arcade may not. */
async function findDatabase(composition: Composition, mayJoin: boolean): Promise<[string, Secrets]> {
  const { config, parts, log } = composition;
  const { dataDir } = config;
  if (config.DATABASE_URL !== undefined) return [config.DATABASE_URL, loadSecrets(config)];
  const owner = mayJoin ? dataDirOwner(dataDir) : undefined;
  if (owner !== undefined) {
    log.info({ dataDir, owner }, 'joining the arcade that runs on this data directory');
    return [runningDatabaseUrl(dataDir), loadSecrets(config)];
  }
  await parts.start('data directory', () => lockDataDir(dataDir), { stop: (unlock) => unlock() });
  const secrets = loadSecrets(config);
  const server = await parts.start('database server', () => startEmbeddedDatabase({ dataDir, log }), {
    stop: (database) => database.stop(),
    stopTimeoutMs: 25_000,
  });
  await parts.start('disk', () => knownLocation(dataDir) ?? dataDir, { health: checkDisk });
  return [server.url, secrets];
}

/** Says which database doesn't answer, without its password; other errors stay as they are. */
function unreachable(url: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET'].includes(code)) return error;
  const { host, pathname } = new URL(url);
  return new Error(
    `The database ${host}${pathname} does not answer (${code}). Is it running, and is DATABASE_URL right?`,
    { cause: error },
  );
}

/**
 * The parts below everything else: the data directory, the secrets, the database server when it is
 * ours, the schema, and the pool of connections.
 * @param mayJoin for a single service: when another process runs the embedded database, use that one
 * @throws when the data directory is another arcade's, a secret is missing, or the database doesn't answer.
 */
export async function openDatabase(
  composition: Composition,
  { mayJoin = false } = {},
): Promise<{ db: Db; secrets: Secrets }> {
  const { config, parts, log } = composition;
  const [url, secrets] = await findDatabase(composition, mayJoin);
  publishAuthSecret(secrets.authSecret);
  await parts.start('migrations', async () => {
    const { applied, edited, unknown } = await migrate({ url }).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    if (applied.length > 0) log.info({ applied }, 'migrations applied');
    if (edited.length > 0) log.warn({ edited }, 'these migrations were edited after they were applied');
    if (unknown.length > 0) log.warn({ unknown }, 'the database has migrations that this version lacks');
  });
  const mode = config.embedded ? 'embedded' : 'external';
  const db = await parts.start('database pool', () => openDb(url), { stop: closeDb });
  await parts.start('log-in news', () => new LoginNews(url), { stop: (news) => news.close() });
  // With a connection of its own: it asks whether the database answers, not how many wait for the pool.
  await parts.start('database', () => createDb(url, 1), {
    stop: (probe) => probe.$disconnect(),
    health: (probe) => checkDatabase(probe, mode),
  });
  return { db, secrets };
}
