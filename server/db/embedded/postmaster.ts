import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { isAlive, type RunAs, run, worksIn } from './processes';

/** A cluster on disk and what it takes to run it. */
export interface Installation {
  /** Folder that holds `data`, `password` and `server.log`. */
  readonly place: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs | undefined;
  /** Extra settings, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_TIMEOUT_S = 60;
const FAST_STOP_TIMEOUT_S = 15;
const LOG_LIMIT_BYTES = 5 << 20;
/** How often a start is tried again for a reason that passes by itself. */
const MAX_ATTEMPTS = 20;

/** A port that was free a moment ago on loopback. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The pid in postmaster.pid, alive or not. */
export function recordedPid(place: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(place, 'data/postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Clears what a killed arcade left: stops its postmaster if that still runs, and removes a pid file
 * whose pid is gone or belongs to another program by now (pg_ctl would signal that one).
 * @returns what was found, for the log
 */
export async function clearOrphan(
  installation: Installation,
): Promise<'none' | 'stopped a postmaster' | 'stale pid file'> {
  const { place } = installation;
  const pid = recordedPid(place);
  if (pid !== undefined && worksIn(pid, join(place, 'data'))) {
    await stopPostmaster(installation);
    return 'stopped a postmaster';
  }
  if (!existsSync(join(place, 'data/postmaster.pid'))) return 'none';
  rmSync(join(place, 'data/postmaster.pid'));
  return 'stale pid file';
}

/** What the server wrote to its log since `offset`; it names the cause of a failed start. */
function logSince(place: string, offset: number): string {
  try {
    return readFileSync(join(place, 'server.log')).subarray(offset).toString('utf8').trim();
  } catch {
    return '';
  }
}

function rotateLog(place: string): number {
  const path = join(place, 'server.log');
  if (!existsSync(path)) return 0;
  const { size } = statSync(path);
  if (size <= LOG_LIMIT_BYTES) return size;
  renameSync(path, `${path}.1`);
  return 0;
}

/**
 * Starts the server on loopback, on `port` or on a free one, and waits until it takes connections
 * (after a crash: until recovery is done). It is a process group of its own.
 * @returns the port
 * @throws with the end of the server's log when it does not start.
 */
export async function startPostmaster(installation: Installation, port?: number): Promise<number> {
  const { place, binaries, runAs, settings = {} } = installation;
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort());
    const offset = rotateLog(place);
    const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', ...settings };
    const options = Object.entries(all).map(([key, value]) => `-c ${key}='${value}'`);
    const { code, output } = await run(
      binaries.pgCtl,
      [
        ...['start', '-w', '-t', String(START_TIMEOUT_S), '-D', join(place, 'data')],
        ...['-l', join(place, 'server.log'), '-o', `-p ${chosen} ${options.join(' ')}`],
      ],
      { runAs, cwd: place },
    );
    if (code === 0) return chosen;
    const log = logSince(place, offset);
    // Another program took the port; or backends of a killed postmaster are still on their way out.
    const passing = /Address already in use|shared memory block .* is still in use|could not bind/.test(log);
    if (!passing || attempt >= MAX_ATTEMPTS) {
      throw new Error(`PostgreSQL does not start at ${place}: ${log || output}`);
    }
    await delay(250);
  }
}

/** Stops the server: its clients are cut off, everything committed is on disk. Harder when it does not listen. */
export async function stopPostmaster({ place, binaries, runAs }: Installation): Promise<void> {
  const pid = recordedPid(place);
  if (pid === undefined || !isAlive(pid)) return;
  for (const [mode, seconds] of [
    ['fast', FAST_STOP_TIMEOUT_S],
    ['immediate', 5],
  ] as const) {
    const args = ['stop', '-w', '-m', mode, '-t', String(seconds), '-D', join(place, 'data')];
    const { code } = await run(binaries.pgCtl, args, { runAs, cwd: place });
    if (code === 0 || !isAlive(pid)) return;
  }
  if (worksIn(pid, join(place, 'data'))) process.kill(pid, 'SIGKILL');
}
