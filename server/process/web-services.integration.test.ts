import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config';
import { Parts } from './parts';
import type { Composition } from './run';
import { ownHeaders } from './service-callers';
import { startGm, startRules } from './web-services';

const keys = { authSecret: 'a'.repeat(40), internalApiKey: undefined };
const NARRATIVE = { session_id: 's', prompt_type: 'arrive' };
const SESSION = { session_id: 's', user_id: 1 };

let lines: { msg?: string; service?: string; port?: number; wanted?: number }[];
let composition: Composition;
let taken: Server;
let takenPort: number;

/** A process that keeps what it logs. */
function compose(env: Readonly<Record<string, string>> = {}): Composition {
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { config: loadConfig(env), parts: new Parts(log), log };
}

beforeEach(async () => {
  lines = [];
  composition = compose();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  takenPort = typeof address === 'object' && address ? address.port : 0;
});
afterEach(async () => {
  taken.close();
  await composition.parts.stop();
});

const post = (port: number, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const SERVICES = [
  { name: 'rules', start: startRules, path: '/session/add', body: SESSION, token: 'arcade.rules' },
  { name: 'gm', start: startGm, path: '/generate/narrative', body: NARRATIVE, token: 'arcade.gm' },
] as const;

describe.each(SERVICES)('the embedded service $name', ({ name, start, path, body, token }) => {
  it('answers on loopback, and nowhere else', async () => {
    const port = await start(composition, keys, { host: '127.0.0.1', port: 0, isChosen: false });
    expect((await post(port, path, body)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/api/health/live`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/elsewhere`)).status).toBe(404);
    await expect(fetch(`http://127.0.0.2:${port}/health`)).rejects.toThrow();
    expect(lines).toContainEqual(expect.objectContaining({ service: name, port, msg: 'listening' }));
  });

  it('takes another port, and says so, where the default one is taken', async () => {
    const port = await start(composition, keys, { host: '127.0.0.1', port: takenPort, isChosen: false });
    expect(port).not.toBe(takenPort);
    expect((await post(port, path, body)).status).toBe(200);
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ level: 40, service: name, port, wanted: takenPort },
        msg: 'the default port is taken; listening on another',
      }),
    );
  });

  it('does not start where somebody chose a port that is taken', async () => {
    await expect(
      start(composition, keys, { host: '127.0.0.1', port: takenPort, isChosen: true }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE', port: takenPort });
  });

  it('with a database of one’s own wants the arcade’s token, loopback or not', async () => {
    composition = compose({ DATABASE_URL: 'postgresql://arcade@db/arcade' });
    const port = await start(composition, keys, { host: '127.0.0.1', port: 0, isChosen: false });
    expect((await post(port, path, body)).status).toBe(401);
    expect((await post(port, path, body, ownHeaders(keys, token))).status).toBe(200);
  });

  it('is gone once its process has stopped', async () => {
    const port = await start(composition, keys, { host: '127.0.0.1', port: 0, isChosen: false });
    expect(await composition.parts.stop()).toBe(true);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });
});
