import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { FEES, potAccount } from '../ledger/accounts';
import { grantCoins } from '../ledger/coins';
import { transfer } from '../ledger/ledger';
import { proveBooks } from '../ledger/prove-books';
import type { Payment } from './payments';
import { type Cup, createTill, refusedWith, type Till } from './testing/till';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Somebody who holds a seat, and a till of their own. */
async function holder(
  fee = 10,
): Promise<Till & { cup1: Cup; userId: string; reservationId: string; fee: number }> {
  const till = createTill(database.db);
  const [userId = ''] = await till.people(1);
  const cup1 = await till.cup({ fee });
  const reservationId = await till.hold(cup1, userId);
  return { ...till, cup1, userId, reservationId, fee };
}

/** Nothing in the whole database is wrong, the seats that this file writes by hand aside. */
async function expectSoundBooks(): Promise<void> {
  const proof = await proveBooks(database.db);
  expect(proof).toMatchObject({ sumOfEntries: 0n, sumOfBalances: 0n });
  expect(proof.violations.filter(({ what }) => what !== 'seat_without_entrant')).toEqual([]);
}

test('PAY-1 an intent waits until it is processed, which moves the coins and answers in the same call', async () => {
  const { room, userId, intend, coinsOf, potOf, cup1, ...seat } = await holder();
  const intent = await intend({ ...seat, userId });
  expect(intent).toMatchObject({ state: 'pending', amount: 10, userId, transactionId: undefined });
  expect(await room.get(intent.paymentIntentId, { playerId: userId })).toEqual(intent);
  const paid = await room.process({ paymentIntentId: intent.paymentIntentId, actor: { playerId: userId } });
  expect(paid).toMatchObject({
    state: 'completed',
    transactionId: expect.any(String),
    processedAt: expect.any(Date),
  });
  expect(await coinsOf(userId)).toBe(90);
  expect(await potOf(cup1)).toBe(10);
  await expectSoundBooks();
});

test('PAY-2 two hundred processes of one intent move its coins once, and all are told the same', async () => {
  const { room, userId, intend, coinsOf, potOf, cup1, ...seat } = await holder(30);
  const { paymentIntentId } = await intend({ ...seat, userId });
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => room.process({ paymentIntentId, actor: 'trusted' })),
  );
  expect(new Set(answers.map(({ transactionId }) => transactionId)).size).toBe(1);
  expect(answers.every(({ state }) => state === 'completed')).toBe(true);
  expect([await coinsOf(userId), await potOf(cup1)]).toEqual([70, 30]);
  await expectSoundBooks();
});

test('PAY-2 two intents for one seat, processed at once: one is paid, and the other can’t be any more', async () => {
  const { room, userId, intend, coinsOf, ...seat } = await holder();
  const intents = await Promise.all([1, 2, 3, 4].map(() => intend({ ...seat, userId })));
  await Promise.allSettled(
    intents.map(({ paymentIntentId }) => room.process({ paymentIntentId, actor: 'trusted' })),
  );
  const { payments } = await room.list({
    userId,
    reservationId: undefined,
    state: undefined,
    limit: 50,
    cursor: undefined,
  });
  expect(payments.map(({ state }) => state).sort()).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
    'completed',
  ]);
  expect(await coinsOf(userId)).toBe(90);
  expect(await refusedWith(intend({ ...seat, userId }))).toBe('payment_over');
});

test('a hundred people with coins for one of two seats pay for one each, and nobody owes', async () => {
  const till = createTill(database.db);
  const people = await till.people(100);
  const cups = [await till.cup({ fee: 60 }), await till.cup({ fee: 70 })];
  const intents: Payment[] = [];
  for (const userId of people)
    for (const cup of cups)
      intents.push(await till.intend({ reservationId: await till.hold(cup, userId), userId, fee: cup.fee }));
  const paid = await Promise.all(
    intents.map(({ paymentIntentId }) => till.room.process({ paymentIntentId, actor: 'trusted' })),
  );
  for (const person of people) {
    const states = paid.filter(({ userId }) => userId === person).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['completed', 'failed']);
  }
  expect(
    paid.filter(({ state }) => state === 'failed').every(({ failureReason }) => failureReason === 'no_funds'),
  ).toBe(true);
  const left = await Promise.all(people.map(till.coinsOf));
  expect(left.every((coins) => coins === 40 || coins === 30)).toBe(true);
  await expectSoundBooks();
});

