import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changePassword, createGuest, register } from './accounts';
import { parseAdminCommand } from './admin-commands';
import { banPlayer, unbanPlayer } from './bans';
import { LoginWatch } from './login-watch';
import { COOKIE_SECONDS, endAllLogins, forgetExpiredLogins, LOGIN_SECONDS } from './logins';
import { forgetPlayer, type Player, type SignedIn } from './players';
import { renewedCookie } from './renewal';
import { findLogin, readSession } from './session';
import { issueSignalToken, verifySignalToken } from './signal-token';
import { CookieClient } from './testing/cookie-client';
import { type LogIns, SECRET, startLogIns } from './testing/log-ins';

const PASSWORD = 'correct horse 42';
const address = '10.0.0.1';

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
  register(services, { username: `p_${randomUUID().slice(0, 8)}`, password: PASSWORD, address });

async function logIn(player: Player): Promise<{ client: CookieClient; copy: string; who: SignedIn }> {
  const client = new CookieClient(server.origin);
  await client.logIn('credentials', { username: player.playerName, password: PASSWORD });
  const copy = client.cookieHeader;
  const who = await readSession(copy, database.db);
  if (!who) throw new Error('not logged in');
  return { client, copy, who };
}

/** Everything that a log-in can be shown with. */
async function worth({ copy, who }: { copy: string; who: SignedIn }, token: string) {
  return {
    cookie: (await readSession(copy, database.db)) !== null,
    token: await verifySignalToken(token, database.db).then(
      () => true,
      () => false,
    ),
    renewal: (await findLogin(copy, database.db)) !== null,
    who: who.playerId,
  };
}

