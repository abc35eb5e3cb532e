import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';

/** Python's grpcio is not the arcade's to install; where it is missing there is nothing to test. */
export const hasGrpcio = spawnSync(PYTHON, ['-c', 'import grpc']).status === 0;

export interface PythonService {
  readonly address: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `silent_trainer.py`; resolves when it listens. */
export async function startSilentTrainer(...options: readonly string[]): Promise<PythonService> {
  const script = fileURLToPath(new URL('./silent_trainer.py', import.meta.url));
  const child = spawn(PYTHON, [script, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listening on (\S+)/.exec(line)?.[1];
    if (address !== undefined) return { address, process: child, stop };
  }
  throw new Error('the Python service did not start');
}
