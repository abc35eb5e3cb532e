import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDb, openDb } from '../db/client';
import { createTestDatabase } from '../db/testing';
import { Router } from './router';
import { closeHttpServer, createHttpServer, listen, localAddress } from './server';
import { config } from './testing/config';
import { TRPC_PATH, trpcHandler } from './trpc';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: Server;
let origin = '';

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of the tests, longer than 32 characters');
  database = await createTestDatabase();
  openDb(database.url);
  const routes = new Router();
  routes.mount(TRPC_PATH, trpcHandler());
  server = createHttpServer({ config, routes, log: { error: vi.fn() } });
  origin = localAddress('127.0.0.1', await listen(server, 0, '127.0.0.1'));
});
afterAll(async () => {
  await closeHttpServer(server);
  await closeDb();
  await database.drop();
  vi.unstubAllEnvs();
});

const input = (count: number, of: unknown) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, { json: of }])));
const path = (count: number, procedure: string, separator = ',') =>
  `${origin}${TRPC_PATH}/${Array<string>(count).fill(procedure).join(separator)}?batch=1`;
const lists = (count: number, separator?: string) =>
  `${path(count, 'match.list', separator)}&input=${encodeURIComponent(input(count, {}))}`;

describe('TRPC-2: a batch', () => {
  it('of 20 calls is answered, each by itself', async () => {
    const answer = await fetch(lists(20));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveLength(20);
  });

  it.each([',', '%2C'])('of 21 joined by %s is refused with 400', async (separator) => {
    const answer = await fetch(lists(21, separator));
    expect(answer.status).toBe(400);
  });

  it('of 100 registrations is refused before anybody is registered', async () => {
    const calls = Array.from({ length: 100 }, (_, n) => [
      n,
      { json: { username: `flood_${n}`, password: 'correct horse 42' } },
    ]);
    const answer = await fetch(path(100, 'account.register'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(calls)),
    });
    expect(answer.status).toBe(400);
    expect(await database.db.user.count()).toBe(0);
  });
});
