import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDataDir } from '../testing';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded';
import { isAlive } from './processes';

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let dataDir: string;
let running: EmbeddedDatabase | undefined;

async function start(revive = false): Promise<EmbeddedDatabase> {
  running = await startEmbeddedDatabase({ dataDir, log, throwaway: true, revive });
  return running;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // A server that is killed under us is the point of these tests.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const fill = (url: string) => query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
const kept = (url: string) => query(url, 'SELECT answer FROM kept');
const pidFile = () => join(dataDir, 'database/data/postmaster.pid');

beforeEach(() => {
  dataDir = createTestDataDir();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('keeps its data over a clean stop and start', async () => {
    const first = await start();
    await fill(first.url);
    await first.stop();
    expect(existsSync(pidFile())).toBe(false);
    expect(await kept((await start()).url)).toEqual([{ answer: 42 }]);
  });

  it('listens on loopback only, wants the password, and keeps it from other users', async () => {
    const { url } = await start();
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(dataDir, 'database/password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'database')).mode & 0o777).toBe(0o700);
  });

  it('takes over from an arcade that was killed while its postmaster lives on', async () => {
    const first = await start();
    await fill(first.url);
    const orphan = first.pid();
    // No stop: this is what kill -9 of the arcade leaves behind.
    const second = await start();
    expect(await kept(second.url)).toEqual([{ answer: 42 }]);
    expect(orphan !== undefined && isAlive(orphan)).toBe(false);
    expect(second.pid()).not.toBe(orphan);
  });

  it('recovers committed rows after kill -9 of the postmaster', async () => {
    const first = await start();
    await fill(first.url);
    const pid = first.pid();
    if (pid === undefined) throw new Error('no postmaster');
    process.kill(pid, 'SIGKILL');
    expect(await kept((await start()).url)).toEqual([{ answer: 42 }]);
  });

  it('starts its server again, at the same address, when it dies under a running arcade', async () => {
    const database = await start(true);
    await fill(database.url);
    const pid = database.pid();
    if (pid === undefined) throw new Error('no postmaster');
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await kept(database.url)).toEqual([{ answer: 42 }]), 20_000);
    expect(database.pid()).not.toBe(pid);
  });

  it('does not touch another program whose pid a stale pid file names', async () => {
    const first = await start();
    await fill(first.url);
    const content = readFileSync(pidFile(), 'utf8').split('\n');
    await first.stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => bystander.once('exit', resolve));
    try {
      writeFileSync(pidFile(), [String(bystander.pid), ...content.slice(1)].join('\n'));
      expect(await kept((await start()).url)).toEqual([{ answer: 42 }]);
      expect(bystander.exitCode).toBeNull();
      expect(bystander.signalCode).toBeNull();
    } finally {
      bystander.kill('SIGKILL');
      await ended;
    }
  });

  it('starts afresh after an initialisation that was killed half-way', async () => {
    mkdirSync(join(dataDir, 'database.init-1/data'), { recursive: true });
    writeFileSync(join(dataDir, 'database.init-1/data/PG_VERSION'), '18\n');
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).filter((name) => name.includes('.init-'))).toEqual([]);
  });

  it('refuses a database of another major version and says so', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'database/data/PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 15; this arcade brings \d+/);
  });
});
