import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';
import { createDb, type Db } from '../db/client';
import { dataDirOwner, lockDataDir } from '../db/embedded/data-lock';
import { startEmbeddedDatabase } from '../db/embedded/embedded';
import { DATABASE_USER } from '../db/embedded/initialise';
import { knownLocation } from '../db/embedded/location';
import { migrate } from '../db/migrate';

/** Line of postmaster.pid that holds the port, from 0 (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PORT). */
const PORT_LINE = 3;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The address of the database that a running arcade started, from what it keeps beside its data. */
function runningDatabaseUrl(place: string): string {
  const port = readFileSync(join(place, 'data/postmaster.pid'), 'utf8').split('\n')[PORT_LINE]?.trim();
  if (!port) throw new Error('The arcade is just starting. Try again in a moment.');
  const url = new URL(`postgresql://127.0.0.1:${port}/arcade`);
  url.username = DATABASE_USER;
  url.password = readFileSync(join(place, 'password'), 'utf8').trim();
  return url.href;
}

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
  const place = knownLocation(config.dataDir);
  if (place === undefined)
    throw new Error(
      `There is no arcade in ${config.dataDir} yet. Start it once with \`npm start\`, or set DATA_DIR to its directory.`,
    );
  if (dataDirOwner(config.dataDir) !== undefined) return connect(runningDatabaseUrl(place));

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