describe('a log-in ends, with every copy of its cookie and every token,', () => {
  it('AUTH-7: when it is logged out; another device of the same player stays', async () => {
    const player = await newPlayer();
    const [here, there] = [await logIn(player), await logIn(player)];
    const token = (await issueSignalToken(here.who)).token;
    expect(await worth(here, token)).toMatchObject({ cookie: true, token: true });
    // A copy that was renewed by next-auth's session route is the same log-in.
    const thief = new CookieClient(server.origin, { cookie: here.copy });
    for (const pair of here.copy.split('; ')) thief.cookies.set(...splitPair(pair));
    expect(await thief.session()).toHaveProperty('user');
    const renewedCopy = thief.cookieHeader;
    expect(renewedCopy).not.toBe(here.copy);

    await here.client.logOut();
    expect(await worth(here, token)).toMatchObject({ cookie: false, token: false, renewal: false });
    expect(await readSession(renewedCopy, database.db)).toBeNull();
    expect(await thief.session()).toEqual({});
    expect(await readSession(there.copy, database.db)).toMatchObject({ playerId: player.playerId });
  });

  it.each([
    ['all are logged out', (player: Player) => endAllLogins(database.db, player.playerId)],
    [
      'the password is changed',
      (player: Player) =>
        changePassword(services, {
          playerId: player.playerId,
          currentPassword: PASSWORD,
          newPassword: 'another horse 43',
          address,
        }),
    ],
    ['the player is banned', (player: Player) => banPlayer(database.db, player.playerId, 'cheating')],
    [
      'the player is deleted',
      async (player: Player) => {
        await database.db.user.delete({ where: { id: player.playerId } });
        forgetPlayer(player.playerId);
      },
    ],
  ])('AUTH-7: when %s', async (_name, end) => {
    const player = await newPlayer();
    const login = await logIn(player);
    const token = (await issueSignalToken(login.who)).token;
    const ended = vi.fn();
    const watch = new LoginWatch(() => database.db);
    watch.watch(login.who, ended);
    await watch.check();
    expect(ended).not.toHaveBeenCalled();
    expect(await worth(login, token)).toMatchObject({ cookie: true, token: true, renewal: true });
    await end(player);
    expect(await worth(login, token)).toMatchObject({ cookie: false, token: false, renewal: false });
    await watch.check();
    await watch.check();
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('of a guest, when the guest logs out', async () => {
    const client = new CookieClient(server.origin);
    await client.logIn('guest');
    const copy = client.cookieHeader;
    expect(await readSession(copy, database.db)).toMatchObject({ isGuest: true });
    await client.logOut();
    expect(await readSession(copy, database.db)).toBeNull();
  });

  it('in another process within a second, for what stays open', async () => {
    const player = await newPlayer();
    const { who } = await logIn(player);
    const watch = new LoginWatch(() => database.db);
    const began = Date.now();
    const ended = new Promise<void>((resolve) => watch.watch(who, resolve));
    // Straight in the database: this process isn't told.
    await database.db.user.update({
      where: { id: player.playerId },
      data: { sessionEpoch: { increment: 1 } },
    });
    await ended;
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

describe('a ban', () => {
  it('AUTH-8: is told with its reason to whoever has the password, and to nobody else', async () => {
    const player = await newPlayer();
    await banPlayer(database.db, player.playerId, 'threats');
    const attempt = (password: string) =>
      new CookieClient(server.origin).logIn('credentials', { username: player.playerName, password });
    expect(await attempt('wrong password')).toEqual({ status: 401, error: 'CredentialsSignin' });
    expect((await attempt(PASSWORD)).error).toMatch(/banned: threats/);
    await unbanPlayer(database.db, player.playerId);
    expect((await attempt(PASSWORD)).error).toBeNull();
  });

  it('AUTH-8: is given and lifted by the operator’s command', async () => {
    const { playerId, playerName } = await newPlayer();
    const run = (...args: string[]) => parseAdminCommand(args)?.(database.db);
    expect(await run('ban', playerName, 'two', 'words')).toMatchObject({ exitCode: 0 });
    const row = await database.db.user.findUniqueOrThrow({ where: { id: playerId } });
    expect(row).toMatchObject({ banReason: 'two words', sessionEpoch: 1, bannedAt: expect.any(Date) });
    expect(await run('grant', playerName)).toMatchObject({ exitCode: 1 });
    expect(await run('unban', playerName)).toMatchObject({ exitCode: 0 });
    expect(await run('grant', playerName)).toMatchObject({ exitCode: 0 });
    expect(await run('ban', playerName)).toMatchObject({ exitCode: 1 });
    expect(await run('ban', 'nobody-here')).toMatchObject({ exitCode: 1 });
    expect(run('ban')).toBeUndefined();
    expect(run('unban', playerName, 'more')).toBeUndefined();
  });

  it('AUTH-8: does not touch an admin', async () => {
    const player = await newPlayer();
    await database.db.user.update({ where: { id: player.playerId }, data: { role: 'admin' } });
    await expect(banPlayer(database.db, player.playerId, '')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(banPlayer(database.db, 'nobody', '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a change of password', () => {
  it('AUTH-7: needs the current one, and counts wrong ones', async () => {
    const player = await newPlayer();
    const change = (currentPassword: string, newPassword = 'another horse 43') =>
      changePassword(services, {
        playerId: player.playerId,
        currentPassword,
        newPassword,
        address: '10.0.7.1',
      });
    await expect(change('not it')).rejects.toMatchObject({
      detail: { field: 'currentPassword', reason: 'wrong' },
    });
    await expect(change(PASSWORD, 'short')).rejects.toMatchObject({
      detail: { field: 'newPassword', reason: 'too_short' },
    });
    for (let i = 0; i < 9; i++) await change('not it').catch(() => {});
    await expect(change(PASSWORD)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('is not for guests', async () => {
    const guest = await createGuest(services, address);
    const attempt = changePassword(services, {
      playerId: guest.playerId,
      currentPassword: '',
      newPassword: 'another horse 43',
      address,
    });
    await expect(attempt).rejects.toMatchObject({ detail: { field: 'currentPassword', reason: 'none' } });
  });
});

describe('log-outs', () => {
  it('are remembered as long as a cookie of theirs can live, and not longer', async () => {
    const player = await newPlayer();
    const { client, who } = await logIn(player);
    await client.logOut();
    expect(await forgetExpiredLogins(database.db)).toBe(0);
    const row = await database.db.endedLogin.findUniqueOrThrow({ where: { id: who.loginId } });
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + (LOGIN_SECONDS - 60) * 1000);
    await database.db.endedLogin.update({ where: { id: who.loginId }, data: { expiresAt: new Date(0) } });
    expect(await forgetExpiredLogins(database.db)).toBe(1);
  });
});

describe('a cookie', () => {
  const DAY = 24 * 60 * 60;

  async function cookieOf(player: Player, lastsSeconds: number, sinceSeconds: number) {
    const since = Math.floor(Date.now() / 1000) - sinceSeconds;
    const token = { sub: player.playerId, epoch: 0, login: randomUUID(), since };
    return `next-auth.session-token=${await encode({ token, secret: SECRET, maxAge: lastsSeconds })}`;
  }
  const maxAgeOf = (line: string | undefined) => Number(/Max-Age=(\d+)/.exec(line ?? '')?.[1]);

  it('AUTH-6: is renewed by a request in the second half of its 30 days', async () => {
    const player = await newPlayer();
    const young = await cookieOf(player, 16 * DAY, 14 * DAY);
    expect(await renewedCookie(young, database.db)).toBeUndefined();
    const old = await cookieOf(player, 14 * DAY, 16 * DAY);
    const line = await renewedCookie(old, database.db);
    expect(line).toMatch(/^next-auth\.session-token=.*; Path=\/; .*HttpOnly.*SameSite=Lax/);
    expect(maxAgeOf(line)).toBe(COOKIE_SECONDS);
    const renewed = line?.split(';')[0];
    const [before, after] = [await findLogin(old, database.db), await findLogin(renewed, database.db)];
    expect(after?.player).toEqual(before?.player);
    expect(after?.claims.since).toBe(before?.claims.since);
  });

  it('AUTH-6: ends a year after the password was given, a guest’s excepted', async () => {
    const player = await newPlayer();
    const late = await cookieOf(player, 2 * DAY, 360 * DAY);
    const left = maxAgeOf(await renewedCookie(late, database.db));
    expect(left).toBeGreaterThan(4.9 * DAY);
    expect(left).toBeLessThanOrEqual(5 * DAY);
    const last = await cookieOf(player, DAY, 364 * DAY);
    expect(await renewedCookie(last, database.db)).toBeUndefined();
    // next-auth's own route gives no more either.
    const client = new CookieClient(server.origin);
    client.cookies.set(...splitPair(late));
    await client.session();
    const found = await findLogin(client.cookieHeader, database.db);
    expect((found?.claims.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(5 * DAY + 1);
    const guest = await createGuest(services, address);
    const guestCookie = await cookieOf(guest, DAY, 700 * DAY);
    expect(maxAgeOf(await renewedCookie(guestCookie, database.db))).toBe(COOKIE_SECONDS);
  });

  it('AUTH-6: of an ended log-in is not renewed', async () => {
    const player = await newPlayer();
    const cookie = await cookieOf(player, DAY, 29 * DAY);
    expect(await renewedCookie(cookie, database.db)).toBeDefined();
    await endAllLogins(database.db, player.playerId);
    expect(await renewedCookie(cookie, database.db)).toBeUndefined();
    expect(await renewedCookie('next-auth.session-token=junk', database.db)).toBeUndefined();
  });
});

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
