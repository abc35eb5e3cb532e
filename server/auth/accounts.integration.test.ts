import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../db/testing';
import { type AccountServices, authenticate, createGuest, createOAuthUser, register } from './accounts';
import { AdminNames } from './admin';
import { AuthLimits } from './rate-limits';

const PASSWORD = 'correct horse 42';
const address = '10.0.0.1';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function services(admins: string[] = []): AccountServices {
  return { db: database.db, limits: new AuthLimits(), admins: new AdminNames(admins) };
}

const freshName = (prefix = 'p') => `${prefix}_${randomUUID().slice(0, 8)}`;

describe('registering', () => {
  it('makes a player who can log in, in whatever case the name is typed', async () => {
    const own = services();
    const username = freshName('Ryu');
    const player = await register(own, { username, password: PASSWORD, address });
    expect(player).toMatchObject({ playerName: username, role: 'player', isGuest: false });
    const entered = await authenticate(own, {
      username: username.toUpperCase(),
      password: PASSWORD,
      address,
    });
    expect(entered?.playerId).toBe(player.playerId);
  });

  it('keeps names unique without regard to case or compatibility forms', async () => {
    const own = services();
    const username = freshName('abc');
    await register(own, { username, password: PASSWORD, address });
    const taken = { code: 'CONFLICT', detail: { field: 'username', reason: 'taken' } };
    for (const variant of [username, username.toUpperCase(), username.replace('abc', 'ａｂｃ')])
      await expect(register(own, { username: variant, password: PASSWORD, address })).rejects.toMatchObject(
        taken,
      );
  });

  it('lets exactly one of two racing registrations win', async () => {
    const own = services();
    const username = freshName('race');
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => register(own, { username, password: PASSWORD, address })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
  });

  it.each([
    'password',
    'PassWord1',
    '12345678',
    '        ',
    'abababab',
    'qwertyuiop',
    'football',
    'letmein1',
  ])('AUTH-4: refuses the password "%s", which everybody guesses first', async (password) => {
    await expect(register(services(), { username: freshName(), password, address })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      detail: { field: 'password', reason: 'too_common' },
    });
  });

  it('says what is wrong with a password, and stores none in plain', async () => {
    const own = services();
    const refused = (password: string) => register(own, { username: 'chunli', password, address });
    await expect(refused('short')).rejects.toMatchObject({
      detail: { field: 'password', reason: 'too_short' },
    });
    await expect(refused('x'.repeat(201))).rejects.toMatchObject({ detail: { reason: 'too_long' } });
    const username = freshName('same');
    await expect(
      register(own, { username, password: username.toUpperCase(), address }),
    ).rejects.toMatchObject({ detail: { reason: 'same_as_username' } });
    const player = await register(own, { username, password: PASSWORD, address });
    const row = await database.db.user.findUniqueOrThrow({ where: { id: player.playerId } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('logging in', () => {
  it('gives the same answer for a wrong password and for nobody', async () => {
    const own = services();
    const username = freshName();
    await register(own, { username, password: PASSWORD, address });
    const attempt = (name: string, password: string) =>
      authenticate(own, { username: name, password, address });
    expect(await attempt(username, 'wrong password')).toBeNull();
    expect(await attempt(freshName('nobody'), PASSWORD)).toBeNull();
    expect(await attempt(username, `${PASSWORD}${' '.repeat(2_000_000)}`)).toBeNull();
    const guest = await createGuest(own, address);
    expect(await attempt(guest.playerName, PASSWORD)).toBeNull();
  });

  it('takes a name that cannot be stored for a wrong one, and counts it', async () => {
    const own = services();
    const attempt = () => authenticate(own, { username: 'a\0b', password: PASSWORD, address });
    for (let failures = 0; failures < 10; failures++) expect(await attempt()).toBeNull();
    await expect(attempt()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await authenticate(own, { username: 'c\ud800d', password: PASSWORD, address })).toBeNull();
  });

  it('counts failures only: a hundred right log-ins at once are all let in', async () => {
    const own = services();
    const username = freshName();
    await register(own, { username, password: PASSWORD, address });
    const entered = await Promise.all(
      Array.from({ length: 100 }, () => authenticate(own, { username, password: PASSWORD, address })),
    );
    expect(entered.every((player) => player !== null)).toBe(true);
  });

  it('stops a guesser after ten failures, even one who sends all guesses at once', async () => {
    const own = services();
    const username = freshName();
    await register(own, { username, password: PASSWORD, address });
    const guesses = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        authenticate(own, { username, password: `guess number ${i}`, address }),
      ),
    );
    const compared = guesses.filter((guess) => guess.status === 'fulfilled').length;
    expect(compared).toBeGreaterThanOrEqual(10);
    expect(compared).toBeLessThan(20);
    await expect(authenticate(own, { username, password: PASSWORD, address })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await authenticate(own, { username, password: PASSWORD, address: '10.0.0.2' })).not.toBeNull();
  });
});

describe('admin names', () => {
  it('can be registered once, with the token of this start, and make an admin', async () => {
    const boss = freshName('Boss');
    const own = services([boss]);
    const issued = await own.admins.issueTokens(database.db);
    expect(issued.map((entry) => entry.username)).toEqual([boss]);
    const adminToken = issued[0]?.token;
    const attempt = (token?: string) =>
      register(own, { username: boss.toLowerCase(), password: PASSWORD, adminToken: token, address });
    await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN', detail: { reason: 'required' } });
    await expect(attempt('guess')).rejects.toMatchObject({ code: 'FORBIDDEN', detail: { reason: 'wrong' } });
    expect(await attempt(adminToken)).toMatchObject({ role: 'admin' });
    await expect(attempt(adminToken)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await own.admins.issueTokens(database.db)).toEqual([]);
  });

  it('may be reserved names, and are never given to OAuth players', async () => {
    const own = services(['moderator', 'fei-long']);
    await expect(register(own, { username: 'moderator', password: PASSWORD, address })).rejects.toMatchObject(
      {
        code: 'FORBIDDEN',
      },
    );
    const row = await createOAuthUser(own, { name: 'Fei-Long' });
    expect(row.usernameKey).toMatch(/^fei-long\d+$/);
    expect(row.role).toBe('player');
  });

  it('that cannot be usernames refuse the configuration', () => {
    expect(() => new AdminNames(['no spaces'])).toThrow(/ADMIN_USERS lists "no spaces"/);
  });
});

describe('players without a password', () => {
  it('get names of their own', async () => {
    const own = services();
    const guests = await Promise.all(Array.from({ length: 20 }, () => createGuest(own, address)));
    expect(new Set(guests.map((guest) => guest.playerName)).size).toBe(20);
    expect(guests.every((guest) => guest.isGuest && /^Guest-/.test(guest.playerName))).toBe(true);
    const first = await createOAuthUser(own, { name: 'Jane Doe', email: `${randomUUID()}@example.org` });
    const second = await createOAuthUser(own, { name: 'jane doe' });
    expect(first.username).toBe('Jane_Doe');
    expect(second.usernameKey).toMatch(/^jane_doe\d+$/);
  });
});
