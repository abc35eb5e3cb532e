import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export interface TestRedis {
  readonly url: string;
  /** Kills it and starts another one on what it left on disk. */
  crash(): Promise<void>;
  kill(): Promise<void>;
  /** Another one on what the last one left on disk. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A real redis-server in a directory of its own. @param isDurable keeps on disk what it acknowledges */
export async function startTestRedis(isDurable = false): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-redis-'));
  const port = await freePort();
  const keeping = isDurable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const start = () =>
    spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...keeping],
      { stdio: 'ignore' },
    );
  const url = `redis://127.0.0.1:${port}`;

  async function started(child: ChildProcess): Promise<ChildProcess> {
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (cause) => {
        reject(new Error('This test needs redis-server (apt-get install redis-server).', { cause }));
      });
    });
    const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => {});
    await Promise.race([probe.ping(), failed]).finally(() => probe.disconnect());
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  let child = await started(start());
  const end = () => kill(child);
  async function again(): Promise<void> {
    child = await started(start());
  }
  return {
    url,
    async crash() {
      await end();
      await again();
    },
    kill: end,
    start: again,
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
