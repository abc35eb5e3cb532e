import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Router } from '../http/router';
import { closeHttpServer, createHttpServer, listen } from '../http/server';
import { config } from '../http/testing/config';
import { mountProxyHealth } from './proxy-health';

let now = 0;
const asked: string[] = [];
const routes = new Router();
mountProxyHealth(routes, {
  now: () => now,
  async healthOf(service) {
    asked.push(service);
    return service === 'ai_gm'
      ? { connected: false, error: 'AI_GM_UNAVAILABLE: connect ECONNREFUSED' }
      : { connected: true, response: { status: 'ok' } };
  },
});
const server = createHttpServer({ config, routes, log: pino({ level: 'silent' }) });
let origin = '';
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
});
afterAll(() => closeHttpServer(server));

const get = async (path: string): Promise<unknown> => (await fetch(origin + path)).json();
const success = (data: unknown) => ({ status: 'success', data, message: null });

it('HEALTH-10: tells how both neighbours answer, and of each what it said', async () => {
  expect(await get('/state/health/proxy')).toEqual(
    success({
      status: 'degraded',
      services: { rule_engine: 'connected', gm: 'disconnected: AI_GM_UNAVAILABLE' },
    }),
  );
  expect(await get('/state/health/proxy/rule-engine')).toEqual(
    success({ connected: true, response: { status: 'ok' } }),
  );
  expect(await get('/state/health/proxy/gm')).toEqual(
    success({ connected: false, error: 'AI_GM_UNAVAILABLE: connect ECONNREFUSED' }),
  );
});

it('asks each neighbour once a second, however many ask', async () => {
  now += 5_000;
  asked.length = 0;
  await Promise.all(Array.from({ length: 20 }, () => get('/state/health/proxy')));
  expect(asked.sort()).toEqual(['ai_gm', 'rule_engine']);
  now += 1_000;
  await get('/state/health/proxy/gm');
  expect(asked).toHaveLength(3);
});
