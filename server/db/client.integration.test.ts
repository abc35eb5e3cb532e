import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('the database client', () => {
  it('writes and reads through the real PostgreSQL', async () => {
    const made = await test.db.user.create({ data: { username: 'Ada', usernameKey: 'ada' } });
    const read = await test.db.user.findUniqueOrThrow({ where: { id: made.id } });
    expect(read).toMatchObject({ username: 'Ada', role: 'player', isGuest: false });
    expect(Math.abs(read.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('keeps usernames unique without regard to case, through the key', async () => {
    await test.db.user.create({ data: { username: 'Bob', usernameKey: 'bob' } });
    await expect(
      test.db.user.create({ data: { username: 'BOB', usernameKey: 'bob' } }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });

  it('answers a query also when all connections of the pool are busy', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => test.db.$queryRaw`SELECT pg_sleep(0.02)::text`),
    );
    expect(answers).toHaveLength(40);
  });
});
