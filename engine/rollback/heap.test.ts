import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../bench/rollback/heap.ts', import.meta.url));

it('takes no heap per tick, neither the core nor whole sessions with their packets', () => {
  // In a process of its own: a test runner's own garbage would be counted, too.
  const flags = ['--expose-gc', '--max-semi-space-size=128', '--import', 'tsx'];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, SCRIPT], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { core, sessions } = JSON.parse(stdout);
  // One number on the heap would be 16 bytes; the compiler itself takes a few now and then.
  expect(core).toBeLessThan(1);
  expect(sessions).toBeLessThan(1);
});
