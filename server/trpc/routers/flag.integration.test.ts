import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const createCaller = createCallerFactory(appRouter);
const signedIn = (role: 'admin' | 'player', playerId: string = randomUUID()) =>
  createCaller({
    user: { playerId, playerName: role, role, isGuest: false, loginId: 'test', epoch: 0 },
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

describe('UP-8: switches', () => {
  it('are for admins alone', async () => {
    const player = signedIn('player');
    await expect(player.flag.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const change = { key: 'share.payment', value: 5, reason: 'mine' };
    await expect(player.flag.set(change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(player.flag.comparison()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(player.flag.history({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are listed, set with a reason, and remembered with who set them', async () => {
    const admin = signedIn('admin');
    expect(await admin.flag.list()).toContainEqual(
      expect.objectContaining({ key: 'share.payment', value: 0, version: 0 }),
    );
    expect(await admin.flag.set({ key: 'share.payment', value: 5, reason: 'a try' })).toEqual({ version: 1 });
    expect(await admin.flag.list()).toContainEqual(
      expect.objectContaining({ key: 'share.payment', value: 5, version: 1 }),
    );
    const late = admin.flag.set({ key: 'share.payment', value: 6, reason: 'more', ifVersion: 0 });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    const history = await admin.flag.history({ target: 'flag:share.payment' });
    expect(history.entries).toMatchObject([{ action: 'flag.set', before: 0, after: 5, reason: 'a try' }]);
    expect(history.entries[0]?.actorId).toMatch(/^[0-9a-f-]{36}$/);
    // Who is gone by now has an id and no name.
    expect(history.entries[0]?.actorName).toBeNull();
    const { id } = await database.db.user.create({ data: { username: 'Boss', usernameKey: 'boss' } });
    await signedIn('admin', id).flag.set({
      key: 'share.payment',
      value: 7,
      reason: 'by somebody who is here',
    });
    const { entries } = await admin.flag.history({ target: 'flag:share.payment', limit: 1 });
    expect(entries).toMatchObject([{ actorId: id, actorName: 'Boss' }]);
  });

  it.each([
    [{ key: 'share.payment', value: 101, reason: 'too much' }],
    [{ key: 'share.payment', value: 'all', reason: 'no number' }],
    [{ key: 'share.payment', value: null, reason: 'none' }],
    [{ key: 'share.payment', value: 5, reason: '  ' }],
    [{ key: 'share.nothing', value: 5, reason: 'unknown' }],
  ])('take nothing that does not fit: %j', async (change) => {
    await expect(signedIn('admin').flag.set(change)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('compare nothing where everything is here', async () => {
    expect(await signedIn('admin').flag.comparison()).toEqual([]);
  });
});
