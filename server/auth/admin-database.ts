import type { Config } from '../config';
import { createDb, type Db } from '../db/client';
import { dataDirOwner, lockDataDir } from '../db/embedded/data-lock';
import { startEmbeddedDatabase } from '../db/embedded/embedded';
import { knownLocation } from '../db/embedded/location';
import { runningDatabaseUrl } from '../db/embedded/running';
import { migrate } from '../db/migrate';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Opens the arcade's database for a command: the configured one, the embedded one of a running arcade,
 * or the embedded one started for this command alone.
 * @throws with what to do when there is no arcade yet.
 */
export async function openAdminDatabase(
  config: Pick<Config, 'DATABASE_URL' | 'dataDir'>,
): Promise<{ db: Db; close: () => Promise<void> }> {
  const connect = (url: string) => {
    const db = createDb(url, 1);
    return { db, close: () => db.$disconnect() };
  };
  if (config.DATABASE_URL) return connect(config.DATABASE_URL);
  if (knownLocation(config.dataDir) === undefined)
    throw new Error(
      `There is no arcade in ${config.dataDir} yet. Start it once with \`npm start\`, or set DATA_DIR to its directory.`,
    );
  if (dataDirOwner(config.dataDir) !== undefined) return connect(runningDatabaseUrl(config.dataDir));

  const unlock = lockDataDir(config.dataDir);
  try {
    const database = await startEmbeddedDatabase({ dataDir: config.dataDir, log: quiet });
    try {
      await migrate({ url: database.url });
    } catch (error) {
      await database.stop();
      throw error;
    }
    const { db, close } = connect(database.url);
    return {
      db,
      async close() {
        await close();
        await database.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
