import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { loadConfig } from '../config';
import { startAdmin } from '../process/http';
import { Parts } from '../process/parts';
import { MAX_BODY_BYTES } from './body-limit';
import { healthHandler, LIVE_PATH, liveHandler } from './health';
import { createMetricsServer } from './metrics';
import { Router } from './router';
import { closeHttpServer, createHttpServer, listen } from './server';
import { Upgrades } from './upgrades';

const log = pino({ level: 'silent' });

async function freePort(): Promise<number> {
  const server = createMetricsServer();
  const port = await listen(server, 0, '127.0.0.1');
  await closeHttpServer(server);
  return port;
}

/** What the server says to these bytes, to the end of the connection. */
function say(port: number, head: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\nHost: a\r\n\r\n`);
  return text(socket);
}

it('HEALTH-6: is read on ADMIN_PORT, on loopback whatever HOST is, and counts what HTTP did and refused', async () => {
  const parts = new Parts(log);
  const adminPort = await freePort();
  const config = loadConfig({ ADMIN_PORT: String(adminPort), HOST: '0.0.0.0' });
  const routes = new Router();
  routes.get(LIVE_PATH, liveHandler);
  const server = createHttpServer({ config, routes, log });
  new Upgrades().attach(server);
  const port = await listen(server, 0, '127.0.0.1');
  const address = `http://127.0.0.1:${adminPort}/metrics`;
  const samples = async () => {
    const lines = (await (await fetch(address)).text()).matchAll(/^(arcade_http_\S+) (\d+)$/gm);
    return new Map([...lines].map(([, name = '', value]) => [name, Number(value)]));
  };
  try {
    await startAdmin({ config, parts, log });
    expect((await fetch(address)).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    // All of 127.0.0.0/8 is this machine on Linux: a server on every address would answer there, too.
    if (process.platform === 'linux')
      await expect(fetch(`http://127.0.0.2:${adminPort}/metrics`)).rejects.toThrow();
    const before = await samples();
    expect((await fetch(`http://127.0.0.1:${port}${LIVE_PATH}`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/missing`)).status).toBe(404);
    await say(port, `POST / HTTP/1.1\r\nContent-Length: ${MAX_BODY_BYTES + 1}`);
    await say(port, 'GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket');
    const expected = {
      'arcade_http_requests_total{route="api/health",method="GET",status="200"}': 1,
      'arcade_http_requests_total{route="pages",method="GET",status="404"}': 1,
      'arcade_http_requests_total{route="pages",method="POST",status="413"}': 1,
      'arcade_http_request_duration_seconds_count{route="api/health"}': 1,
      'arcade_http_request_duration_seconds_count{route="pages"}': 2,
      'arcade_http_refused_total{code="NOT_FOUND"}': 1,
      'arcade_http_refused_total{code="TOO_LARGE"}': 1,
      'arcade_http_upgrades_refused_total{status="404"}': 1,
      arcade_http_bodies_too_large_total: 1,
    };
    await vi.waitFor(async () => {
      const after = await samples();
      const grown = Object.keys(expected).map((name) => [
        name,
        (after.get(name) ?? 0) - (before.get(name) ?? 0),
      ]);
      expect(Object.fromEntries(grown)).toEqual(expected);
    });
  } finally {
    await closeHttpServer(server);
    await parts.stop();
  }
});

it('HEALTH-5: says ok for as long as the process answers, also when a part is down and when it stops', async () => {
  const parts = new Parts(log);
  await parts.start('database', () => null, { health: () => ({ status: 'down' }) });
  const routes = new Router();
  routes.get('/api/health', healthHandler(parts));
  routes.get('/api/health/live', liveHandler);
  const server = createHttpServer({ config: loadConfig({}), routes, log });
  const origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  const ask = async () => {
    const answer = await fetch(`${origin}/api/health/live`);
    return [answer.status, await answer.json()];
  };
  try {
    expect((await fetch(`${origin}/api/health`)).status).toBe(503);
    expect(await ask()).toEqual([200, { status: 'ok' }]);
    await parts.stop();
    expect(await ask()).toEqual([200, { status: 'ok' }]);
  } finally {
    await closeHttpServer(server);
  }
});

it('HTTP-3: metrics are only read, with GET or HEAD', async () => {
  const server = createMetricsServer();
  const port = await listen(server, 0, '127.0.0.1');
  const address = `http://127.0.0.1:${port}/metrics`;
  try {
    const head = await fetch(address, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(address, { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(`${address}/x`)).status).toBe(404);
  } finally {
    await closeHttpServer(server);
  }
});
