import { closeDb, type Db, openDb } from '../db/client';
import { lockDataDir } from '../db/embedded/data-lock';
import { startEmbeddedDatabase } from '../db/embedded/embedded';
import { migrate } from '../db/migrate';
import type { PartHealth } from './parts';
import type { Composition } from './run';
import { loadSecrets, publishSecrets, type Secrets } from './secrets';

async function checkDatabase(db: Db, mode: string): Promise<PartHealth> {
  const began = performance.now();
  await db.$queryRaw`SELECT 1`;
  return { status: 'ok', mode, latencyMs: Math.round((performance.now() - began) * 10) / 10 };
}

/**
 * The parts below everything else: the data directory, the secrets, the database server when it is
 * ours, the schema, and the pool of connections.
 * @throws when the data directory is another arcade's, a secret is missing, or the database doesn't answer.
 */
export async function openDatabase({
  config,
  parts,
  log,
}: Composition): Promise<{ db: Db; secrets: Secrets }> {
  if (config.embedded) {
    await parts.start('data directory', () => lockDataDir(config.dataDir), { stop: (unlock) => unlock() });
  }
  const secrets = loadSecrets(config);
  publishSecrets(secrets);

  let url = config.DATABASE_URL;
  if (url === undefined) {
    const server = await parts.start(
      'database server',
      () => startEmbeddedDatabase({ dataDir: config.dataDir, log }),
      { stop: (database) => database.stop(), stopTimeoutMs: 25_000 },
    );
    url = server.url;
  }
  const address = url;
  await parts.start('migrations', async () => {
    const { applied, edited, unknown } = await migrate({ url: address });
    if (applied.length > 0) log.info({ applied }, 'migrations applied');
    if (edited.length > 0) log.warn({ edited }, 'these migrations were edited after they were applied');
    if (unknown.length > 0) log.warn({ unknown }, 'the database has migrations that this version lacks');
  });
  const mode = config.embedded ? 'embedded' : 'external';
  const db = await parts.start('database', () => openDb(address), {
    stop: closeDb,
    health: (client) => checkDatabase(client, mode),
  });
  return { db, secrets };
}
