import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createPlainQueue,
  digest,
  plainSettings,
  START_MS,
} from '../server/tournaments/queue/testing/plain-queue';

const queue = createPlainQueue({ settings: plainSettings(), nowMs: START_MS - 1_000 });
for (let n = 0; n < 200; n += 1) queue.join(`p${n}`);
queue.nowMs = START_MS;
queue.tick();

let server: Server;
let base: string;
const logs: Record<string, Record<string, unknown>[]> = {
  cup: queue.publicLog(),
  bent: queue.publicLog().map((line) => (line.type === 'drawn' ? { ...line, seed: digest('bent') } : line)),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const log = logs[url.pathname.split('/')[3] ?? ''];
    if (!log) {
      response.writeHead(404).end('{}');
      return;
    }
    const after = Number(url.searchParams.get('after'));
    // Pages smaller than asked for are a server's right.
    response.end(
      log
        .slice(after, after + 77)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  base = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => server.close());

async function verify(...options: string[]): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    'scripts/verify-queue.ts',
    ...options,
    '--url',
    base,
  ]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [code] = await once(child, 'close');
  return { code, said };
}

test('QUEUE-7: says 0 for a log that holds, and shows the order', async () => {
  const { code, said } = await verify('cup');
  expect(said).toContain('200 were drawn');
  expect(said).toContain(`     1  `);
  expect(code).toBe(0);
});

test('QUEUE-7: says 1 and the first difference for a log that does not', async () => {
  const { code, said } = await verify('bent');
  expect(said).toMatch(/BROKEN at line 204: the seed does not have the hash/);
  expect(code).toBe(1);
});

test('says 2 where there is no log to read', async () => {
  expect((await verify('nothing')).code).toBe(2);
});
