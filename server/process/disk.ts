import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartHealth } from '../health';

const PROBE = Buffer.alloc(64 * 1024);
/** PostgreSQL stops when it can't make its next WAL segment (16 MB); beyond this an operator should look. */
const LOW_BYTES = 256 * 1024 * 1024;

/** What a file system says when it takes nothing more: full, over quota, read-only, broken. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EIO: 'the disk fails',
};

async function write(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(PROBE);
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/**
 * Whether the disk below a folder still takes what is written: a few blocks are, and removed again.
 * @throws what is none of the usual reasons
 */
export async function checkDisk(folder: string): Promise<PartHealth> {
  try {
    await write(join(folder, `.disk-probe-${process.pid}`));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = REASONS[code];
    if (message === undefined) throw error;
    return { status: 'down', message };
  }
  const { bavail, bsize } = await statfs(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 2 ** 20);
  return bavail * bsize < LOW_BYTES
    ? { status: 'degraded', message: 'the disk is nearly full', freeMegabytes }
    : { status: 'ok' };
}
