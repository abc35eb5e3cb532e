import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { childEnvironment } from '../../environment';

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fields of /proc/<pid>/stat from the state on; undefined where there is no such file. */
function procStat(pid: number): string[] | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  // proc(5): the name in parentheses before them may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/**
 * True when a process of that id runs, whoever owns it. A zombie does not: where pid 1 reaps no
 * orphans, as in many containers, a dead postmaster stays one for good.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const state = procStat(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

function ps(pid: number, column: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    const out = execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return out.trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tells two processes apart that had the same id one after the other, also across a reboot.
 * @returns undefined when there is no such process; 'unknown' where the system doesn't say.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  const stat = procStat(pid);
  if (stat) {
    // The start time is field 22, the 20th from the state on.
    return `${readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${stat[19] ?? ''}`;
  }
  return ps(pid, 'lstart') ?? 'unknown';
}

/** True when the process works inside that folder, as a postmaster does inside its data directory. */
export function worksIn(pid: number, folder: string): boolean {
  if (processIdentity(pid) === undefined) return false;
  try {
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return ps(pid, 'command')?.includes(folder) ?? false;
  }
}

/** The system user that a child runs as. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** How a program that ran to its end did so. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a program to its end, in a process group of its own so that Ctrl-C in our terminal spares it.
 * @throws only when the program can't be started at all.
 */
export function run(
  file: string,
  args: readonly string[],
  { runAs, cwd }: { runAs?: RunAs | undefined; cwd: string },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(),
      ...(runAs ? { uid: runAs.uid, gid: runAs.gid } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    // 'exit', not 'close': a server that the program started may hold the pipes open.
    child.once('exit', (code, signal) => {
      resolve({ code: code ?? 1, output: `${output.trim()}${signal ? ` (${signal})` : ''}` });
      child.stdout.destroy();
      child.stderr.destroy();
    });
  });
}
