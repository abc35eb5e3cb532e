import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../db/testing';
import {
  type AccountServices,
  authenticate,
  chooseName,
  createGuest,
  createOAuthUser,
  register,
} from './accounts';
import { AdminNames } from './admin';
import { deviceCookie } from './devices';
import { AuthLimits } from './rate-limits';

const PASSWORD = 'correct horse 42';
const address = '10.0.0.1';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of the tests, longer than 32 characters');
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  vi.unstubAllEnvs();
});

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

const wrong = { code: 'UNAUTHENTICATED', detail: { field: 'account', reason: 'wrong' } };

describe('logging in', () => {
  it('gives the same answer for a wrong password and for nobody', async () => {
    const own = services();
    const username = freshName();
    await register(own, { username, password: PASSWORD, address });
    const attempt = (name: string, password: string) =>
      authenticate(own, { username: name, password, address });
    await expect(attempt(username, 'wrong password')).rejects.toMatchObject(wrong);
    await expect(attempt(freshName('nobody'), PASSWORD)).rejects.toMatchObject(wrong);
    await expect(attempt(username, `${PASSWORD}${' '.repeat(2_000_000)}`)).rejects.toMatchObject(wrong);
    const guest = await createGuest(own, address);
    await expect(attempt(guest.playerName, PASSWORD)).rejects.toMatchObject(wrong);
  });

  it("takes a name that can't be stored for a wrong one, and counts it", async () => {
    const own = services();
    const attempt = () => authenticate(own, { username: 'a\0b', password: PASSWORD, address });
    for (let failures = 0; failures < 10; failures++) await expect(attempt()).rejects.toMatchObject(wrong);
    await expect(attempt()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(
      authenticate(own, { username: 'c\ud800d', password: PASSWORD, address }),
    ).rejects.toMatchObject(wrong);
  });

  it('counts failures only: a hundred right log-ins at once are all let in', async () => {
    const own = services();
    const username = freshName();
    await register(own, { username, password: PASSWORD, address });
    const entered = await Promise.all(
      Array.from({ length: 100 }, () => authenticate(own, { username, password: PASSWORD, address })),
    );
    expect(entered).toHaveLength(100);
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
    const compared = guesses.filter(
      (guess) => guess.status === 'rejected' && guess.reason.code === 'UNAUTHENTICATED',
    ).length;
    expect(compared).toBeGreaterThanOrEqual(10);
    expect(compared).toBeLessThan(20);
    await expect(authenticate(own, { username, password: PASSWORD, address })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    await authenticate(own, { username, password: PASSWORD, address: '10.0.0.2' });
  });

  it('AUTH-11: takes turns between addresses: a crowd at one keeps nobody else waiting', async () => {
    const own = services();
    const [crowd, other] = [freshName(), freshName()];
    for (const username of [crowd, other]) await register(own, { username, password: PASSWORD, address });
    const rush = Promise.allSettled(
      Array.from({ length: 600 }, () =>
        authenticate(own, { username: crowd, password: PASSWORD, address: '10.1.0.1' }),
      ),
    );
    const began = performance.now();
    await authenticate(own, { username: other, password: PASSWORD, address: '10.1.0.2' });
    expect(performance.now() - began).toBeLessThan(2_000);
    const outcomes = await rush;
    // What is too much for the queue is told so; nobody right is called wrong.
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'UNAVAILABLE', detail: { reason: 'busy' } });
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBeGreaterThanOrEqual(200);
  });

  it('AUTH-10: strangers who guess lock nobody out, neither on a new address nor on a known device', async () => {
    const own = services();
    const username = freshName();
    const { playerId } = await register(own, { username, password: PASSWORD, address });
    const attempt = (from: string, password: string, cookie?: string) =>
      authenticate(own, { username, password, address: from, cookie });
    const cookie = deviceCookie(undefined, playerId, false).split(';')[0];
    // Sixty wrong ones from six addresses, one of them the owner's own.
    const addresses = Array.from({ length: 6 }, (_, i) => `10.2.0.${i}`);
    for (const from of addresses)
      for (let i = 0; i < 10; i++) await expect(attempt(from, `guess ${i}`)).rejects.toMatchObject(wrong);
    await expect(attempt('10.2.0.9', PASSWORD)).resolves.toMatchObject({ playerId });
    await expect(attempt('10.2.0.0', PASSWORD, cookie)).resolves.toMatchObject({ playerId });
    // The guessers themselves are stopped, and a new address of theirs has three more.
    for (const from of addresses)
      await expect(attempt(from, PASSWORD)).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        detail: { field: 'account', reason: 'too_many_failures', retryAfterSeconds: expect.any(Number) },
      });
    for (let i = 0; i < 3; i++) await expect(attempt('10.2.0.7', `more ${i}`)).rejects.toMatchObject(wrong);
    await expect(attempt('10.2.0.7', PASSWORD)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    // A device cookie is worth nothing for another account, and doesn't allow guessing without end.
    const forged = cookie?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    await expect(attempt('10.2.0.0', PASSWORD, forged)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    for (let i = 0; i < 10; i++)
      await expect(attempt('10.2.0.0', `own ${i}`, cookie)).rejects.toMatchObject(wrong);
    await expect(attempt('10.2.0.0', PASSWORD, cookie)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});

describe('admin names', () => {
  it('AUTH-2: can be registered once, with the token of this start, and make an admin', async () => {
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
    const { id: playerId } = await createOAuthUser(database.db, null);
    await expect(chooseName(own, { playerId, username: 'fei-long' })).rejects.toMatchObject({
      detail: { field: 'username', reason: 'reserved' },
    });
  });

  it("that can't be usernames refuse the configuration", () => {
    expect(() => new AdminNames(['no spaces'])).toThrow(/ADMIN_USERS lists "no spaces"/);
  });
});

describe('players without a password', () => {
  it('get names of their own', async () => {
    const own = services();
    const guests = await Promise.all(Array.from({ length: 20 }, () => createGuest(own, address)));
    expect(new Set(guests.map((guest) => guest.playerName)).size).toBe(20);
    expect(guests.every((guest) => guest.isGuest && /^Guest-/.test(guest.playerName))).toBe(true);
  });

  it('AUTH-15: who come through another site race for a name like everybody else', async () => {
    const own = services();
    const username = freshName();
    const rows = await Promise.all([1, 2, 3, 4].map(() => createOAuthUser(database.db, null)));
    const choices = await Promise.allSettled(
      rows.map(({ id: playerId }) => chooseName(own, { playerId, username })),
    );
    expect(choices.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const choice of choices)
      if (choice.status === 'rejected') expect(choice.reason).toMatchObject({ detail: { reason: 'taken' } });
  });
});