test('PAY-3 too few coins fail an intent for good; a new one can be made and paid later', async () => {
  const { room, userId, intend, coinsOf, ...seat } = await holder(150);
  const { paymentIntentId } = await intend({ ...seat, userId });
  const failed = await room.process({ paymentIntentId, actor: 'trusted' });
  expect(failed).toMatchObject({ state: 'failed', failureReason: 'no_funds' });
  expect(await coinsOf(userId)).toBe(100);
  await grantCoins(database.db, { userId, amount: 100, reason: 'a test' }, userId);
  expect(await room.process({ paymentIntentId, actor: 'trusted' })).toEqual(failed);
  const again = await intend({ ...seat, userId });
  const paid = await room.process({ paymentIntentId: again.paymentIntentId, actor: 'trusted' });
  expect([paid.state, await coinsOf(userId)]).toEqual(['completed', 50]);
});

test('PAY-4 what can’t be meant is refused, with its reason', async () => {
  const { room, userId, intend, cup, hold, seatBecomes, people, ...seat } = await holder();
  const mine = { ...seat, userId };
  const [stranger = ''] = await people(1);
  for (const amount of [0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, 9, 11])
    expect(await refusedWith(intend(mine, { amount })), String(amount)).toBe('bad_amount');
  expect(await refusedWith(intend(mine, { currency: 'KRW' }))).toBe('bad_currency');
  expect((await intend(mine, { currency: '' })).state).toBe('pending');
  expect(await refusedWith(intend(mine, { webhookUrl: 'http://127.0.0.1/' }))).toBe('bad_request');
  expect(await refusedWith(intend(mine, { reservationId: randomUUID() }))).toBe('no_reservation');
  expect(await refusedWith(intend(mine, { userId: stranger }))).toBe('not_yours');
  expect(await refusedWith(intend(mine, { userId: randomUUID() }))).toBe('no_user');
  const free = await hold(await cup({ fee: 0 }), userId);
  expect(await refusedWith(intend({ ...mine, reservationId: free }))).toBe('bad_amount');
  for (const [status, reason] of [
    ['cancelled', 'reservation_over'],
    ['confirmed', 'reservation_over'],
    ['expired', 'too_late'],
  ] as const) {
    const other = await hold(await cup(), userId);
    await seatBecomes(other, status);
    expect(await refusedWith(intend({ ...mine, reservationId: other })), status).toBe(reason);
    await database.db.reservation.delete({ where: { id: other } });
  }
  const late = await hold(await cup(), userId);
  seat.clock.advance(300_000);
  expect(await refusedWith(intend({ ...mine, reservationId: late }))).toBe('too_late');

  const id = randomUUID();
  const actor = 'trusted' as const;
  expect(await refusedWith(room.get(id, actor))).toBe('no_payment');
  expect(await refusedWith(room.process({ paymentIntentId: id, actor }))).toBe('no_payment');
  const nobody = { paymentIntentId: id, reason: '', refundAmount: undefined, actor };
  expect(await refusedWith(room.cancel(nobody))).toBe('no_payment');
  expect(await refusedWith(room.cancel({ ...nobody, refundAmount: 0 }))).toBe('bad_amount');
});

test('PAY-4 nobody sees, pays or cancels the payment of another', async () => {
  const { room, userId, intend, people, ...seat } = await holder();
  const { paymentIntentId } = await intend({ ...seat, userId });
  const [stranger = ''] = await people(1);
  const actor = { playerId: stranger };
  expect(await refusedWith(room.get(paymentIntentId, actor))).toBe('not_yours');
  expect(await refusedWith(room.process({ paymentIntentId, actor }))).toBe('not_yours');
  const cancel = { paymentIntentId, reason: '', refundAmount: undefined, actor };
  expect(await refusedWith(room.cancel(cancel))).toBe('not_yours');
  expect(await refusedWith(room.process({ paymentIntentId, actor: 'trusted', action: 'fail' }))).toBe(
    'bad_action',
  );
});

