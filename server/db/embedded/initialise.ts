import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries';
import { type RunAs, run } from './processes';
import { DATABASE_USER } from './running';

export interface InitialiseOptions {
  /** Folder that will hold `data`, `password` and `server.log`; only its owner may enter. */
  readonly place: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs | undefined;
  /** Don't wait for the disk: for tests. */
  readonly throwaway?: boolean;
}

/**
 * Makes a new cluster, all or nothing: it is built beside its place and renamed into it when done,
 * so what a crash leaves behind is never taken for a database. Call it with the data directory locked.
 * @throws with initdb's own words when that fails.
 */
export async function initialise({ place, binaries, runAs, throwaway }: InitialiseOptions): Promise<void> {
  const parent = dirname(place);
  const prefix = `${basename(place)}.init-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const draft = join(parent, `${prefix}${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  await writeFile(join(draft, 'password'), randomBytes(24).toString('base64url'), { mode: 0o600 });
  chmodSync(draft, 0o700);
  if (runAs) {
    for (const path of [draft, join(draft, 'password')]) chownSync(path, runAs.uid, runAs.gid);
  }
  const args = [
    ...['--pgdata', join(draft, 'data'), '--username', DATABASE_USER],
    ...['--pwfile', join(draft, 'password'), '--auth', 'scram-sha-256'],
    // The same order of text on every system, without the system's locales.
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    '--no-instructions',
    ...(throwaway ? ['--no-sync'] : []),
  ];
  const { code, output } = await run(binaries.initdb, args, { runAs, cwd: draft });
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be initialised at ${place}: ${output}`);
  }
  await rename(draft, place);
}

/** @throws when the cluster was made by another major version of PostgreSQL than the one installed. */
export async function checkVersion(
  place: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
): Promise<void> {
  const file = join(place, 'data/PG_VERSION');
  if (!existsSync(file))
    throw new Error(`${place} exists and holds no database. Move it away and start again.`);
  const made = (await readFile(file, 'utf8')).trim();
  const { output } = await run(binaries.pgCtl, ['--version'], { runAs, cwd: place });
  const installed = / (\d+)/.exec(output)?.[1];
  if (installed !== undefined && installed !== made) {
    throw new Error(
      `The database at ${place} was made by PostgreSQL ${made}; this arcade brings ${installed}. ` +
        'Dump it with the arcade that made it and load it into a new one.',
    );
  }
}
