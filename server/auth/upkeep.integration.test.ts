import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../db/testing';
import { type AccountServices, createGuest, register } from './accounts';
import { AdminNames } from './admin';
import { AuthLimits } from './rate-limits';
import { expireGuests, fillSkeletons, GUEST_DAYS } from './upkeep';
import { usernameKey } from './usernames';

const PASSWORD = 'correct horse 42';
const DAY_MS = 24 * 60 * 60 * 1000;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let services: AccountServices;
beforeAll(async () => {
  database = await createTestDatabase();
  services = { db: database.db, limits: new AuthLimits(), admins: new AdminNames([]) };
});
afterAll(() => database.drop());

const exists = async (id: string) => (await database.db.user.count({ where: { id } })) === 1;

describe('guests', () => {
  it('AUTH-14: whom nobody has seen for a week are deleted, those who played and all others stay', async () => {
    const [idle, played, fresh] = await Promise.all(
      [1, 2, 3].map((n) => createGuest(services, `10.0.0.${n}`)),
    );
    const account = await register(services, {
      username: `a_${randomUUID().slice(0, 8)}`,
      password: PASSWORD,
      address: '10.0.0.1',
    });
    if (!idle || !played || !fresh) throw new Error('no guests');
    await database.db.matchSession.create({
      data: { player1Id: account.playerId, player2Id: played.playerId, player1Character: 1 },
    });
    const old = new Date(Date.now() - (GUEST_DAYS + 1) * DAY_MS);
    await database.db.user.updateMany({
      where: { id: { in: [idle.playerId, played.playerId, account.playerId] } },
      data: { lastSeenAt: old },
    });
    expect(await expireGuests(database.db)).toBe(1);
    expect(await exists(idle.playerId)).toBe(false);
    for (const { playerId } of [played, fresh, account]) expect(await exists(playerId)).toBe(true);
  });

  it('AUTH-14: go in small batches, however many there are', async () => {
    const lastSeenAt = new Date(0);
    const data = Array.from({ length: 1_201 }, (_, n) => ({
      username: `Guest-${n}`,
      usernameKey: `flood-${n}`,
      isGuest: true,
      lastSeenAt,
    }));
    await database.db.user.createMany({ data });
    expect(await expireGuests(database.db)).toBe(1_201);
  });
});

describe('names from before the rule', () => {
  it('AUTH-3: work on when they look alike, and keep others from looking like them', async () => {
    const stem = `z${randomUUID().replaceAll(/[^a-f]/g, '')}zz`.slice(0, 12);
    const [older, younger] = [`${stem}la`, `${stem}Ia`];
    for (const [n, username] of [older, younger].entries())
      await database.db.user.create({
        data: { username, usernameKey: `${usernameKey(username)}`, createdAt: new Date(n * 1000) },
      });
    expect(await fillSkeletons(database.db)).toBeGreaterThanOrEqual(2);
    const skeletons = await database.db.user.findMany({
      where: { username: { in: [older, younger] } },
      orderBy: { createdAt: 'asc' },
      select: { id: true, skeleton: true },
    });
    expect(skeletons.map(({ id, skeleton }) => skeleton?.replace(id, 'id'))).toEqual([
      older.replaceAll('m', 'rn'),
      `${older}#id`,
    ]);
    expect(await fillSkeletons(database.db)).toBe(0);
    await expect(
      register(services, { username: `${stem}1a`, password: PASSWORD, address: '10.0.0.9' }),
    ).rejects.toMatchObject({ code: 'CONFLICT', detail: { field: 'username', reason: 'confusable' } });
  });
});
