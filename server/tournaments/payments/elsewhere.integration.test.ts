import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { ELSEWHERE } from '../ledger/accounts';
import { type PayableSeat, seatsElsewhere, seatsUnknown } from './seats';
import { createTill, refusedWith } from './testing/till';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('PAY-5 seats that another service keeps are asked about there', async () => {
  const seats = new Map<string, PayableSeat>();
  const till = createTill(database.db, { seats: seatsElsewhere(async (id) => seats.get(id)) });
  const [userId = '', stranger = ''] = await till.people(2);
  const reservationId = randomUUID();
  const seat = { reservationId, userId, fee: 10 };
  expect(await refusedWith(till.intend(seat))).toBe('no_reservation');
  const held: PayableSeat = {
    eventId: 'their-event',
    userId,
    fee: 10,
    state: 'hold',
    holdExpiresAt: new Date(till.clock.now() + 60_000),
  };
  seats.set(reservationId, held);
  expect(await refusedWith(till.intend({ ...seat, userId: stranger }))).toBe('not_yours');
  expect(await refusedWith(till.intend({ ...seat, fee: 9 }))).toBe('bad_amount');
  const first = await till.intend(seat);
  const second = await till.intend(seat);
  await Promise.allSettled(
    [first, second].map(({ paymentIntentId }) => till.room.process({ paymentIntentId, actor: 'trusted' })),
  );
  expect(await till.coinsOf(userId)).toBe(90);
  const late = { reservationId: randomUUID(), userId, fee: 10 };
  seats.set(late.reservationId, held);
  const { paymentIntentId } = await till.intend(late);
  seats.set(late.reservationId, { ...held, state: 'expired' });
  const answer = await till.room.process({ paymentIntentId, actor: 'trusted' });
  expect(answer).toMatchObject({ state: 'failed', failureReason: 'reservation_over' });
});

test('an intent expires also while the service that keeps the seats is away', async () => {
  let isAway = false;
  const till = createTill(database.db, {
    seats: seatsElsewhere(async () => {
      if (isAway) throw new Error('away');
      const holdExpiresAt = new Date(till.clock.now() + 60_000);
      return { eventId: 'their-event', userId, fee: 10, state: 'hold', holdExpiresAt };
    }),
  });
  const [userId = ''] = await till.people(1);
  const { paymentIntentId } = await till.intend({ reservationId: randomUUID(), userId, fee: 10 });
  isAway = true;
  await expect(till.room.process({ paymentIntentId, actor: 'trusted' })).rejects.toThrow('away');
  expect((await till.room.get(paymentIntentId, 'trusted')).state).toBe('pending');
  till.clock.advance(15 * 60_000);
  await till.room.beat();
  expect((await till.room.get(paymentIntentId, 'trusted')).state).toBe('expired');
});

test('where nobody can be asked about seats, whoever calls is believed, and fees are kept apart', async () => {
  const till = createTill(database.db, { seats: seatsUnknown });
  const [userId = ''] = await till.people(1);
  const { paymentIntentId } = await till.intend({ reservationId: 'whatever', userId, fee: 25 });
  expect((await till.room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('completed');
  const account = await database.db.ledgerAccount.findUniqueOrThrow({ where: { id: ELSEWHERE } });
  expect([await till.coinsOf(userId), account.balance]).toEqual([75, 25n]);
  await till.room.cancel({ paymentIntentId, reason: '', refundAmount: undefined, actor: 'trusted' });
  expect(await till.coinsOf(userId)).toBe(100);
});
