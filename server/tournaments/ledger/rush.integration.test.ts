import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { addPeople } from '../queue/testing/cup';
import { reasonOf } from '../refusals';
import { StillClock } from '../reservations/testing/still-clock';
import { WELCOME_COINS } from './ledger';
import { proveBooks } from './prove-books';
import { type BoxOffice, createBoxOffice, openCup, openToken } from './testing/box-office';

const HOLD_S = 300;
const FEE = 30;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function expectSound(): Promise<void> {
  const { violations, sumOfEntries, sumOfBalances } = await proveBooks(database.db);
  expect(violations).toEqual([]);
  expect([sumOfEntries, sumOfBalances]).toEqual([0n, 0n]);
}

/** Refusals that a rush may meet; anything else is a fault. */
const EXPECTED = new Set([
  ...['full', 'has_seat', 'too_late', 'not_paid', 'reservation_over', 'payment_over', 'extended_already'],
]);

/** Somebody tries to get a seat, pays, and sometimes thinks again. */
async function attend(
  office: BoxOffice,
  eventId: string,
  userId: string,
  random: () => number,
  clock: StillClock,
): Promise<void> {
  const { seats, payments } = office;
  const actor = { playerId: userId };
  try {
    const token = openToken(eventId, userId);
    const { reservationId } = await seats.create({ eventId, userId, quantity: 1, seatIds: [], token });
    if (random() < 0.15) return; // lets it lapse
    if (random() < 0.2) await seats.cancel({ reservationId, reason: 'no', actor });
    if (random() < 0.2) await seats.extend({ reservationId, seconds: 60, actor });
    const intents = await Promise.all(
      Array.from({ length: random() < 0.3 ? 2 : 1 }, () =>
        payments.createIntent({
          reservationId,
          amount: FEE,
          currency: 'COIN',
          userId,
          method: 5,
          scenario: 'none',
          webhookUrl: undefined,
        }),
      ),
    );
    if (random() < 0.3) clock.pass(60_000);
    const [first] = intents;
    const pay = (paymentIntentId: string) => payments.process({ paymentIntentId, actor });
    // Some think again at the very moment in which they pay.
    const leaving =
      random() < 0.3 && first
        ? Promise.allSettled([
            seats.cancel({ reservationId, reason: 'no', actor }).then(() => pay(first.paymentIntentId)),
          ])
        : undefined;
    const paid = await Promise.allSettled(intents.map(({ paymentIntentId }) => pay(paymentIntentId)));
    for (const outcome of [...paid, ...((await leaving) ?? [])])
      if (outcome.status === 'rejected' && !EXPECTED.has(reasonOf(outcome.reason) ?? ''))
        throw outcome.reason;
    const done = paid.find((one) => one.status === 'fulfilled' && one.value.state === 'completed');
    if (random() < 0.2) clock.pass(60_000);
    if (random() < 0.15) return; // paid, and never confirms
    const paymentIntentId = done?.status === 'fulfilled' ? done.value.paymentIntentId : undefined;
    await Promise.all([
      seats.confirm({ reservationId, paymentIntentId, actor }),
      ...(random() < 0.2 ? [seats.cancel({ reservationId, reason: 'ill', actor })] : []),
    ]);
    if (random() < 0.1) await seats.cancel({ reservationId, reason: 'ill', actor });
  } catch (error) {
    if (!EXPECTED.has(reasonOf(error) ?? '')) throw error;
  }
}

describe('PAY-12: a rush', () => {
  it.each([1, 2, 3])(
    'of 200 people for 16 seats, everything at once: nothing oversold, nobody without a seat has paid (seed %i)',
    async (seed) => {
      const { db } = database;
      const random = randomFrom(seed);
      const clock = new StillClock();
      const offices = [
        createBoxOffice(db, { holdSeconds: HOLD_S, clock }),
        createBoxOffice(db, { holdSeconds: HOLD_S, clock }),
      ] as const;
      const eventId = await openCup(db, 16, FEE, clock.now());
      const people = await addPeople(db, 200);
      let isOver = false;
      const watch = (async () => {
        for (let round = 0; !isOver; round += 1) {
          const office = offices[round % 2 === 0 ? 0 : 1];
          await office.seats.beat();
          await office.payments.beat();
          // At every moment, not only at the end.
          if (round % 3 === 0) await expectSound();
        }
      })();
      const left = [...people];
      const come = async () => {
        for (let userId = left.pop(); userId !== undefined; userId = left.pop())
          await attend(offices[left.length % 2 === 0 ? 0 : 1], eventId, userId, random, clock);
      };
      await Promise.all(Array.from({ length: 24 }, come));
      isOver = true;
      await watch;

      // Every hold that is left ends, and what is due goes back.
      clock.pass(3 * HOLD_S * 1_000);
      for (let round = 0; round < 2; round += 1)
        for (const { seats, payments } of offices) {
          await seats.beat();
          await payments.beat();
        }
      await expectSound();
      expect(await db.reservation.count({ where: { eventId, status: 'hold' } })).toBe(0);
      expect(await db.reservation.count({ where: { eventId, refundDue: true } })).toBe(0);

      const sold = await db.reservation.findMany({ where: { eventId, status: 'confirmed' } });
      expect(sold.length).toBeGreaterThan(0);
      expect(sold.length).toBeLessThanOrEqual(16);
      const entrants = await db.entrant.findMany({ where: { tournamentId: eventId } });
      expect(entrants.map(({ userId }) => userId).sort()).toEqual(sold.map(({ userId }) => userId).sort());
      // Who has a seat has paid it once; everybody else has every coin.
      const buyers = new Set(sold.map(({ userId }) => userId));
      const accounts = await db.ledgerAccount.findMany({
        where: { id: { in: people.map((userId) => `player:${userId}`) } },
      });
      for (const { id, balance } of accounts)
        expect(Number(balance)).toBe(
          buyers.has(id.slice('player:'.length)) ? WELCOME_COINS - FEE : WELCOME_COINS,
        );
      const pot = await db.ledgerAccount.findUnique({ where: { id: `tournament:${eventId}` } });
      expect(Number(pot?.balance ?? 0n)).toBe(sold.length * FEE);
      for (const office of offices) await office.close();
    },
    120_000,
  );
});
