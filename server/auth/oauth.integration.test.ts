import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../db/testing';
import { type AccountServices, chooseName } from './accounts';
import { AdminNames } from './admin';
import { banPlayer } from './bans';
import { oauthAdapter } from './oauth-adapter';
import { AuthLimits } from './rate-limits';
import { findLogin, readSession } from './session';
import { CookieClient } from './testing/cookie-client';
import { startNextAuthServer } from './testing/next-auth-server';
import { startOAuthServer } from './testing/oauth-server';

const SECRET = 'a secret of the tests, longer than 32 characters';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let elsewhere: Awaited<ReturnType<typeof startOAuthServer>>;
let services: AccountServices;
let server: Awaited<ReturnType<typeof startNextAuthServer>>;

beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', SECRET);
  vi.stubEnv('NEXTAUTH_URL', undefined);
  database = await createTestDatabase();
  elsewhere = await startOAuthServer();
  services = {
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

  it('AUTH-15: makes nobody until a name is chosen, and finds them again', async () => {
    const profile = { id: randomUUID(), name: 'Chun Li', email: `${randomUUID()}@example.org` };
    const { player, end, client } = await enter(profile);
    expect(end.pathname).toBe('/name');
    expect(player).toBeNull();
    const login = await findLogin(client.cookieHeader, database.db);
    if (!login) throw new Error('not logged in');
    const { playerId } = login.player;
    expect(login).toMatchObject({ nameChosen: false });
    const row = await database.db.user.findUniqueOrThrow({ where: { id: playerId } });
    expect(JSON.stringify({ ...row, email: null })).not.toMatch(/chun/i);
    await expect(chooseName(services, { playerId, username: 'The-Boss' })).rejects.toMatchObject({
      detail: { field: 'username', reason: 'reserved' },
    });
    await expect(chooseName(services, { playerId, username: 'x' })).rejects.toMatchObject({
      detail: { field: 'username', reason: 'too_short' },
    });
    expect(await chooseName(services, { playerId, username: 'Blue_Jade' })).toEqual({
      playerId,
      playerName: 'Blue_Jade',
    });
    await expect(chooseName(services, { playerId, username: 'Red_Jade' })).rejects.toMatchObject({
      detail: { field: 'username', reason: 'chosen' },
    });
    const again = await enter(profile);
    expect(again.end.pathname).toBe('/');
    expect(again.player).toMatchObject({ playerId, playerName: 'Blue_Jade', role: 'player', isGuest: false });
    const accounts = await database.db.account.findMany({ where: { userId: playerId } });
    expect(accounts).toMatchObject([{ provider: 'elsewhere', access_token: null, refresh_token: null }]);
    await banPlayer(database.db, playerId, 'cheating');
    const banned = await enter(profile);
    expect(banned.end.search).toBe('?error=banned');
    expect(await findLogin(banned.client.cookieHeader, database.db)).toBeNull();
  });

  it('works without a name or an address', async () => {
    const { client } = await enter({ id: randomUUID(), name: null, email: null });
    expect(await findLogin(client.cookieHeader, database.db)).toMatchObject({ nameChosen: false });
  });

  it('does not become the guest who was there before', async () => {
    const client = new CookieClient(server.origin);
    await client.logIn('guest');
    const guest = await readSession(client.cookieHeader, database.db);
    await enter({ id: randomUUID(), name: 'Not a guest', email: null }, client);
    const login = await findLogin(client.cookieHeader, database.db);
    expect(login?.player.isGuest).toBe(false);
    expect(login?.player.playerId).not.toBe(guest?.playerId);
  });

  it('does not hand an account to whoever claims its address elsewhere', async () => {
    const email = `${randomUUID()}@example.org`;
    await enter({ id: randomUUID(), name: 'First', email });
    const second = await enter({ id: randomUUID(), name: 'Second', email });
    expect(await findLogin(second.client.cookieHeader, database.db)).toBeNull();
    expect(second.end.searchParams.get('error')).toBe('OAuthAccountNotLinked');
  });
});
