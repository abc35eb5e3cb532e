import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeDb, openDb } from '../db/client';
import { createTestDatabase } from '../db/testing';
import { renewing } from './renewing';

const SECRET = 'a secret of the tests, longer than 32 characters';
const DAY = 24 * 60 * 60;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: Server;
let origin = '';
let playerId = '';

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', SECRET);
  database = await createTestDatabase();
  openDb(database.url);
  playerId = (await database.db.user.create({ data: { username: 'Ann', usernameKey: 'ann' } })).id;
  const pages = renewing((_req, res) => res.setHeader('set-cookie', [...setCookies(res), 'page=1']).end());
  server = createServer((req, res) => void pages(req, res, {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await closeDb();
  await database.drop();
  vi.unstubAllEnvs();
});

const setCookies = (res: { getHeader(name: string): unknown }) =>
  [res.getHeader('set-cookie') ?? []].flat().map(String);

async function cookiesOf(path: string, days: number, name = 'next-auth.session-token') {
  const token = await encode({ token: { sub: playerId, epoch: 0 }, secret: SECRET, maxAge: days * DAY });
  const response = await fetch(`${origin}${path}`, { headers: { cookie: `${name}=${token}` } });
  return response.headers.getSetCookie().filter((line) => !line.startsWith('page='));
}

describe('pages', () => {
  it('AUTH-6: renew a log-in in the second half of its days, and no other', async () => {
    expect(await cookiesOf('/lobby', 14)).toEqual([expect.stringContaining('Max-Age=2592000')]);
    expect(await cookiesOf('/lobby', 16)).toEqual([]);
    expect(await cookiesOf('/lobby', 14, '__Secure-next-auth.session-token')).toEqual([
      expect.stringMatching(/^__Secure-.*Secure/),
    ]);
  });

  it('leave files and next-auth’s own routes alone', async () => {
    for (const path of ['/_next/static/a.js', '/api/auth/signout'])
      expect(await cookiesOf(path, 14)).toEqual([]);
  });
});
