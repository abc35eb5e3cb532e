import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTrpcServer, type TrpcServer } from '../trpc/testing/http-server';
import { announceAdminTokens } from './admin';

const PASSWORD = 'correct horse 42';

let server: TrpcServer;
beforeAll(async () => {
  vi.stubEnv('TRUST_PROXY', '1');
  vi.stubEnv('ADMIN_USERS', 'the-boss,other-boss');
  server = await startTrpcServer();
});
afterAll(() => server.close());

async function register(input: object, address: string) {
  const answer = await fetch(`${server.origin}/api/trpc/account.register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ json: input }),
  });
  const { result, error } = await answer.json();
  return { status: answer.status, data: result?.data.json, detail: error?.json.data.detail };
}

describe('AUTH-2: account.register', () => {
  it('answers with the id and the name, and makes an admin with the token that was printed', async () => {
    const username = `p_${randomUUID().slice(0, 8)}`;
    const { data } = await register({ username, password: PASSWORD }, '10.0.0.1');
    expect(data).toEqual({ playerId: expect.stringMatching(/./), playerName: username });

    const lines: string[] = [];
    await announceAdminTokens(server.database.db, (line) => lines.push(line));
    expect(lines).toEqual([
      expect.stringMatching(/^Admin "the-boss" .*: [\w-]{24}$/),
      expect.stringMatching(/^Admin "other-boss" .*: [\w-]{24}$/),
    ]);
    const adminToken = lines[0]?.split(': ')[1];
    const boss = { username: 'the-boss', password: PASSWORD };
    expect(await register(boss, '10.0.0.1')).toMatchObject({
      status: 403,
      detail: { field: 'adminToken', reason: 'required' },
    });
    const made = await register({ ...boss, adminToken }, '10.0.0.1');
    expect(made.data).toEqual({ playerId: expect.stringMatching(/./), playerName: 'the-boss' });
    const row = await server.database.db.user.findUniqueOrThrow({ where: { id: made.data.playerId } });
    expect(row.role).toBe('admin');
  });

  it.each([
    ['an IPv4 address', '192.0.2.7', '::ffff:192.0.2.7', '192.0.2.8'],
    ['an IPv6 /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
  ])('takes at least 60 a minute from %s, counted as one', async (_name, address, same, other) => {
    // An admin's name without its token costs no hash, and is counted all the same.
    const attempt = async (from: string) => {
      const { status, detail } = await register({ username: 'other-boss', password: PASSWORD }, from);
      return detail?.reason ?? status;
    };
    const atOnce = (times: number) =>
      Promise.all(Array.from({ length: times }, (_, n) => attempt(n % 2 ? address : same)));
    expect(new Set(await atOnce(60))).toEqual(new Set(['required']));
    await atOnce(300);
    expect(await attempt(address)).toBe('too_many_registrations');
    expect(await attempt(same)).toBe('too_many_registrations');
    expect(await attempt(other)).toBe('required');
  });
});
