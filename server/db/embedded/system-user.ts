import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type RunAs, run } from './processes';

/** Where things go that a system user must reach when the project itself is out of its reach. */
export const SHARED_PLACE = '/var/lib/arcade-clash';

const OWN_USER = 'arcade-clash';

/** The accounts in passwd(5) form; users from directories elsewhere are none of ours. */
export function findUser(
  matches: (user: RunAs) => boolean,
  passwd = readFileSync('/etc/passwd', 'utf8'),
): RunAs | undefined {
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (!name || uid === undefined || gid === undefined) continue;
    const user = { name, uid: Number(uid), gid: Number(gid) };
    if (matches(user)) return user;
  }
  return undefined;
}

/** Debian and most others have useradd, Alpine has BusyBox's adduser. */
async function createUser(): Promise<RunAs> {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', OWN_USER]],
  ];
  const failures: string[] = [];
  for (const [program, args] of attempts) {
    const result = await run(program, args, { cwd: '/' }).catch((error: unknown) => ({
      code: 1,
      output: String(error),
    }));
    const user = findUser(({ name }) => name === OWN_USER);
    if (user) return user;
    failures.push(`${program}: ${result.output}`);
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and no system user could be made for it. Run the arcade as another ' +
      `user, or create one named ${OWN_USER}.\n${failures.join('\n')}`,
  );
}

/**
 * Who must run PostgreSQL, which refuses root: the owner of the data it finds, else the system's
 * `postgres`, else a user made for it.
 * @param cluster the folder of the database; may not exist yet
 * @returns undefined when we are not root and may run it ourselves
 */
export async function chooseUser(cluster: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(cluster)) {
    const { uid } = statSync(cluster);
    const owner = uid === 0 ? undefined : findUser((user) => user.uid === uid);
    if (owner) return owner;
  }
  for (const wanted of [OWN_USER, 'postgres']) {
    const user = findUser(({ name }) => name === wanted);
    if (user) return user;
  }
  return createUser();
}

/** May the user enter this folder and every one above it? Folders that don't exist yet will be ours to open. */
export function canReach(path: string, user: Pick<RunAs, 'uid' | 'gid'>): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (dirname(folder) === folder) return true;
  }
}
