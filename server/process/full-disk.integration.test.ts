import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDb } from '../db/client';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../db/embedded/embedded';
import { knownLocation } from '../db/embedded/location';
import { migrate } from '../db/migrate';
import { errorEnvelope } from '../errors';
import { checkDisk } from './disk';

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let folder: string;
let database: EmbeddedDatabase | undefined;

/** A file system of its own, as large as is needed to start. */
function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512m,mode=755', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Somebody's own machine may not let them mount; CI's does, or the test fails. */
function mountOrSkip(skip: (note: string) => never): void {
  if (mount()) return;
  const why = 'this machine lets nobody mount a file system';
  if (process.env.CI !== undefined) throw new Error(why);
  skip(why);
}

/** Takes what is left, to the last block. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(1 << 20);
  for (const size of [block.length, 4_096]) {
    try {
      for (;;) writeSync(file, block, 0, size);
    } catch {
      // Full, for blocks of this size.
    }
  }
  closeSync(file);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcade-full-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await database?.stop();
  database = undefined;
  execFileSync('sh', ['-c', 'umount "$0" 2>/dev/null || true', folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe('HEALTH-4: a full disk', () => {
  it('is told, refuses what would be stored with a reason, and is forgotten when there is room again', async (test) => {
    mountOrSkip(test.skip);
    database = await startEmbeddedDatabase({ dataDir: folder, log, throwaway: true });
    await migrate({ url: database.url });
    const place = knownLocation(folder) ?? '';
    const db = createDb(database.url, 2);
    const register = (name: string) => db.user.create({ data: { username: name, usernameKey: name } });
    try {
      expect(await checkDisk(place)).toEqual({ status: 'ok' });
      fill(join(folder, 'filler'));
      expect(await checkDisk(place)).toEqual({ status: 'down', message: 'the disk is full' });
      const refusal = await (async () => {
        for (let n = 0; n < 500; n += 1) await register(`early_${n}`);
      })().catch((error: unknown) => errorEnvelope(error));
      expect(refusal).toMatchObject({
        status: 503,
        body: {
          code: 'UNAVAILABLE',
          message: expect.stringContaining('disk is full'),
          detail: { reason: 'disk_full' },
        },
      });

      rmSync(join(folder, 'filler'));
      await register('late');
      expect(await checkDisk(place)).toEqual({ status: 'ok' });
    } finally {
      await db.$disconnect();
    }
  });

  it('is told before it is full', async (test) => {
    mountOrSkip(test.skip);
    execFileSync('mount', ['-o', 'remount,size=200m', folder]);
    expect(await checkDisk(folder)).toMatchObject({ status: 'degraded', message: 'the disk is nearly full' });
  });
});
