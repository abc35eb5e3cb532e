import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createTill } from './testing/till';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('PAY-9 changes are told at once in the same process, and in another one when it looks', async () => {
  const till = createTill(database.db);
  const { room, clock } = till;
  const elsewhere = createTill(database.db, {}, clock).room;
  const [userId = ''] = await till.people(1);
  const cup = await till.cup();
  const seat = { userId, fee: cup.fee, reservationId: await till.hold(cup, userId) };
  const here: string[] = [];
  const there: string[] = [];
  const mine =
    (told: string[]) =>
    (change: { before: string | undefined; payment: { userId: string; state: string } }) => {
      if (change.payment.userId === userId) told.push(`${change.before} ${change.payment.state}`);
    };
  room.onChange(mine(here));
  const stop = elsewhere.onChange(mine(there));
  await elsewhere.beat();
  const { paymentIntentId } = await till.intend(seat);
  expect(here).toEqual(['undefined pending']);
  await elsewhere.beat();
  await room.process({ paymentIntentId, actor: 'trusted' });
  expect(here).toEqual(['undefined pending', 'pending completed']);
  expect(there).toEqual(['undefined pending']);
  await elsewhere.beat();
  await elsewhere.beat();
  expect(there).toEqual(here);
  stop();
  await room.cancel({ paymentIntentId, reason: '', refundAmount: undefined, actor: 'trusted' });
  await elsewhere.beat();
  expect(there).toHaveLength(2);
});
