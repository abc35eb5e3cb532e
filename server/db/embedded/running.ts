import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownLocation } from './location';

/** The embedded database's own name and only account. */
export const DATABASE = 'arcade';
export const DATABASE_USER = 'arcade';

/** Line of postmaster.pid that holds the port, from 0 (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PORT). */
const PORT_LINE = 3;

/**
 * What the client library would otherwise take from the shell (PGSSLMODE, PGOPTIONS, PGCLIENT_ENCODING …): that is meant
 * for somebody's psql. An empty value would count as missing, hence a setting that PostgreSQL has anyway.
 */
const OWN_TERMS = {
  sslmode: 'disable',
  sslnegotiation: 'postgres',
  client_encoding: 'UTF8',
  replication: 'false',
  options: '-c search_path=public',
} as const;

/** Connection URL of a database at `place` that listens on `port`. */
export function databaseUrl(place: string, port: number | string): URL {
  const url = new URL(`postgresql://127.0.0.1:${port}/${DATABASE}`);
  url.username = DATABASE_USER;
  url.password = readFileSync(join(place, 'password'), 'utf8').trim();
  for (const [name, value] of Object.entries(OWN_TERMS)) url.searchParams.set(name, value);
  return url;
}

/**
 * Connection URL of the database that another process of the arcade runs in this data directory.
 * @throws when it is not ready yet
 */
export function runningDatabaseUrl(dataDir: string): string {
  try {
    const place = knownLocation(dataDir) ?? join(dataDir, 'database');
    const port = readFileSync(join(place, 'data/postmaster.pid'), 'utf8').split('\n')[PORT_LINE]?.trim();
    if (port) return databaseUrl(place, port).href;
  } catch {
    // No file yet: said below.
  }
  throw new Error(`The arcade in ${dataDir} is just starting or stopping. Try again in a moment.`);
}
