import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, openDb } from '../db/client';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { LoginNews } from './login-news';
import { loginWatch } from './login-watch';
import { forgetAllPlayers, whoIs } from './players';

/** Another process changes log-ins, straight in the database: this one hears of it, or looks. */

let database: TestDatabase;
let elsewhere: Client;
let news: LoginNews | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
  elsewhere = new Client({ connectionString: database.url });
  await elsewhere.connect();
});
afterEach(async () => {
  await news?.close();
  news = undefined;
});
afterAll(async () => {
  await elsewhere.end();
  await closeDb();
  await database.drop();
});

async function until(isSo: () => boolean): Promise<void> {
  for (const began = Date.now(); !isSo(); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() - began > 10_000) throw new Error('it did not come to that');
}

async function listening(): Promise<LoginNews> {
  const opened = new LoginNews(database.url);
  news = opened;
  await until(() => opened.isListening);
  return opened;
}

async function newLogin() {
  const username = `p_${randomUUID().slice(0, 8)}`;
  const { id } = await database.db.user.create({ data: { username, usernameKey: username } });
  const login = { playerId: id, epoch: 0, loginId: randomUUID() };
  expect(await whoIs(login, database.db)).not.toBeNull();
  return login;
}

type Login = Awaited<ReturnType<typeof newLogin>>;

const ENDS: readonly (readonly [string, (login: Login) => Promise<unknown>])[] = [
  [
    'all are logged out',
    ({ playerId }) =>
      elsewhere.query('update "User" set "sessionEpoch" = "sessionEpoch" + 1 where id = $1', [playerId]),
  ],
  [
    'the player is banned',
    ({ playerId }) => elsewhere.query('update "User" set "bannedAt" = now() where id = $1', [playerId]),
  ],
  [
    'the player is deleted',
    ({ playerId }) => elsewhere.query('delete from "User" where id = $1', [playerId]),
  ],
  [
    'one is logged out',
    ({ playerId, loginId }) =>
      elsewhere.query(
        `insert into "EndedLogin" (id, "userId", "expiresAt") values ($1, $2, now() + interval '1 day')`,
        [loginId, playerId],
      ),
  ],
];

/** How long after `end` the watch has told of it and the log-in is worth nothing, in milliseconds. */
async function msUntilEnded(login: Login, end: (login: Login) => Promise<unknown>): Promise<number> {
  const watch = loginWatch();
  const told = new Promise<void>((resolve) => watch.watch(login, resolve));
  await whoIs(login, database.db);
  await end(login);
  const began = performance.now();
  await told;
  expect(await whoIs(login, database.db)).toBeNull();
  return performance.now() - began;
}

describe('AUTH-7: what was opened with a log-in ends within a second,', () => {
  it.each(ENDS)('also when another process ended it: %s', async (_name, end) => {
    await listening();
    expect(await msUntilEnded(await newLogin(), end)).toBeLessThan(1_000);
  });

  it.each(ENDS)('also where no news come: %s', async (_name, end) => {
    forgetAllPlayers();
    expect(await msUntilEnded(await newLogin(), end)).toBeLessThan(1_000);
  });

  it('and when the connection that brings the news is cut, the looking takes over until it is back', async () => {
    const heard = await listening();
    const login = await newLogin();
    await elsewhere.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'arcade-clash news' and datname = current_database()`,
    );
    await until(() => !heard.isListening);
    const [, end] = ENDS[0] ?? [];
    expect(end && (await msUntilEnded(login, end))).toBeLessThan(1_000);
    await until(() => heard.isListening);
    expect(end && (await msUntilEnded(await newLogin(), end))).toBeLessThan(1_000);
  });
});
