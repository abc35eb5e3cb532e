import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAUSE_MS } from './hold';
import { type BoxOffice, HOLD_SECONDS, openBoxOffice, refusedWith } from './testing/box-office';

/** What went wrong in other shops, once each. */

vi.setConfig({ testTimeout: 120_000 });

let office: BoxOffice;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());

const own = ({ userId }: { readonly userId: string }) => ({ playerId: userId });

describe('SEAT-5', () => {
  it('the last seat is not sold to two', async () => {
    const eventId = await office.event({ seats: 2, fee: 10 });
    const [ann = '', bob = '', cat = ''] = await office.people(3);
    await office.hold(eventId, ann);
    const other = office.another();
    const token = await office.token(eventId, cat);
    const reasons = await Promise.all([
      refusedWith(office.hold(eventId, bob)),
      refusedWith(other.create({ eventId, userId: cat, quantity: 1, seatIds: [], token })),
    ]);
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(reasons).toContain('full');
  });

  it('a hold counts: nobody is sold what somebody is about to pay', async () => {
    const eventId = await office.event({ seats: 2 });
    const [ann = '', bob = '', cat = ''] = await office.people(3);
    await office.hold(eventId, ann);
    await office.hold(eventId, bob);
    expect(await office.reservations.availability(eventId)).toEqual({ seats: 2, held: 2, confirmed: 0 });
    expect(await refusedWith(office.hold(eventId, cat))).toBe('full');
  });

  it('a cancelled seat is there for the next at once, held or confirmed', async () => {
    const eventId = await office.event({ seats: 2 });
    const [ann = '', bob = '', cat = '', dan = ''] = await office.people(4);
    const [one, two] = [await office.hold(eventId, ann), await office.hold(eventId, bob)];
    const cancel = (seat: typeof one) =>
      office.reservations.cancel({ reservationId: seat.reservationId, reason: '', actor: own(seat) });
    await cancel(one);
    expect(await office.hold(eventId, cat)).toMatchObject({ seat: one.seat });
    const { reservationId } = two;
    await office.reservations.confirm({ reservationId, paymentIntentId: undefined, actor: own(two) });
    await cancel(two);
    expect(await office.hold(eventId, dan)).toMatchObject({ seat: two.seat });
  });

  it('it is not sold out while nobody has the seats: holds that lapsed while everything was down don’t count', async () => {
    const asleep = await openBoxOffice({ isWorking: false });
    try {
      const eventId = await asleep.event({ seats: 16 });
      for (const userId of await asleep.people(16)) await asleep.hold(eventId, userId);
      asleep.clock.advance(HOLD_SECONDS * 1_000);
      expect(await asleep.reservations.availability(eventId)).toEqual({ seats: 16, held: 0, confirmed: 0 });
      for (const userId of await asleep.people(16)) await asleep.hold(eventId, userId);
      expect(await asleep.taken(eventId)).toBe(16);
    } finally {
      await asleep.close();
    }
  });
});

describe('SEAT-4', () => {
  it('a hold can’t be renewed for ever, whatever is tried', async () => {
    const eventId = await office.event({ seats: 2, fee: 10 });
    const [ann = ''] = await office.people(1);
    const seat = await office.hold(eventId, ann);
    const { reservationId } = seat;
    const madeAt = office.clock.now();
    const attempts = [
      () => office.reservations.extend({ reservationId, seconds: HOLD_SECONDS, actor: own(seat) }),
      () => office.intend(seat),
      async () => {
        const paymentIntentId = await office.intend(seat);
        await office.payments.cancel({
          paymentIntentId,
          reason: '',
          refundAmount: undefined,
          actor: own(seat),
        });
      },
      () => office.reservations.pauseForPayment(reservationId),
      () => office.hold(eventId, ann),
    ];
    let minutes = 0;
    for (; minutes < 60; minutes += 1) {
      for (const attempt of attempts) await refusedWith(attempt());
      await office.pass(60);
      if ((await office.reservations.get(reservationId, own(seat))).state === 'expired') break;
    }
    const row = await office.db.reservation.findUniqueOrThrow({ where: { id: reservationId } });
    expect(row.holdExpiresAt.getTime() - madeAt).toBeLessThanOrEqual(2 * HOLD_SECONDS * 1_000 + PAUSE_MS);
    expect(minutes).toBeLessThanOrEqual(12);
  });

  it('a hold does not expire under somebody who is paying', async () => {
    const eventId = await office.event({ seats: 2, fee: 10 });
    const [ann = ''] = await office.people(1);
    const seat = await office.hold(eventId, ann);
    const { reservationId } = seat;
    await office.pass(HOLD_SECONDS - 1);
    const paymentIntentId = await office.intend(seat);
    const paying = await office.reservations.get(reservationId, own(seat));
    expect(paying).toMatchObject({ isPaused: true, state: 'hold' });
    await office.pass(60);
    expect((await office.reservations.get(reservationId, own(seat))).state).toBe('hold');
    await office.payments.process({ paymentIntentId, actor: own(seat) });
    // A second was left; who has paid has fifteen.
    await office.pass(14);
    expect(
      await office.reservations.confirm({ reservationId, paymentIntentId, actor: own(seat) }),
    ).toMatchObject({ state: 'confirmed' });
  });

  it('who never comes back from paying loses the seat after two minutes all the same', async () => {
    const eventId = await office.event({ seats: 2, fee: 10 });
    const [ann = ''] = await office.people(1);
    const seat = await office.hold(eventId, ann);
    await office.intend(seat);
    await office.pass(HOLD_SECONDS + PAUSE_MS / 1_000 - 1);
    expect((await office.reservations.get(seat.reservationId, own(seat))).state).toBe('hold');
    await office.pass(1);
    expect((await office.reservations.get(seat.reservationId, own(seat))).state).toBe('expired');
  });
});

