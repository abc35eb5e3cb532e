import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const createCaller = createCallerFactory(appRouter);
const visitor = createCaller({ user: null, address: '127.0.0.1' });
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

async function player(role: 'player' | 'organizer' = 'player') {
  const { id } = await database.db.user.create({
    data: { username: 'Ann', usernameKey: randomUUID(), role, lastLoginAt: new Date() },
  });
  const user = { playerId: id, playerName: 'Ann', role, isGuest: false, loginId: randomUUID(), epoch: 0 };
  return { id, api: createCaller({ user, address: '127.0.0.1' }) };
}

/** What a subscription says first, and what it says when `change` is done. */
async function firstTwo<T>(
  events: AsyncIterable<T>,
  change: () => Promise<unknown>,
): Promise<readonly [T, T]> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  await change();
  const second = await iterator.next();
  await iterator.return?.();
  return [first.value, second.value];
}

const create = async (hours = 1, more: Record<string, unknown> = {}) => {
  const owner = await player('organizer');
  const terms = {
    name: 'Friday Cup',
    seats: 8,
    opensAt: inHours(hours),
    startsAt: inHours(hours + 1),
    ...more,
  };
  return { owner, ...(await owner.api.tournament.create(terms)) };
};

describe('tournaments over tRPC', () => {
  it('TOUR-1: are there for everybody to see, and for players to act in', async () => {
    const { tournamentId } = await create();
    const { now, tournaments } = await visitor.tournament.list();
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    expect(tournaments).toMatchObject([{ tournamentId, status: 'scheduled', confirmed: 0 }]);
    expect(await visitor.tournament.get({ tournamentId })).toMatchObject({ my: null, may: [], entrants: [] });
    expect(await visitor.tournament.bracket({ tournamentId })).toMatchObject({ pairings: [], version: 0 });
    const acts: (() => Promise<unknown>)[] = [
      () => visitor.tournament.join({ tournamentId }),
      () => visitor.tournament.checkIn({ tournamentId }),
      () => visitor.tournament.leave({ tournamentId }),
      () => visitor.tournament.open({ tournamentId }),
      () => visitor.queue.place({ tournamentId }),
      () => visitor.wallet.get(),
      () => visitor.room.create({ name: 'Corner' }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const unknown = { tournamentId: 'nothing-here' };
    await expect(visitor.tournament.get(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(visitor.tournament.get({ tournamentId: 'a\0b' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    // In a process where no desk is open nobody waits in vain.
    const { api } = await player();
    await expect(api.tournament.join({ tournamentId })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });

  it('TOUR-1: tell of each change of a bracket to whoever watches', async () => {
    const { tournamentId, owner } = await create();
    const [first, second] = await firstTwo(await visitor.tournament.bracketStream({ tournamentId }), () =>
      owner.api.tournament.announce({ tournamentId, text: 'Soon' }),
    );
    expect([first, second]).toMatchObject([
      { version: 0, announcement: '' },
      { version: 1, announcement: 'Soon' },
    ]);
    const { api } = await player();
    const [before, after] = await firstTwo(await api.queue.place({ tournamentId }), () =>
      owner.api.tournament.open({ tournamentId }),
    );
    expect([before, after]).toMatchObject([
      { status: 'scheduled', place: null, seat: null, balance: 150 },
      { status: 'open' },
    ]);
  });

  it('say what somebody may hold, and refuse the rest with its field', async () => {
    const { api } = await player();
    expect(await api.tournament.limits()).toMatchObject({
      mayCharge: false,
      open: 0,
      maxSeats: { double: 256 },
    });
    const terms = { name: 'Cup', opensAt: inHours(1), startsAt: inHours(2) };
    await expect(api.tournament.create({ ...terms, seats: 1 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      cause: { detail: { reason: 'bad_request', field: 'seats' } },
    });
    await expect(api.tournament.create({ ...terms, seats: 4, startsAt: 'tomorrow' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('rooms and coins over tRPC', () => {
  it('ROOM-1: rooms are there for everybody to see', async () => {
    const { id } = await player();
    const { id: roomId } = await database.db.room.create({ data: { name: 'Corner', hostId: id } });
    expect((await visitor.room.list()).rooms).toMatchObject([{ roomId, waiting: 0, champion: null }]);
    expect(await visitor.room.get({ roomId })).toMatchObject({ name: 'Corner', my: null, queue: [] });
    const [first, second] = await firstTwo(await visitor.room.stream({ roomId }), () =>
      database.db.room.update({ where: { id: roomId }, data: { streak: 2, championId: id } }),
    );
    expect([first.streak, second.streak]).toEqual([0, 2]);
  });

  it('a wallet shows what one has and what moved', async () => {
    const { api } = await player();
    expect(await api.wallet.get()).toEqual({ balance: 150, currency: 'COIN' });
    const { entries, nextCursor } = await api.wallet.history({ limit: 1 });
    expect(entries).toMatchObject([{ kind: 'daily', amount: 50, balanceAfter: 150 }]);
    expect((await api.wallet.history({ cursor: nextCursor })).entries).toMatchObject([{ kind: 'welcome' }]);
  });
});
