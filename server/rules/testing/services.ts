import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { config } from '../../http/testing/config';
import { createRulesApi } from '../api';
import type { SimulatorLimits } from '../simulators';

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** As `scripts/lib/python.mjs` makes it; where it is missing the tests of the Python service are left out, aloud. */
const PYTHON = path('.build/python-rules/bin/python');
export const hasPython = existsSync(PYTHON);

/** What `INTERNAL_API_KEY` is for both. */
export const KEY = 'a-key-of-the-rules';

export interface TestService {
  readonly origin: string;
  /** Of a service that simulates in another process. */
  killSimulator?(): Promise<void>;
  close(): Promise<void>;
}

/** The embedded Rule Engine on a server of its own. */
export async function startEmbedded(limits?: SimulatorLimits): Promise<TestService> {
  const routes = new Router();
  const api = createRulesApi({
    mayCall: (req) => req.headers['x-internal-key'] === KEY || req.headers.authorization === `Bearer ${KEY}`,
    version: '0.1.0',
    ...(limits ? { limits } : {}),
  });
  api.mount(routes);
  const server = createHttpServer({ config, routes, log: console });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      await closeHttpServer(server);
      await api.close();
    },
  };
}

const SIMULATOR = [process.execPath, '--import', 'tsx', path('server/rules/worker-lines.ts')];

/**
 * `python/rules_service.py`, a process of its own.
 * @param worker the command of its simulator; our sources by default
 */
export async function startPython(worker: readonly string[] = SIMULATOR): Promise<TestService> {
  const child = spawn(PYTHON, [path('python/rules_service.py'), '--port', '0', '--worker', ...worker], {
    cwd: path('.'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, INTERNAL_API_KEY: KEY },
  });
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listening on (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    const origin = `http://${address}`;
    if (worker === SIMULATOR) await isHealthy(origin);
    return { origin, close, killSimulator: () => killChildren(child.pid ?? 0) };
  }
  throw new Error('the Python service did not start');
}

/** The simulator is there when the service is healthy. */
async function isHealthy(origin: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${origin}/health`);
    if (JSON.stringify(await answer.json()).includes('"healthy"')) return;
    await setTimeout(100);
  }
  throw new Error('the simulator did not start');
}

/** As the kernel lists them; Linux only, as the tests of the Python services are. */
async function killChildren(pid: number): Promise<void> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const pids = children.trim().split(' ').filter(Boolean).map(Number);
  if (pids.length === 0) throw new Error('the service has no simulator');
  for (const child of pids) process.kill(child, 'SIGKILL');
}
