import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDataDir } from '../db/testing';
import { ask } from '../gateway/testing/gateway';
import { type ServiceProcess, startService } from '../gateway/testing/processes';
import {
  GatewayServiceClient,
  GatewayServiceService,
  HealthStatus,
} from '../grpc/gen/proto/gateway/v1/gateway';
import { Channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';

let dataDir = '';
const running: ServiceProcess[] = [];
const channels = new Channels();

async function start(entry: string): Promise<ServiceProcess> {
  const started = await startService(entry, { DATA_DIR: dataDir });
  running.push(started);
  return started;
}

/** A command to its end. */
async function command(entry: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  await once(child, 'close');
  return said.trim();
}

let gateway: ServiceProcess;
let reservation: ServiceProcess;
let payment: ServiceProcess;

beforeAll(async () => {
  dataDir = createTestDataDir();
  gateway = await start('server/start-gateway.ts');
  reservation = await start('server/start-reservation.ts');
  payment = await start('server/start-payment.ts');
}, 120_000);

afterAll(async () => {
  channels.close();
  for (const service of running.reverse()) await service.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('GATE-13: services in processes of their own', () => {
  it('each answers for its health and carries its own services only', async () => {
    for (const [{ origin }, part] of [
      [gateway, 'queue'],
      [reservation, 'reservations'],
      [payment, 'payments'],
    ] as const) {
      const health = await fetch(`${origin}/api/health`);
      expect(health.status).toBe(200);
      expect(await health.json()).toMatchObject({ [part]: { status: 'ok' }, grpc: { status: 'ok' } });
    }
    const status = async ({ origin }: ServiceProcess, path: string) => (await fetch(origin + path)).status;
    expect(await status(reservation, '/api/v1/reservations')).toBe(200);
    expect(await status(reservation, '/api/v1/payment')).toBe(404);
    expect(await status(payment, '/api/v1/reservations')).toBe(404);
    expect(await status(gateway, '/api/v1/queue/stats')).toBe(200);
    const client = channels.client(GatewayServiceClient, targetAt(gateway.grpc, false));
    expect(await ask(client, GatewayServiceService.healthCheck, { service: '' })).toMatchObject({
      status: HealthStatus.HEALTH_STATUS_HEALTHY,
    });
  });

  it('GATE-15: a seeded player gets a seat of a seeded tournament: place here, seat shown over there', async () => {
    const told = await command(
      'server/process/seed-tournament.ts',
      ...['--name', 'Rehearsal night', '--seats', '8', '--opens', '+0', '--fee', '0'],
    );
    const eventId = told.split(' ').at(-1) ?? '';
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
    const lines = (await command('server/process/seed-players.ts', '--count', '2')).split('\n');
    const players = lines.map((line) => JSON.parse(line));
    expect(players).toHaveLength(2);
    const [{ playerId, apiToken }] = players;
    let keys = 0;
    const post = async (path: string, body: object) => {
      keys += 1;
      const answer = await fetch(gateway.origin + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiToken}`, 'idempotency-key': `key ${keys}` },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const joined = await post('/api/v1/queue/join', { event_id: eventId });
    expect(joined.status).toBe(202);
    const { waiting_token } = joined.body;
    const granted = await vi.waitFor(
      async () => {
        const entered = await post('/api/v1/queue/enter', { waiting_token });
        expect(entered.status).toBe(200);
        return entered.body;
      },
      { timeout: 20_000, interval: 200 },
    );
    const { reservation_token } = granted;
    const made = await post('/api/v1/reservations', { event_id: eventId, quantity: 1, reservation_token });
    expect(made.status).toBe(201);
    const { reservation_id } = made.body;
    const elsewhere = await fetch(`${reservation.origin}/api/v1/reservations/${reservation_id}`, {
      headers: { authorization: `Bearer ${apiToken}` },
    });
    expect(await elsewhere.json()).toMatchObject({ reservation_id, user_id: playerId, status: 'HOLD' });
    const log = await (await fetch(`${gateway.origin}/api/tournaments/${eventId}/queue-log`)).text();
    expect(log).toContain('"type":"joined"');
    expect(log).not.toContain(playerId);
  });
});
