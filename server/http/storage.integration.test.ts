import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDb, getDb, openDb } from '../db/client';
import { Prisma } from '../db/generated/client';
import { readRows } from '../db/read';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { Router } from './router';
import { closeHttpServer, createHttpServer, listen, localAddress } from './server';
import { config } from './testing/config';
import { TRPC_PATH, trpcHandler } from './trpc';

const NOBODY_LISTENS = 'postgresql://nobody@127.0.0.1:1/nothing';

let database: TestDatabase;
let server: Server;
let origin = '';

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of the tests, longer than 32 characters');
  database = await createTestDatabase();
  // PostgreSQL itself says so, with the code that it has for a full disk.
  await database.db.$executeRawUnsafe(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`);
  await database.db.$executeRawUnsafe(
    'CREATE TRIGGER full_disk BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  const routes = new Router();
  routes.mount(TRPC_PATH, trpcHandler());
  routes.get('/read', () => getDb().user.count());
  routes.get('/read-past-prisma', async () =>
    readRows(getDb(), Prisma.sql`select count(*)::int from "User"`),
  );
  routes.on(['POST'], '/store', () => getDb().user.create({ data: { username: 'Ann', usernameKey: 'ann' } }));
  server = createHttpServer({ config, routes, log: { error: vi.fn() } });
  origin = localAddress('127.0.0.1', await listen(server, 0, '127.0.0.1'));
});
afterEach(closeDb);
afterAll(async () => {
  await closeHttpServer(server);
  await database.drop();
  vi.unstubAllEnvs();
});

async function ask(path: string, body?: object) {
  const headers = { 'content-type': 'application/json' };
  const post = body && { method: 'POST', headers, body: JSON.stringify({ json: body }) };
  const answer = await fetch(origin + path, post);
  return { http: answer.status, body: await answer.json() };
}
const envelope = (reason: string) => ({
  http: 503,
  body: { status: 'error', code: 'UNAVAILABLE', message: expect.stringMatching(/./), detail: { reason } },
});
const trpcError = (reason: string) => ({
  http: 503,
  body: { error: { json: { data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, detail: { reason } } } } },
});

describe('HTTP-6: a store that does not work', () => {
  it('is told in the envelope and over tRPC when the disk is full', async () => {
    openDb(database.url);
    expect(await ask('/store', {})).toEqual(envelope('disk_full'));
    const input = { username: 'full_disk', password: 'correct horse 42' };
    expect(await ask('/api/trpc/account.register', input)).toMatchObject(trpcError('disk_full'));
  });

  it('is told in the envelope and over tRPC when the database is away', async () => {
    openDb(NOBODY_LISTENS);
    expect(await ask('/read')).toEqual(envelope('database_unavailable'));
    expect(await ask('/read-past-prisma')).toEqual(envelope('database_unavailable'));
    expect(await ask('/api/trpc/match.list')).toMatchObject(trpcError('database_unavailable'));
  });
});
