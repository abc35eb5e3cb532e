import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';
const FOLDER = new URL('../../../python/', import.meta.url).pathname;

/** As `scripts/lib/python.mjs`: where they are missing these tests are left out, aloud. */
export const hasPython =
  spawnSync(PYTHON, ['-c', 'import grpc, google.protobuf']).status === 0 &&
  spawnSync('grpc_python_plugin', [], { input: '' }).error === undefined &&
  existsSync('/usr/include/google/protobuf/timestamp.proto');

/** Seats and payments in Python, in a process of their own. */
export interface PythonTickets {
  /** `host:port` */
  readonly address: string;
  close(): Promise<void>;
}

/** @param args of `python/tickets_service.py` */
export async function startPythonTickets(args: readonly string[]): Promise<PythonTickets> {
  // In a folder of its own: other tests write python/gen while this service reads it.
  const folder = mkdtempSync(join(tmpdir(), 'arcade-python-'));
  for (const name of ['service', 'reservations', 'payments', 'words', 'store'].map(
    (part) => `tickets_${part}.py`,
  ))
    copyFileSync(join(FOLDER, name), join(folder, name));
  execFileSync('sh', ['generate.sh', join(folder, 'gen')], { cwd: FOLDER, stdio: 'inherit' });
  const child: ChildProcess = spawn(PYTHON, ['tickets_service.py', '--port', '0', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('the service has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listening on (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    return {
      address,
      async close() {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  throw new Error('the Python service did not start');
}