test('PAY-5 a payment for a seat that is over fails, and no coins move', async () => {
  for (const status of ['cancelled', 'expired', 'confirmed'] as const) {
    const { room, userId, intend, seatBecomes, coinsOf, reservationId, ...seat } = await holder();
    const { paymentIntentId } = await intend({ ...seat, reservationId, userId });
    await seatBecomes(reservationId, status);
    const paid = await room.process({ paymentIntentId, actor: 'trusted' });
    expect(paid, status).toMatchObject({ state: 'failed', failureReason: 'reservation_over' });
    expect(await coinsOf(userId)).toBeUndefined();
    await database.db.reservation.delete({ where: { id: reservationId } });
  }
});

test('PAY-6 the countdown of a hold stands once while somebody pays', async () => {
  const { room, userId, intend, reservationId, clock, ...seat } = await holder();
  const end = async () => {
    const row = await database.db.reservation.findUniqueOrThrow({ where: { id: reservationId } });
    return row.holdExpiresAt.getTime() - clock.now();
  };
  const before = await end();
  const { paymentIntentId } = await intend({ ...seat, reservationId, userId });
  expect(await end()).toBe(before + 120_000);
  clock.advance(20_000);
  await room.cancel({ paymentIntentId, reason: '', refundAmount: undefined, actor: 'trusted' });
  expect(await end()).toBe(before);
  await intend({ ...seat, reservationId, userId });
  expect(await end()).toBe(before);
});

test('PAY-7 an intent that nobody pays expires after fifteen minutes', async () => {
  const { room, userId, intend, clock, ...seat } = await holder();
  const { paymentIntentId } = await intend({ ...seat, userId });
  const untouched = await intend({ ...seat, userId });
  clock.advance(15 * 60_000 - 1);
  await room.beat();
  expect((await room.get(paymentIntentId, 'trusted')).state).toBe('pending');
  clock.advance(1);
  expect(await refusedWith(room.process({ paymentIntentId, actor: 'trusted' }))).toBe('payment_over');
  expect((await room.get(paymentIntentId, 'trusted')).state).toBe('expired');
  await room.beat();
  expect((await room.get(untouched.paymentIntentId, 'trusted')).state).toBe('expired');
});

test('PAY-8 what is not paid is cancelled, what is paid goes back, once however often it is asked', async () => {
  const { room, userId, intend, coinsOf, potOf, cup1, ...seat } = await holder();
  const first = await intend({ ...seat, userId });
  const cancel = (paymentIntentId: string, refundAmount?: number) =>
    room.cancel({ paymentIntentId, reason: 'ill', refundAmount, actor: { playerId: userId } });
  expect(await cancel(first.paymentIntentId)).toMatchObject({ state: 'cancelled', refundedAmount: 0 });
  expect(await cancel(first.paymentIntentId)).toMatchObject({ state: 'cancelled' });
  expect(await refusedWith(room.process({ paymentIntentId: first.paymentIntentId, actor: 'trusted' }))).toBe(
    'payment_over',
  );
  const { paymentIntentId } = await intend({ ...seat, userId });
  await room.process({ paymentIntentId, actor: 'trusted' });
  expect(await refusedWith(cancel(paymentIntentId, 11))).toBe('bad_amount');
  const part = await cancel(paymentIntentId, 4);
  expect(part).toMatchObject({ state: 'refunded', refundedAmount: 4, refundId: expect.any(String) });
  expect(await cancel(paymentIntentId, 4)).toEqual(part);
  expect([await coinsOf(userId), await potOf(cup1)]).toEqual([94, 6]);
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => cancel(paymentIntentId)));
  expect(new Set(all.map(({ refundId }) => refundId)).size).toBe(1);
  expect(all[0]).toMatchObject({ state: 'refunded', refundedAmount: 10 });
  expect([await coinsOf(userId), await potOf(cup1)]).toEqual([100, 0]);
  await expectSoundBooks();
});

