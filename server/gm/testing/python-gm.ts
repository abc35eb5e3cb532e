import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { clientOf, type TestGm } from './serve';

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** As `scripts/lib/python.mjs` makes it; where it is missing the tests of the Python service are left out, aloud. */
const PYTHON = path('.build/python-rules/bin/python');
export const hasPython = existsSync(PYTHON);

/** `python/gm_service.py` with the short ladder, a process of its own. */
export async function startPythonGm(key?: string): Promise<TestGm> {
  const ladders = path('server/ladders/testing');
  const child = spawn(PYTHON, [path('python/gm_service.py'), '--port', '0', '--ladders', ladders], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, INTERNAL_API_KEY: key ?? '' },
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listening on (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    return clientOf(`http://${address}`, async () => {
      child.kill('SIGKILL');
      await exited;
    });
  }
  throw new Error('the Python game master did not start');
}
