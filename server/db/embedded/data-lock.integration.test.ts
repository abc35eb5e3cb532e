import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirInUseError, dataDirOwner, lockDataDir } from './data-lock';
import { processIdentity } from './processes';

let dataDir: string;
const lockFile = () => join(dataDir, 'arcade.lock');
const leave = (pid: number, identity: string) =>
  writeFileSync(lockFile(), JSON.stringify({ pid, identity, token: 'left-behind' }));

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'arcade-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function killedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('not started');
  return child.pid;
}

describe('the lock of a data directory', () => {
  it('PROC-1: refuses a second owner and names the pid of the first', () => {
    const release = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(DataDirInUseError);
    expect(() => lockDataDir(dataDir)).toThrow(new RegExp(`pid ${process.pid}\\b`));
    expect(dataDirOwner(dataDir)).toBe(process.pid);
    release();
    expect(dataDirOwner(dataDir)).toBeUndefined();
    lockDataDir(dataDir)();
  });

  it('is taken over from an owner that was killed', async () => {
    leave(await killedPid(), 'whatever');
    const release = lockDataDir(dataDir);
    expect(readFileSync(lockFile(), 'utf8')).toContain(`"pid":${process.pid}`);
    release();
    expect(existsSync(lockFile())).toBe(false);
  });

  it('is taken over when the owner’s pid belongs to another program by now', () => {
    leave(process.pid, 'an earlier process with our pid');
    lockDataDir(dataDir)();
  });

  it('holds while the owner lives', () => {
    leave(process.ppid, processIdentity(process.ppid) ?? '');
    expect(() => lockDataDir(dataDir)).toThrow(new RegExp(`pid ${process.ppid}\\b`));
  });

  it('is nobody’s when its file is junk', () => {
    writeFileSync(lockFile(), 'half a li');
    lockDataDir(dataDir)();
  });

  it('leaves nothing but the lock in the directory', () => {
    leave(process.pid, 'stale');
    const release = lockDataDir(dataDir);
    expect(readdirSync(dataDir)).toEqual(['arcade.lock']);
    release();
    expect(readdirSync(dataDir)).toEqual([]);
  });
});
