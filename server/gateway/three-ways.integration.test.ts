import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveBooks } from '../tournaments/ledger/prove-books';
import { admitted, type PublicClient, publicClient } from './testing/public-client';
import { type Part, startThreeWays, type ThreeWays } from './testing/three-ways';
import { openEvent } from './testing/ticket-office';

/** GATE-13: gateway, seats and payments each in a process of their own. */

let three: ThreeWays;
beforeAll(async () => {
  three = await startThreeWays();
});
afterAll(() => three.close());

async function seated(eventId: string) {
  const me = await publicClient(three.database.db, three.origin);
  const reservation_token = await admitted(me, eventId);
  const made = await me.post('/reservations', { event_id: eventId, quantity: 1, reservation_token });
  expect(made.status).toBe(201);
  const reservationId: string = made.body.reservation_id;
  return {
    me,
    reservationId,
    async intend(): Promise<string> {
      const intent = await me.post('/payment/intent', { reservation_id: reservationId, amount: 10 });
      expect(intent.status).toBe(200);
      return intent.body.payment_intent_id;
    },
  };
}

describe('SEAT-4, PAY-6: the countdown, where seats and payments are apart', () => {
  it('stands while somebody pays, once, and what is not used is taken back', async () => {
    const { db } = three.database;
    const eventId = await openEvent(db, { seats: 4, fee: 10 });
    const { me, reservationId, intend } = await seated(eventId);
    const until = async () =>
      Date.parse((await me.get(`/reservations/${reservationId}`)).body.hold_expires_at) / 1_000;
    const before = await until();
    const first = await intend();
    expect(await until()).toBe(before + 120);
    const second = await intend();
    expect(await until()).toBe(before + 120);
    await me.post(`/payment/${first}/cancel`, {});
    const { status } = await me.post('/payment/process', { payment_intent_id: second });
    expect(status).toBe(200);
    // Who has paid keeps 15 s to confirm.
    expect(await until()).toBeLessThan(before + 60);
    const extended = await me.post(`/reservations/${reservationId}/extend`, { extension_seconds: 30 });
    expect(extended.status).toBe(200);
  });
});

type Seated = Awaited<ReturnType<typeof seated>> & { readonly payment_intent_id: string };

/** What a client does whose answer never came: the same again, under the same key. @returns the last answer */
async function untilAnswered(me: PublicClient, path: string, body: object, onAnswer: () => void) {
  const key = randomUUID();
  let answer: Awaited<ReturnType<PublicClient['post']>> | undefined;
  await expect
    .poll(
      async () => {
        answer = await me.post(path, body, key).catch(() => undefined);
        onAnswer();
        return answer !== undefined && answer.status < 500 && answer.body.code !== 'DUPLICATE_REQUEST';
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(true);
  return answer;
}

const DEEDS = {
  confirm: ({ reservationId, payment_intent_id }: Seated) =>
    [`/reservations/${reservationId}/confirm`, { payment_intent_id }] as const,
  cancel: ({ reservationId }: Seated) => [`/reservations/${reservationId}/cancel`, {}] as const,
  refund: ({ payment_intent_id }: Seated) => [`/payment/${payment_intent_id}/cancel`, {}] as const,
  pay: ({ payment_intent_id }: Seated) => ['/payment/process', { payment_intent_id }] as const,
} as const;
type Deed = keyof typeof DEEDS;

/** What has to have happened before. */
const BEFORE: Record<Deed, readonly Deed[]> = {
  pay: [],
  confirm: ['pay'],
  cancel: ['pay', 'confirm'],
  refund: ['pay'],
};
const EACH = 3;
const DEED_NAMES = ['pay', 'confirm', 'cancel', 'refund'] as const satisfies readonly Deed[];

describe('SEAT-7: nobody without a seat has paid', () => {
  it.each(['reservation', 'payment', 'gateway'] as const satisfies readonly Part[])(
    'where %s dies while people pay, confirm, give back and take back',
    { timeout: 150_000 },
    async (part) => {
      const { db } = three.database;
      const eventId = await openEvent(db, { seats: EACH * DEED_NAMES.length, fee: 10 });
      const people: (Seated & { readonly deed: Deed })[] = [];
      for (const deed of DEED_NAMES)
        for (let n = 0; n < EACH; n += 1) {
          const one = await seated(eventId);
          people.push({ ...one, payment_intent_id: await one.intend(), deed });
        }
      for (const one of people)
        for (const step of BEFORE[one.deed]) {
          const [path, body] = DEEDS[step](one);
          expect((await one.me.post(path, body)).status).toBe(200);
        }
      let answers = 0;
      let crash: Promise<void> | undefined;
      const answered = () => {
        answers += 1;
        if (answers === EACH) crash ??= three.crash(part);
      };
      await Promise.all(
        people.map((one) => {
          const [path, body] = DEEDS[one.deed](one);
          return untilAnswered(one.me, path, body, answered);
        }),
      );
      await crash;
      await expect
        .poll(() => wrongs(eventId), { timeout: 90_000, interval: 500 })
        .toEqual({ paidWithoutSeat: 0, seatWithoutPayment: 0, entrants: 0, violations: [], sum: 0n });
      const had = await db.reservation.findMany({ where: { eventId, status: 'confirmed' } });
      const confirmers = people.filter(({ deed }) => deed === 'confirm');
      expect(new Set(had.map(({ userId }) => userId))).toEqual(new Set(confirmers.map(({ me }) => me.id)));
      for (const { deed, payment_intent_id: id } of people) {
        const { status } = await db.paymentIntent.findUniqueOrThrow({ where: { id } });
        expect([deed, status]).toEqual([
          deed,
          deed === 'cancel' || deed === 'refund' ? 'refunded' : 'completed',
        ]);
      }
    },
  );
});

/** What there must be none of. */
async function wrongs(eventId: string) {
  const { db } = three.database;
  const seats = await db.reservation.findMany({ where: { eventId } });
  const intents = await db.paymentIntent.findMany({
    where: { reservationId: { in: seats.map(({ id }) => id) } },
  });
  const paid = intents.filter(({ status }) => status === 'completed');
  const had = seats.filter(({ status }) => status === 'confirmed');
  const mayPay = seats.filter(({ status }) => status === 'confirmed' || status === 'hold');
  const entrants = await db.entrant.count({ where: { tournamentId: eventId } });
  const { violations, sumOfEntries } = await proveBooks(db);
  return {
    paidWithoutSeat: paid.filter((one) => !mayPay.some(({ id }) => id === one.reservationId)).length,
    seatWithoutPayment: had.filter((one) => !paid.some(({ id }) => id === one.paymentIntentId)).length,
    entrants: entrants - had.length,
    violations,
    sum: sumOfEntries,
  };
}
