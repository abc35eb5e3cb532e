import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from './accounts';
import { forgetPlayer } from './players';
import { readSession } from './session';
import { issueSignalToken, verifySignalToken } from './signal-token';
import { CookieClient } from './testing/cookie-client';
import { type LogIns, startLogIns } from './testing/log-ins';

const PASSWORD = 'correct horse 42';

let logIns: LogIns;
let database: LogIns['database'];
let services: LogIns['services'];
let server: LogIns['server'];

beforeAll(async () => {
  logIns = await startLogIns();
  ({ database, services, server } = logIns);
});
afterAll(() => logIns.close());

const newPlayer = () =>
  register(services, {
    username: `p_${randomUUID().slice(0, 8)}`,
    password: PASSWORD,
    address: '10.0.0.1',
  });
const read = (client: CookieClient) => readSession(client.cookieHeader, database.db);

describe('next-auth with our options', () => {
  it('AUTH-1: logs a script in with plain HTTP, and out again', async () => {
    const player = await newPlayer();
    const client = new CookieClient(server.origin);
    expect(await client.logIn('credentials', { username: player.playerName, password: PASSWORD })).toEqual({
      status: 200,
      error: null,
    });
    expect(await read(client)).toMatchObject(player);
    expect(await client.session()).toMatchObject({
      user: { id: player.playerId, name: player.playerName, role: 'player', isGuest: false },
    });
    await client.logOut();
    expect(await read(client)).toBeNull();
    expect(await client.session()).toEqual({});
  });

  it('AUTH-1: lets a guest in with one request', async () => {
    const client = new CookieClient(server.origin);
    expect(await client.logIn('guest')).toMatchObject({ error: null });
    expect(await read(client)).toMatchObject({ isGuest: true, playerName: expect.stringMatching(/^Guest-/) });
  });

  it('AUTH-1: names the fault, and sets no cookie', async () => {
    const player = await newPlayer();
    const client = new CookieClient(server.origin);
    const wrong = await client.logIn('credentials', {
      username: player.playerName,
      password: 'not it at all',
    });
    const nobody = await client.logIn('credentials', { username: 'nobody-here', password: PASSWORD });
    const empty = await client.logIn('credentials');
    for (const answer of [wrong, nobody, empty])
      expect(answer).toEqual({ status: 401, error: 'CredentialsSignin' });
    expect(await read(client)).toBeNull();
  });

  it('sends whoever logs in nowhere but to its own pages', async () => {
    const player = await newPlayer();
    const targetFor = async (callbackUrl: string) => {
      const client = new CookieClient(server.origin);
      const right = { username: player.playerName, password: PASSWORD, callbackUrl };
      const { status, url } = await client.logInTo('credentials', right);
      expect(status).toBe(200);
      return url.href;
    };
    const { origin } = server;
    expect(await targetFor('/play?room=1')).toBe(`${origin}/play?room=1`);
    expect(await targetFor(`${origin}/play`)).toBe(`${origin}/play`);
    const elsewhere = [
      'http://localhost:3195.evil.example/',
      `${origin}.evil.example/`,
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      'javascript:alert(1)',
      'http://',
    ];
    for (const url of elsewhere) expect(await targetFor(url)).toBe(`${origin}/`);
  });

  it('counts failures by the address that the server stamped', async () => {
    const player = await newPlayer();
    const from = (address: string) => new CookieClient(server.origin, { 'x-forwarded-for': address });
    const guesser = from('198.51.100.1');
    for (let i = 0; i < 10; i++)
      await guesser.logIn('credentials', { username: player.playerName, password: 'wrong again' });
    const right = { username: player.playerName, password: PASSWORD };
    expect((await guesser.logIn('credentials', right)).error).toMatch(
      /^Too many failed log-ins. Try again in/,
    );
    expect((await from('198.51.100.2').logIn('credentials', right)).error).toBeNull();
  });

  it('AUTH-9: says in the answer why it refused, and for how long', async () => {
    const player = await newPlayer();
    const client = new CookieClient(server.origin, { 'x-forwarded-for': '198.51.100.3' });
    const ask = async (password: string) => {
      const csrf: unknown = await (await client.request('/api/auth/csrf')).json();
      const { csrfToken } = csrf as { csrfToken: string };
      const username = player.playerName;
      const body = new URLSearchParams({ username, password, csrfToken, json: 'true' });
      const response = await client.request('/api/auth/callback/credentials', { method: 'POST', body });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    expect(await ask('wrong again')).toMatchObject({
      status: 401,
      body: {
        code: 'UNAUTHENTICATED',
        detail: { field: 'account', reason: 'wrong' },
        url: expect.any(String),
      },
    });
    for (let i = 0; i < 9; i++) await ask('wrong again');
    const limited = await ask(PASSWORD);
    expect(limited).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED', detail: { field: 'account', reason: 'too_many_failures' } },
    });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('AUTH-10: a browser that has logged in before gets in from where strangers guess', async () => {
    const player = await newPlayer();
    const from = () => new CookieClient(server.origin, { 'x-forwarded-for': '198.51.100.4' });
    const right = { username: player.playerName, password: PASSWORD };
    const own = from();
    await own.logIn('credentials', right);
    expect(own.cookies.get('arcade-device')).toMatch(/^[\w-]{22}\.[\w-]{22}$/);
    await own.logOut();
    const guesser = from();
    for (let i = 0; i < 10; i++) await guesser.logIn('credentials', { ...right, password: 'wrong again' });
    expect((await guesser.logIn('credentials', right)).status).toBe(429);
    expect(await own.logIn('credentials', right)).toEqual({ status: 200, error: null });
  });

  it('AUTH-12: answers what it can’t use with a reason, never with a 500, and builds no foreign address', async () => {
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${server.origin}${path}`, { headers, redirect: 'manual' });
    expect((await get('/api/auth/signin?callbackUrl=garbage')).status).toBe(400);
    const broken = await get('/api/auth/csrf', { cookie: 'next-auth.callback-url=garbage' });
    expect(broken.status).toBe(400);
    expect(broken.headers.getSetCookie()).toEqual([expect.stringMatching(/^next-auth.callback-url=;/)]);
    const foreign = await get('/api/auth/signin', { 'x-forwarded-host': 'evil.example' });
    expect(foreign.status).toBe(400);
    expect(`${foreign.headers.get('location')} ${foreign.headers.getSetCookie()}`).not.toContain('evil');
  });

  it('refuses a cookie after its sessions are revoked, or the player is gone', async () => {
    const player = await newPlayer();
    const client = new CookieClient(server.origin);
    const right = { username: player.playerName, password: PASSWORD };
    await client.logIn('credentials', right);
    const { token } = await issueSignalToken({ ...player, loginId: 'one' });
    expect(await verifySignalToken(token, database.db)).toEqual({ ...player, loginId: 'one' });

    await database.db.user.update({
      where: { id: player.playerId },
      data: { sessionEpoch: { increment: 1 } },
    });
    forgetPlayer(player.playerId);
    expect(await read(client)).toBeNull();
    await expect(verifySignalToken(token, database.db)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

    await client.logIn('credentials', right);
    expect(await read(client)).toMatchObject({ epoch: 1 });
    await database.db.user.delete({ where: { id: player.playerId } });
    forgetPlayer(player.playerId);
    expect(await read(client)).toBeNull();
    expect(await client.session()).toEqual({});
  });

  it('believes neither forged cookies nor forged tokens', async () => {
    const player = await newPlayer();
    const client = new CookieClient(server.origin);
    await client.logIn('credentials', { username: player.playerName, password: PASSWORD });
    const token = client.cookies.get('next-auth.session-token') ?? '';
    for (const forged of [`${token.slice(0, -4)}AAAA`, 'x.y.z', 'eyJhbGciOiJub25lIn0.e30.'])
      expect(await readSession(`next-auth.session-token=${forged}`, database.db)).toBeNull();
    const signal = await issueSignalToken({ ...player, loginId: 'one' });
    // One kind of token is worth nothing where the other is expected.
    expect(await readSession(`next-auth.session-token=${signal.token}`, database.db)).toBeNull();
    for (const forged of ['', 'junk', token, `${signal.token.slice(0, -3)}abc`])
      await expect(verifySignalToken(forged, database.db)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
