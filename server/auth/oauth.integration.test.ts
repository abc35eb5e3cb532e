import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../db/testing';
import type { AccountServices } from './accounts';
import { AdminNames } from './admin';
import { oauthAdapter } from './oauth-adapter';
import { AuthLimits } from './rate-limits';
import { readSession } from './session';
import { CookieClient } from './testing/cookie-client';
import { startNextAuthServer } from './testing/next-auth-server';
import { startOAuthServer } from './testing/oauth-server';

const SECRET = 'a secret of the tests, longer than 32 characters';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let elsewhere: Awaited<ReturnType<typeof startOAuthServer>>;
let server: Awaited<ReturnType<typeof startNextAuthServer>>;

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', SECRET);
  vi.stubEnv('NEXTAUTH_URL', undefined);
  database = await createTestDatabase();
  elsewhere = await startOAuthServer();
  const services: AccountServices = {
    db: database.db,
    limits: new AuthLimits(),
    admins: new AdminNames(['the-boss']),
  };
  const config = { GITHUB_CLIENT_ID: 'x', GITHUB_CLIENT_SECRET: 'y' };
  server = await startNextAuthServer({ services, secret: SECRET, config }, (options) => ({
    ...options,
    adapter: oauthAdapter(services),
    providers: [...options.providers, elsewhere.provider],
  }));
});
afterAll(async () => {
  await server.close();
  await elsewhere.close();
  await database.drop();
  vi.unstubAllEnvs();
});

/** Logs somebody in with a browser of their own. */
async function enter(
  profile: Parameters<typeof elsewhere.setProfile>[0],
  client = new CookieClient(server.origin),
) {
  elsewhere.setProfile(profile);
  const end = await client.logInThrough('elsewhere');
  return { end, client, player: await readSession(client.cookieHeader, database.db) };
}

describe('logging in through another site', () => {
  it('is offered for what is configured', async () => {
    const offered = await (await new CookieClient(server.origin).request('/api/auth/providers')).json();
    expect(Object.keys(offered)).toEqual(['credentials', 'guest', 'github', 'elsewhere']);
  });

  it('makes a player once, and finds them again', async () => {
    const profile = { id: randomUUID(), name: 'Chun Li', email: `${randomUUID()}@example.org` };
    const { player, end } = await enter(profile);
    expect(end.search).toBe('');
    expect(player).toMatchObject({ playerName: 'Chun_Li', role: 'player', isGuest: false });
    expect((await enter(profile)).player).toEqual({ ...player, loginId: expect.any(String) });
    const accounts = await database.db.account.findMany({ where: { userId: player?.playerId ?? '' } });
    expect(accounts).toMatchObject([{ provider: 'elsewhere', access_token: null, refresh_token: null }]);
  });

  it('works without a name or an address, and never takes an admin’s name', async () => {
    const nameless = await enter({ id: randomUUID(), name: null, email: null });
    expect(nameless.player).toMatchObject({ isGuest: false });
    const boss = await enter({ id: randomUUID(), name: 'The-Boss', email: null });
    expect(boss.player?.playerName).toMatch(/^The-Boss\d+$/);
    expect(boss.player?.role).toBe('player');
  });

  it('does not become the guest who was there before', async () => {
    const client = new CookieClient(server.origin);
    await client.logIn('guest');
    const guest = await readSession(client.cookieHeader, database.db);
    const { player } = await enter({ id: randomUUID(), name: 'Not a guest', email: null }, client);
    expect(player?.isGuest).toBe(false);
    expect(player?.playerId).not.toBe(guest?.playerId);
  });

  it('does not hand an account to whoever claims its address elsewhere', async () => {
    const email = `${randomUUID()}@example.org`;
    await enter({ id: randomUUID(), name: 'First', email });
    const second = await enter({ id: randomUUID(), name: 'Second', email });
    expect(second.player).toBeNull();
    expect(second.end.searchParams.get('error')).toBe('OAuthAccountNotLinked');
  });
});
