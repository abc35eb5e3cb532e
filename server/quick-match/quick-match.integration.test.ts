import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { createFakeClock, type FakeClock } from '../sessions/testing/fake-clock';
import { createLocalQuickMatch, type QuickMatch, type QuickMatchOptions } from './quick-match';

/** What happens while two are being brought together: the queue, a real database, and a fight's making that the test holds up. */

type Told = Parameters<QuickMatchOptions['notify']>[1];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let clock: FakeClock;
let quick: QuickMatch;
let told: Map<string, Told[]>;
/** Who is in a match, as far as the sessions know. */
let fighting: Set<string>;
/** What happens between the looks at who asks for a place and the questions to the database. */
let meanwhile: () => void;
/** Fights that are being made. */
let making: { resolve(): void }[];

beforeEach(() => {
  clock = createFakeClock();
  told = new Map();
  fighting = new Set();
  making = [];
  meanwhile = () => {};
  quick = createLocalQuickMatch({
    ...{ db: database.db, clock, log: pino({ level: 'silent' }) },
    sessions: {
      arrange: () =>
        new Promise((resolve) => making.push({ resolve: () => resolve({ sessionId: randomUUID() }) })),
      matchOf: (playerId) =>
        fighting.has(playerId) ? { sessionId: randomUUID(), clientId: null, source: null } : undefined,
      quickMatchRefusedUntil: async () => undefined,
    },
    notify: (playerId, status) => told.set(playerId, [...(told.get(playerId) ?? []), status]),
    isOnline: () => true,
    rttOf: () => 10,
    isUndisturbed() {
      meanwhile();
      return false;
    },
  });
});
afterEach(() => quick.close());

async function enter(): Promise<string> {
  const username = `p${randomUUID().slice(0, 8)}`;
  const { id } = await database.db.user.create({ data: { username, usernameKey: username } });
  await join(id);
  return id;
}
const join = (playerId: string) => quick.join({ playerId, characterId: 1 });
const left = (playerId: string) =>
  (told.get(playerId) ?? []).flatMap((status) => (status.state === 'left' ? [status.reason] : []));
/** For what is asked of the database. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

it('SIG-31: whose line goes while the database is asked is brought together with nobody', async () => {
  const [one] = [await enter(), await enter()];
  clock.advance(500);
  quick.gone(one);
  await settle();
  expect(making).toEqual([]);
  quick.back(one);
  clock.advance(500);
  await expect.poll(() => making.length).toBe(1);
});

it('SIG-30: who leaves and comes back while a fight is made keeps the new place', async () => {
  const [one, two] = [await enter(), await enter()];
  clock.advance(500);
  await expect.poll(() => making.length).toBe(1);
  quick.leave(one);
  clock.advance(1_000);
  await join(one);
  making[0]?.resolve();
  await settle();
  expect(left(two)).toEqual(['matched']);
  expect(left(one)).toEqual(['left']);
  clock.advance(2_000);
  expect(told.get(one)?.at(-1)).toMatchObject({ state: 'waiting', waitingMs: 2_000 });
});

it('SIG-31: whose match begins while a place is asked for has none', async () => {
  const one = await enter();
  quick.leave(one);
  meanwhile = () => fighting.add(one);
  await expect(join(one)).rejects.toMatchObject({ code: 'CONFLICT' });
});
