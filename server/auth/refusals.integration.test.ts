import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { asAppError } from '../errors';
import {
  type AccountServices,
  authenticate,
  changePassword,
  chooseName,
  createGuest,
  createOAuthUser,
  register,
} from './accounts';
import { AdminNames } from './admin';
import { banPlayer } from './bans';
import { createGate } from './gate';
import { AuthLimits } from './rate-limits';

const PASSWORD = 'correct horse 42';
const address = '10.0.0.1';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const freshName = () => `p_${randomUUID().slice(0, 8)}`;
const services = (): AccountServices => ({
  db: database.db,
  limits: new AuthLimits(),
  admins: new AdminNames(['the-boss']),
});
const newPlayer = () => register(services(), { username: freshName(), password: PASSWORD, address });
const asks = (username: string, more: { password?: string; adminToken?: string } = {}) =>
  register(services(), { username, password: PASSWORD, address, ...more });

async function changes(currentPassword: string, newPassword: string, playerId?: string): Promise<void> {
  const id = playerId ?? (await newPlayer()).playerId;
  await changePassword(services(), { playerId: id, currentPassword, newPassword, address });
}

/** What a refused attempt has in its `detail`. */
async function detailOf(attempt: () => Promise<unknown>): Promise<unknown> {
  const outcome = await attempt().catch((error: unknown) => asAppError(error) ?? error);
  return outcome instanceof Error && 'detail' in outcome ? outcome.detail : outcome;
}

async function untilRefused(attempt: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 1_000; n += 1) await attempt();
}

describe('AUTH-5: a refusal', () => {
  it.each<[field: string, reason: string, attempt: () => Promise<unknown>]>([
    ['username', 'too_short', () => asks('ab')],
    ['username', 'too_long', () => asks('x'.repeat(21))],
    ['username', 'invisible_character', () => asks('ab\u200bcd')],
    ['username', 'space', () => asks('two words')],
    ['username', 'character_not_allowed', () => asks('a.b.c')],
    ['username', 'no_letter_or_digit', () => asks('___')],
    ['username', 'mixed_alphabets', () => asks('p\u0430ypal')],
    ['username', 'reserved', () => asks('moderator')],
    ['username', 'taken', async () => asks((await newPlayer()).playerName.toUpperCase())],
    [
      'username',
      'confusable',
      async () => {
        await asks('look_alike');
        await asks('1ook_alike');
      },
    ],
    [
      'username',
      'chosen',
      async () => {
        const { id: playerId } = await createOAuthUser(database.db, null);
        for (const username of [freshName(), freshName()])
          await chooseName(services(), { playerId, username });
      },
    ],
    ['password', 'too_short', () => asks(freshName(), { password: 'short' })],
    ['password', 'too_long', () => asks(freshName(), { password: 'x'.repeat(201) })],
    ['password', 'same_as_username', () => asks('same-as-name', { password: 'SAME-as-name' })],
    ['password', 'too_common', () => asks(freshName(), { password: 'football' })],
    ['newPassword', 'too_short', () => changes(PASSWORD, 'short')],
    ['newPassword', 'too_long', () => changes(PASSWORD, 'x'.repeat(201))],
    [
      'newPassword',
      'same_as_username',
      async () => {
        const { playerId, playerName } = await newPlayer();
        await changes(PASSWORD, playerName, playerId);
      },
    ],
    ['newPassword', 'too_common', () => changes(PASSWORD, 'football')],
    ['currentPassword', 'wrong', () => changes('not it at all', 'another horse 43')],
    [
      'currentPassword',
      'none',
      async () => changes('', 'another horse 43', (await createGuest(services(), address)).playerId),
    ],
    ['adminToken', 'required', () => asks('the-boss')],
    ['adminToken', 'wrong', () => asks('the-boss', { adminToken: 'a guess' })],
    [
      'account',
      'wrong',
      () => authenticate(services(), { username: freshName(), password: PASSWORD, address }),
    ],
    [
      'account',
      'banned',
      async () => {
        const { playerId, playerName: username } = await newPlayer();
        await banPlayer(database.db, playerId, 'cheating');
        await authenticate(services(), { username, password: PASSWORD, address });
      },
    ],
  ])('says that %s is %s, and nothing else', async (field, reason, attempt) => {
    expect(await detailOf(attempt)).toEqual({ field, reason });
  });

  it.each<[reason: string, attempt: () => Promise<unknown>]>([
    [
      'too_many_failures',
      async () => {
        const { limits, ...others } = services();
        const attempt = { account: 'ann', address };
        for (let n = 0; n < 10; n += 1) await limits.countFailedLogin(attempt);
        await authenticate({ limits, ...others }, { username: 'ann', password: PASSWORD, address });
      },
    ],
    [
      'too_many_registrations',
      () => {
        const { limits } = services();
        return untilRefused(() => limits.countRegistration(address));
      },
    ],
    [
      'too_many_guests',
      () => {
        const { limits } = services();
        return untilRefused(() => limits.countGuest(address));
      },
    ],
    [
      'busy',
      () => {
        const gate = createGate({ limit: 1, maxWaiting: 0, maxWaitingPerKey: 0 });
        void gate(address, () => new Promise(() => {}));
        return gate(address, async () => {});
      },
    ],
  ])('says of %s how many seconds to wait', async (reason, attempt) => {
    const detail = await detailOf(attempt);
    expect(detail).toEqual({ field: 'account', reason, retryAfterSeconds: expect.any(Number) });
    expect(detail).toHaveProperty(
      'retryAfterSeconds',
      expect.toSatisfy((seconds: number) => seconds >= 1),
    );
  });
});
