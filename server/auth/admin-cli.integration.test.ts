import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb } from '../db/client';
import { lockDataDir } from '../db/embedded/data-lock';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../db/embedded/embedded';
import { migrate } from '../db/migrate';
import { createTestDataDir } from '../db/testing';
import { usernameKey } from './usernames';

const run = promisify(execFile);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const dataDir = createTestDataDir();

/** The command as an operator runs it, in a process of its own. */
async function admin(...args: string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  const command = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'server/auth/admin-cli.ts', ...args];
  return run(process.execPath, command, { env }).then(
    ({ stdout }) => ({ code: 0, output: stdout.trim() }),
    (error: { code: number; stderr: string }) => ({ code: error.code, output: error.stderr.trim() }),
  );
}

describe('npm run admin', { timeout: 120_000 }, () => {
  let database: EmbeddedDatabase;
  let unlock: () => void;
  const username = `Boss_${randomUUID().slice(0, 6)}`;

  beforeAll(async () => {
    expect(await admin('list')).toMatchObject({ code: 1, output: expect.stringContaining('no arcade') });
    unlock = lockDataDir(dataDir);
    database = await startEmbeddedDatabase({ dataDir, log: silent, throwaway: true });
    await migrate({ url: database.url });
    const db = createDb(database.url, 1);
    await db.user.create({ data: { username, usernameKey: usernameKey(username) } });
    await db.user.create({ data: { username: 'Guest-ABCDE', usernameKey: 'guest-abcde', isGuest: true } });
    await db.$disconnect();
  });
  afterAll(async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('grants and revokes, while the arcade runs and while it is stopped', async () => {
    expect(await admin('grant', username.toUpperCase())).toMatchObject({ code: 0 });
    expect(await admin('list')).toMatchObject({ code: 0, output: expect.stringContaining(username) });
    await database.stop();
    unlock();
    expect(await admin('list')).toMatchObject({ code: 0, output: expect.stringContaining(username) });
    expect(await admin('revoke', username)).toMatchObject({ code: 0 });
    expect(await admin('list')).toEqual({ code: 0, output: 'There are no admins yet.' });
    // Each command stopped what it started: the next one could take the data directory.
  });

  it('says why not', async () => {
    expect(await admin('grant', 'nobody_here')).toMatchObject({
      code: 1,
      output: expect.stringContaining('no player'),
    });
    expect(await admin('grant', 'guest-abcde')).toMatchObject({
      code: 1,
      output: expect.stringContaining('guest'),
    });
    for (const args of [[], ['grant'], ['grant', 'a', 'b'], ['list', 'x'], ['destroy']])
      expect(await admin(...args)).toMatchObject({ code: 2, output: expect.stringContaining('Usage') });
  });
});
