import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const IMPOSSIBLE = ['\0', 'a\0b', '', 'no spaces', 'x'.repeat(129)];

const createCaller = createCallerFactory(appRouter);
const visitor = createCaller({ user: null, address: '127.0.0.1' });
const admin = createCaller({
  user: {
    playerId: randomUUID(),
    playerName: 'boss',
    role: 'admin',
    isGuest: false,
    loginId: 'test',
    epoch: 0,
  },
  address: '127.0.0.1',
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

describe("ids that can't be", () => {
  it.each(IMPOSSIBLE)('are the fault of whoever asks: %j', async (id) => {
    const refused = { code: 'BAD_REQUEST' };
    await expect(visitor.replay.get({ sessionId: id })).rejects.toMatchObject(refused);
    await expect(visitor.replay.data({ sessionId: id })).rejects.toMatchObject(refused);
    await expect(visitor.training.get({ sessionId: id })).rejects.toMatchObject(refused);
    await expect(visitor.match.get({ matchId: id })).rejects.toMatchObject(refused);
    await expect(admin.training.stop({ sessionId: id })).rejects.toMatchObject(refused);
    await expect(admin.admin.session({ sessionId: id })).rejects.toMatchObject(refused);
  });

  it('are refused in the filters of an admin too, which may be empty', async () => {
    const refused = { code: 'BAD_REQUEST' };
    await expect(admin.admin.sessions({ id: 'a\0b' })).rejects.toMatchObject(refused);
    await expect(admin.admin.sessions({ player: 'a\0b' })).rejects.toMatchObject(refused);
    await expect(admin.admin.players({ name: 'a\0b' })).rejects.toMatchObject(refused);
    expect((await admin.admin.sessions({ id: ' ', player: 'two words' })).sessions).toEqual([]);
  });
});
