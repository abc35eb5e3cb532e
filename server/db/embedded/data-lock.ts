import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from './processes';

const ownerSchema = z.object({ pid: z.number().int().positive(), identity: z.string(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Thrown when another arcade owns the data directory. */
export class DataDirInUseError extends Error {
  readonly pid: number;
  constructor(dataDir: string, pid: number) {
    super(
      `The data directory ${dataDir} is in use by the arcade with pid ${pid}. ` +
        'Stop that one first, or set DATA_DIR to another directory.',
    );
    this.pid = pid;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function readOwner(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Gone, or never complete: a lock is linked into place whole, so this is nobody's.
    return undefined;
  }
}

/** The id alone proves nothing: after a kill -9 it may be another program's by now. */
function isLiving(owner: Owner): boolean {
  return processIdentity(owner.pid) === owner.identity;
}

/** Who owns a data directory now, or undefined when it is free. */
export function dataDirOwner(dataDir: string): number | undefined {
  const owner = readOwner(join(dataDir, 'arcade.lock'));
  return owner && isLiving(owner) ? owner.pid : undefined;
}

/**
 * Takes the data directory for this process; creates it when missing. A lock that a killed process
 * left behind is taken over.
 * @returns a function that gives it back
 * @throws {DataDirInUseError} naming the pid of the living owner
 */
export function lockDataDir(dataDir: string): () => void {
  // Readable by others, because the database's system user must pass through; secrets inside are 0600.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const path = join(dataDir, 'arcade.lock');
  const mine: Owner = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? 'unknown',
    token: randomUUID(),
  };
  const draft = `${path}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, path);
        return () => {
          if (readOwner(path)?.token === mine.token) rmSync(path, { force: true });
        };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      const owner = readOwner(path);
      if (owner && isLiving(owner)) throw new DataDirInUseError(dataDir, owner.pid);
      removeStale(path, `${path}.stale-${mine.token}`, owner);
    }
    throw new Error(`The lock ${path} changes hands too fast. Try again.`);
  } finally {
    unlinkSync(draft);
  }
}

/** Only one of several who saw the same stale lock can rename it; who got a newer one puts it back. */
function removeStale(path: string, aside: string, seen: Owner | undefined): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = readOwner(aside);
  if (taken && taken.token !== seen?.token) linkSync(aside, path);
  unlinkSync(aside);
}
