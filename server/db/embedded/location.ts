import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunAs } from './processes';
import { canReach, SHARED_PLACE } from './system-user';

/** Where the database of this data directory is, if it was made before: inside it, or where its pointer says. */
export function knownLocation(dataDir: string): string | undefined {
  const pointer = join(dataDir, 'database.location');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const inside = join(dataDir, 'database');
  return existsSync(inside) ? inside : undefined;
}

/**
 * Decides where the database lives: in the data directory, unless the user who runs it can't get
 * there. Then it goes to a folder of the system, and a pointer to it stays in the data directory.
 * @throws when an existing database has come out of its user's reach: a new one would look like data loss.
 */
export function chooseLocation(
  dataDir: string,
  runAs: RunAs | undefined,
  tell: (message: string) => void,
): string {
  const known = knownLocation(dataDir);
  if (known !== undefined) {
    if (runAs && existsSync(known) && !canReach(known, runAs)) {
      throw new Error(
        `The database at ${known} belongs to the user ${runAs.name}, who can't reach it. ` +
          `Let others pass: \`chmod o+x\` on each folder above ${known}.`,
      );
    }
    if (known !== join(dataDir, 'database')) tell(`The database of ${dataDir} is at ${known}`);
    return known;
  }
  if (!runAs || canReach(dataDir, runAs)) return join(dataDir, 'database');
  const place = join(SHARED_PLACE, randomUUID(), 'database');
  mkdirSync(join(place, '..'), { recursive: true, mode: 0o755 });
  const pointer = join(dataDir, 'database.location');
  writeFileSync(`${pointer}.new`, `${place}\n`);
  renameSync(`${pointer}.new`, pointer);
  tell(
    `PostgreSQL refuses to run as root and runs as ${runAs.name}, who can't reach ${dataDir}: ` +
      `the database is made at ${place}`,
  );
  return place;
}
