import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoxOffice, HOLD_SECONDS, openBoxOffice, refusedWith } from './testing/box-office';
import { type PlainPayments, plainPayments } from './testing/plain-payments';

/** Seats whose payments another service makes. */

let office: BoxOffice;
let payments: PlainPayments;
beforeAll(async () => {
  payments = plainPayments();
  office = await openBoxOffice({ payments });
});
afterAll(() => office.close());

const own = ({ userId }: { readonly userId: string }) => ({ playerId: userId });

async function held() {
  const eventId = await office.event({ seats: 2, fee: 10 });
  const [ann = ''] = await office.people(1);
  const seat = await office.hold(eventId, ann);
  const confirm = (paymentIntentId: string | undefined) =>
    office.reservations.confirm({ reservationId: seat.reservationId, paymentIntentId, actor: own(seat) });
  const cancel = () =>
    office.reservations.cancel({ reservationId: seat.reservationId, reason: '', actor: own(seat) });
  const row = () => office.db.reservation.findUniqueOrThrow({ where: { id: seat.reservationId } });
  return { eventId, seat, confirm, cancel, row };
}

const state = (id: string) => payments.all.get(id)?.state;

describe('SEAT-6: confirming', () => {
  it('checks seat, person, amount, currency and state of what the other service tells', async () => {
    const { seat, confirm } = await held();
    for (const wrong of [
      { reservationId: randomUUID() },
      { userId: randomUUID() },
      { amount: 9 },
      { amount: 11 },
      { currency: 'KRW' },
      { state: 'pending' },
      { state: 'refunded', refundedAmount: 10 },
      { refundedAmount: 1 },
    ] as const)
      expect([wrong, await refusedWith(confirm(payments.pay(seat, wrong)))]).toEqual([wrong, 'not_paid']);
    const paid = payments.pay(seat);
    payments.isDown = true;
    await expect(confirm(paid)).rejects.toThrow('down');
    payments.isDown = false;
    expect(await confirm(paid)).toMatchObject({ state: 'confirmed' });
  });
});

describe('SEAT-7: fees that go back', () => {
  it('while the other service is down are tried until it is there, each under a key of its own', async () => {
    const { seat, cancel, row } = await held();
    const [one, two] = [payments.pay(seat), payments.pay(seat)];
    payments.isDown = true;
    expect(await cancel()).toMatchObject({ state: 'cancelled' });
    for (let beat = 0; beat < 20; beat += 1) await office.pass(5);
    expect([state(one), state(two), (await row()).refundDue]).toEqual(['completed', 'completed', true]);
    payments.isDown = false;
    // The longest wait is a minute.
    await office.pass(61);
    expect([state(one), state(two)]).toEqual(['refunded', 'refunded']);
    const keys = payments.keys.filter((key) => key.includes(seat.reservationId));
    expect(new Set(keys)).toEqual(
      new Set([`seat:${seat.reservationId}:${one}`, `seat:${seat.reservationId}:${two}`]),
    );
    await office.pass(200);
    expect((await row()).refundDue).toBe(false);
  });

  it('were paid just after the seat was lost: it is looked for two minutes more', async () => {
    const { seat, cancel, row } = await held();
    await cancel();
    const late = payments.pay(seat);
    await office.pass(61);
    expect(state(late)).toBe('refunded');
    await office.pass(121);
    expect((await row()).refundDue).toBe(false);
  });

  it('are found by the intent that was noted, where the other service’s list lacks it', async () => {
    const { seat, row } = await held();
    const paid = payments.pay(seat);
    await office.reservations.notePayment(seat.reservationId, paid);
    const listFor = payments.listFor;
    payments.listFor = async () => [];
    await office.pass(HOLD_SECONDS);
    payments.listFor = listFor;
    expect((await row()).status).toBe('expired');
    expect(state(paid)).toBe('refunded');
  });

  it('were paid twice for a seat that stands: all but the one it stands on', async () => {
    const { seat, confirm } = await held();
    const [one, two] = [payments.pay(seat), payments.pay(seat)];
    await confirm(two);
    await office.pass(1);
    expect([state(one), state(two)]).toEqual(['refunded', 'completed']);
  });

  it('and wait for a service that hangs keep no hold from ending', async () => {
    const { cancel } = await held();
    const next = await held();
    const { listFor } = payments;
    const releases: (() => void)[] = [];
    const isAsked = new Promise<void>((asked) => {
      payments.listFor = async (id) => {
        await new Promise<void>((release) => {
          releases.push(release);
          asked();
        });
        return listFor(id);
      };
    });
    const hung = cancel();
    await isAsked;
    let isOver = false;
    const stop = office.reservations.onChange(({ seat }) => {
      isOver ||= seat.reservationId === next.seat.reservationId && seat.state === 'expired';
    });
    office.clock.advance(HOLD_SECONDS * 1_000);
    while (!isOver) {
      office.clock.advance(1_000);
      await office.db.$queryRaw`SELECT 1`;
    }
    stop();
    payments.listFor = listFor;
    for (const release of releases) release();
    await hung;
  });
});

describe('SEAT-4: the countdown', () => {
  it('stands for another arcade that asks for the time of a payment; the extension is its person’s still', async () => {
    const { seat, row } = await held();
    const { reservations } = office;
    const { reservationId } = seat;
    const wish = { reservationId, seconds: 120, isForPayment: true, actor: 'trusted' as const };
    const until = async () => ((await row()).holdExpiresAt.getTime() - seat.holdExpiresAt.getTime()) / 1_000;
    expect(await reservations.extend(wish)).toMatchObject({
      extendedSeconds: 120,
      seat: { mayExtend: true },
    });
    expect(await reservations.extend(wish)).toMatchObject({ extendedSeconds: 0 });
    expect(await until()).toBe(120);
    await reservations.extend({ reservationId, seconds: 60, actor: own(seat) });
    expect([await until(), (await row()).extended]).toEqual([180, true]);
    await office.pass(HOLD_SECONDS + 180);
    expect(await refusedWith(reservations.extend(wish))).toBe('too_late');
  });

  it('stands while somebody pays elsewhere, once, and goes on when told so', async () => {
    const { seat, row } = await held();
    const { reservations } = office;
    const id = seat.reservationId;
    const until = async () => ((await row()).holdExpiresAt.getTime() - seat.holdExpiresAt.getTime()) / 1_000;
    await reservations.pauseForPayment(id);
    expect([await until(), (await reservations.get(id, own(seat))).isPaused]).toEqual([120, true]);
    await office.pass(30);
    await reservations.resumeAfterPayment(id, false);
    expect([await until(), (await reservations.get(id, own(seat))).isPaused]).toEqual([30, false]);
    await reservations.pauseForPayment(id);
    expect(await until()).toBe(30);
    await office.pass(HOLD_SECONDS);
    expect((await row()).status).toBe('expired');
    await reservations.pauseForPayment(id);
    await reservations.notePayment(id, randomUUID());
    expect(await row()).toMatchObject({ status: 'expired', paymentIntentId: null });
    await reservations.notePayment(randomUUID(), randomUUID());
  });
});
