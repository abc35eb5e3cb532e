import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPayments, type PaymentRoom } from '../../payments/create-payments';
import { seatsElsewhere } from '../../payments/seats';
import { moveTournaments } from '../../running/lifecycle';
import type { RunningReservations } from '../create-reservations';
import { type BoxOffice, openBoxOffice, refusedWith } from '../testing/box-office';
import { createSeatMirror, type SeatMirror } from './mirror';
import { type OtherOffice, otherOffice } from './testing/other-office';

/** SEAT-7 and SEAT-12: coins that were paid here for seats that another service keeps. */

const log = pino({ level: 'silent' });
const FEE = 10;

let office: BoxOffice;
let other: OtherOffice;
let mirror: SeatMirror;
let payments: PaymentRoom;
let reservations: RunningReservations;
beforeAll(async () => {
  office = await openBoxOffice({ isWorking: false });
  const { db, clock } = office;
  payments = createPayments({
    ...{ db, clock, log, scenarios: false, webhooks: { secret: undefined, allow: [] } },
    seats: seatsElsewhere(async (id) => {
      const seat = await other.get(id);
      return seat && { ...seat, holdExpiresAt: seat.holdExpiresAt ?? new Date(0) };
    }),
  });
  reservations = office.another({ payments: payments.lookup });
});
afterAll(async () => {
  await payments.close();
  await office.close();
});
beforeEach(() => {
  const { db, clock } = office;
  other = otherOffice(() => clock.now());
  mirror = createSeatMirror({ db, clock, log, keeper: other, changed: () => {} });
});

const row = (id: string) => office.db.reservation.findUniqueOrThrow({ where: { id } });

async function intend({
  reservationId,
  userId,
}: {
  readonly reservationId: string;
  readonly userId: string;
}) {
  const words = { currency: 'COIN', method: 0, scenario: 'none', webhookUrl: undefined } as const;
  return (await payments.createIntent({ reservationId, userId, amount: FEE, ...words })).paymentIntentId;
}
const pay = (paymentIntentId: string) => payments.process({ paymentIntentId, actor: 'trusted' });

async function held() {
  const eventId = await office.event({ seats: 4, fee: FEE });
  const [ann = ''] = await office.people(1);
  const seat = other.hold(eventId, ann, { fee: FEE });
  await mirror.catchUp(eventId);
  return { eventId, ann, seat, id: seat.reservationId };
}

/** The tournament is cancelled here, as nobody has a seat in it. */
async function cancelled(eventId: string) {
  const startsAt = new Date(office.clock.now());
  await office.db.tournament.update({ where: { id: eventId }, data: { startsAt, checkInSeconds: 0 } });
  await mirror.catchUp(eventId);
  await moveTournaments(office, log, mirror);
}

async function sweep() {
  office.clock.advance(1_000);
  await reservations.beat();
  await reservations.beat();
}

describe('SEAT-12: a seat that ended here', () => {
  it('can’t be paid for any more, whatever the service says that keeps it', async () => {
    const { eventId, ann, seat, id } = await held();
    const early = await intend(seat);
    await cancelled(eventId);
    expect([(await row(id)).status, other.seats.get(id)?.state]).toEqual(['expired', 'hold']);
    expect(await refusedWith(intend(seat))).toBe('too_late');
    expect(await pay(early)).toMatchObject({ state: 'failed', failureReason: 'reservation_over' });
    expect(await office.coins(ann)).toBe(100);
  });

  it('and was paid for before: the coins go back, also while it is confirmed over there or nobody answers', async () => {
    const { eventId, ann, seat, id } = await held();
    const paid = await intend(seat);
    await pay(paid);
    other.turn(id, 'confirmed');
    await mirror.catchUp(eventId);
    expect(await office.coins(ann)).toBe(90);
    await cancelled(eventId);
    expect([(await row(id)).status, other.seats.get(id)?.state]).toEqual(['cancelled', 'confirmed']);
    other.isDown = true;
    await sweep();
    expect(await office.coins(ann)).toBe(100);
  });

  it('is looked at again for what was paid once it is given back, and when an answer tells of it', async () => {
    const { seat, id } = await held();
    const end = (more: object = {}) =>
      office.db.reservation.update({
        where: { id },
        data: { status: 'cancelled', reason: 'out', refundDue: false, releaseDue: true, ...more },
      });
    // The database marks what it ends.
    await end();
    await end();
    await mirror.beat();
    expect(await row(id)).toMatchObject({ releaseDue: false, refundDue: true });
    for (const state of ['hold', 'confirmed', 'cancelled'] as const)
      for (const releaseDue of [true, false]) {
        await end({ releaseDue });
        await mirror.tell({ ...seat, state });
        const isOld = state === 'hold' && !releaseDue;
        expect([state, releaseDue, (await row(id)).refundDue]).toEqual([state, releaseDue, !isOld]);
      }
  });

  it('is asked for until it is given back, after an hour every ten minutes', async () => {
    const { eventId, id } = await held();
    await cancelled(eventId);
    const { release } = other;
    let asked = 0;
    other.release = async () => {
      asked += 1;
      return false;
    };
    office.clock.advance(3_600_001);
    for (let round = 0; round < 3; round += 1) {
      office.clock.advance(2_000);
      await mirror.beat();
    }
    expect([asked, (await row(id)).releaseDue]).toEqual([1, true]);
    other.release = release;
    office.clock.advance(600_000);
    await mirror.beat();
    expect([other.seats.get(id)?.state, (await row(id)).releaseDue]).toEqual(['cancelled', false]);
  });

  it('is paid in the end by nobody, though its fee was told late', async () => {
    const eventId = await office.event({ seats: 4, fee: FEE });
    const [ann = ''] = await office.people(1);
    const { reservationId, ...seat } = other.hold(eventId, ann, { fee: FEE });
    await mirror.tell({ ...seat, reservationId, fee: 0 });
    await pay(await intend({ ...seat, reservationId }));
    await mirror.catchUp(eventId);
    other.turn(reservationId, 'cancelled');
    await mirror.catchUp(eventId);
    await sweep();
    expect([(await row(reservationId)).status, await office.coins(ann)]).toEqual(['cancelled', 100]);
  });
});