test('PAY-8 refunding all of it gives a confirmed seat back, a part of it does not; after registration neither', async () => {
  const { room, userId, intend, coinsOf, reservationId, seatBecomes, clock, ...seat } = await holder();
  const { paymentIntentId } = await intend({ ...seat, reservationId, userId });
  await room.process({ paymentIntentId, actor: 'trusted' });
  await seatBecomes(reservationId, 'confirmed', paymentIntentId);
  const cancel = (refundAmount?: number) =>
    room.cancel({ paymentIntentId, reason: 'ill', refundAmount, actor: { playerId: userId } });
  expect(await refusedWith(cancel(3))).toBe('payment_over');
  expect(await room.lookup.giveBack(paymentIntentId, 'a mistake', 'key')).toBe(false);
  const event = await database.db.tournament.update({
    where: { id: seat.cup1.id },
    data: { status: 'running' },
  });
  expect(await refusedWith(cancel())).toBe('too_late');
  expect(await coinsOf(userId)).toBe(90);
  await database.db.tournament.update({ where: { id: event.id }, data: { status: 'open' } });
  expect(await cancel()).toMatchObject({ state: 'refunded', refundedAmount: 10 });
  const row = await database.db.reservation.findUniqueOrThrow({ where: { id: reservationId } });
  expect([row.status, await coinsOf(userId)]).toEqual(['cancelled', 100]);
  await expectSoundBooks();
});

test('PAY-8 a refund that the pot can’t pay any more is paid by the house', async () => {
  const { room, userId, intend, coinsOf, reservationId, cup1, ...seat } = await holder();
  const { paymentIntentId } = await intend({ ...seat, reservationId, userId });
  await room.process({ paymentIntentId, actor: 'trusted' });
  await database.db.$transaction((tx) =>
    transfer(tx, {
      key: `prizes:${cup1.id}`,
      kind: 'prize',
      reason: null,
      actorId: null,
      entries: [
        { accountId: potAccount(cup1.id), amount: -10 },
        { accountId: FEES, amount: 10 },
      ],
    }),
  );
  expect(await room.lookup.giveBack(paymentIntentId, 'lost', 'key')).toBe(true);
  expect(await coinsOf(userId)).toBe(100);
  await expectSoundBooks();
});

test('coins and the intent’s state are written together or not at all', async () => {
  const { room, userId, intend, coinsOf, potOf, cup1, ...seat } = await holder();
  const { paymentIntentId } = await intend({ ...seat, userId });
  // The process dies after the coins moved and before the state is written.
  await database.db.$executeRawUnsafe(`
    CREATE FUNCTION test_crash() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'killed'; END $$`);
  await database.db.$executeRawUnsafe(`
    CREATE TRIGGER test_crash BEFORE UPDATE ON "PaymentIntent" FOR EACH ROW
    WHEN (NEW.status = 'completed') EXECUTE FUNCTION test_crash()`);
  await expect(room.process({ paymentIntentId, actor: 'trusted' })).rejects.toThrow();
  expect([await coinsOf(userId), await potOf(cup1)]).toEqual([undefined, 0]);
  await database.db.$executeRawUnsafe(`DROP TRIGGER test_crash ON "PaymentIntent"`);
  expect((await room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('completed');
  expect([await coinsOf(userId), await potOf(cup1)]).toEqual([90, 10]);
  await expectSoundBooks();
});

test('payments are listed page by page, the newest first, with their number', async () => {
  const { room, userId, intend, hold, cup, clock, ...seat } = await holder();
  const made = [];
  for (let index = 0; index < 5; index += 1) {
    made.push(await intend({ ...seat, userId, reservationId: await hold(await cup(), userId) }));
    if (index % 2 === 0) clock.advance(1_000);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 3; page += 1) {
    const found = await room.list({ userId, reservationId: undefined, state: 'pending', limit: 2, cursor });
    expect(found.total).toBe(5);
    seen.push(...found.payments.map(({ paymentIntentId }) => paymentIntentId));
    cursor = found.nextCursor;
  }
  expect(cursor).toBeUndefined();
  expect(seen.toSorted()).toEqual(made.map(({ paymentIntentId }) => paymentIntentId).toSorted());
  expect(seen.at(-1)).toBe(made[0]?.paymentIntentId);
  expect(
    await refusedWith(
      room.list({ userId, reservationId: undefined, state: undefined, limit: 2, cursor: 'nonsense' }),
    ),
  ).toBe('bad_request');
});

test('at most ten intents are open for one seat', async () => {
  const { userId, intend, ...seat } = await holder();
  for (let index = 0; index < 10; index += 1) await intend({ ...seat, userId });
  expect(await refusedWith(intend({ ...seat, userId }))).toBe('too_fast');
});