describe('SEAT-7: nobody without a seat has paid', () => {
  it('when everything dies between paying and confirming, the fee goes back when it is up again', async () => {
    const before = await openBoxOffice({ isWorking: false });
    try {
      const eventId = await before.event({ seats: 2, fee: 40 });
      const [ann = ''] = await before.people(1);
      const seat = await before.hold(eventId, ann);
      await before.pay(seat);
      expect(await before.coins(ann)).toBe(60);
      // Nobody confirms; the process is gone past the end of the hold.
      await before.reservations.close();
      before.clock.advance(2 * HOLD_SECONDS * 1_000);
      await before.another().beat();
      expect(await before.coins(ann)).toBe(100);
      expect((await before.violations()).violations).toEqual([]);
      expect(await before.db.reservation.findFirst({ where: { eventId } })).toMatchObject({
        status: 'expired',
        refundDue: false,
      });
    } finally {
      await before.close();
    }
  });

  it('who confirms too late gets the fee back in the same call', async () => {
    const asleep = await openBoxOffice({ isWorking: false });
    try {
      const eventId = await asleep.event({ seats: 2, fee: 40 });
      const [ann = ''] = await asleep.people(1);
      const seat = await asleep.hold(eventId, ann);
      const paymentIntentId = await asleep.pay(seat);
      asleep.clock.advance(2 * HOLD_SECONDS * 1_000);
      const { reservationId } = seat;
      const late = asleep.reservations.confirm({ reservationId, paymentIntentId, actor: own(seat) });
      expect(await refusedWith(late)).toBe('too_late');
      expect(await asleep.coins(ann)).toBe(100);
    } finally {
      await asleep.close();
    }
  });

  it('a paid hold that is given back is refunded, once, by however many processes', async () => {
    const eventId = await office.event({ seats: 2, fee: 40 });
    const [ann = ''] = await office.people(1);
    const seat = await office.hold(eventId, ann);
    await office.pay(seat);
    const { reservationId } = seat;
    const [one, two] = [office.another(), office.another()];
    await Promise.all([
      office.reservations.cancel({ reservationId, reason: '', actor: own(seat) }),
      one.beat(),
      two.beat(),
    ]);
    await Promise.all([one.beat(), two.beat(), office.pass(1)]);
    expect(await office.coins(ann)).toBe(100);
    expect((await office.violations()).violations).toEqual([]);
  });

  it('the seats of a tournament that is cancelled are refunded by the job', async () => {
    const eventId = await office.event({ seats: 2, fee: 40 });
    const [ann = ''] = await office.people(1);
    const seat = await office.hold(eventId, ann);
    const paymentIntentId = await office.pay(seat);
    await office.reservations.confirm({ ...seat, paymentIntentId, actor: own(seat) });
    // As the organiser's cancellation does it, without naming the fee.
    await office.db.reservation.updateMany({ where: { eventId }, data: { status: 'cancelled' } });
    await office.pass(1);
    expect(await office.coins(ann)).toBe(100);
  });
});
