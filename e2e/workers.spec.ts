import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { RushProcesses } from './rush/processes';
import { seedTournament } from './rush/seeding';
import { test } from './support/test';

const WORKERS = 2;
const BURST = 30;
const run = promisify(execFile);
const joined = z.object({ waiting_token: z.string() });

async function workersOf(processes: RushProcesses): Promise<number[]> {
  const pid = String(processes.pid('start-gateway'));
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', pid]);
  return stdout.split('\n').map(Number).filter(Boolean);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function metric(processes: RushProcesses, name: string): Promise<number> {
  const answer = await request(`http://127.0.0.1:${processes.port('start-gateway', 'admin')}/metrics`);
  const found = new RegExp(`^${name} (.*)$`, 'm').exec(await answer.body.text());
  return Number(found?.[1]);
}

test('PROC-7: workers share ports, queue and limits; one that is killed is replaced, and none outlives the gateway', async () => {
  test.setTimeout(120_000);
  const processes = await RushProcesses.create({
    GATEWAY_WORKERS: String(WORKERS),
    RATE_LIMIT_RPS: '1',
    RATE_LIMIT_BURST: String(BURST),
  });
  // A connection each lands on one worker after the other.
  const connections = Array.from({ length: WORKERS }, () => new Agent({ connections: 1, pipelining: 1 }));
  try {
    await processes.start('start-gateway');
    const first = await workersOf(processes);
    expect(first).toHaveLength(WORKERS);
    const { eventId, players } = await seedTournament(processes, {
      people: 1,
      seats: 2,
      fee: 0,
      opensIn: 3_600,
      rate: 1,
      name: 'Workers',
    });
    const origin = processes.origin('start-gateway');
    const answer = await request(`${origin}/api/v1/queue/join`, {
      method: 'POST',
      dispatcher: connections[0] ?? new Agent(),
      headers: {
        authorization: `Bearer ${players[0]?.apiToken}`,
        'content-type': 'application/json',
        'idempotency-key': 'first',
      },
      body: JSON.stringify({ event_id: eventId }),
    });
    const { waiting_token: token } = joined.parse(await answer.body.json());
    const ask = async (from: number) => {
      const { statusCode, headers, body } = await request(`${origin}/api/v1/queue/status?token=${token}`, {
        dispatcher: connections[from] ?? new Agent(),
      });
      await body.dump();
      return { statusCode, remaining: Number(headers['x-ratelimit-remaining']) };
    };

    // A place that one has given, the other knows.
    for (let worker = 0; worker < WORKERS; worker++) expect((await ask(worker)).statusCode).toBe(200);
    // What one has counted, the other counts too.
    let left = BURST;
    while (left > 5) left = (await ask(0)).remaining;
    await expect.poll(async () => (await ask(1)).remaining, { timeout: 5_000 }).toBeLessThan(10);
    const asked = await metric(processes, 'queue_operations_total{operation="status",status="ok"}');
    expect(asked).toBeGreaterThan(BURST - 5);

    process.kill(first[0] ?? 0, 'SIGKILL');
    await expect.poll(() => metric(processes, 'arcade_gateway_workers_lost_total')).toBe(1);
    await expect.poll(() => workersOf(processes), { timeout: 30_000 }).toHaveLength(WORKERS);
    const health = `${origin}/api/health`;
    await expect.poll(async () => (await request(health)).statusCode, { timeout: 30_000 }).toBe(200);

    const last = await workersOf(processes);
    await processes.kill('start-gateway');
    await expect.poll(() => last.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  } finally {
    await Promise.all(connections.map((connection) => connection.close()));
    await processes.dispose();
  }
});
