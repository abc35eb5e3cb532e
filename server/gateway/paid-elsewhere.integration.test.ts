import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreatePaymentIntentRequest } from '../grpc/gen/proto/payment/v1/payment';
import { createPayments, type PaymentRoom } from '../tournaments/payments/create-payments';
import { seatsUnknown } from '../tournaments/payments/seats';
import { verifyReservationToken } from '../tournaments/queue/reservation-tokens';
import { createSeatMirror, type SeatMirror } from '../tournaments/reservations/mirror/mirror';
import { type OtherOffice, otherOffice } from '../tournaments/reservations/mirror/testing/other-office';
import { type BoxOffice, openBoxOffice, refusedWith } from '../tournaments/reservations/testing/box-office';
import { localPayments } from './local-payments';
import { mirroredReservations } from './mirrored-reservations';
import { ownCall } from './own-call';
import { payableOnly, tellingSeats } from './paid-elsewhere';
import { type PaidSeats, paidSeatsElsewhere, paidSeatsHere } from './paid-seats';
import { createPeople } from './people';
import type { PaymentService, ReservationService } from './services';
import { otherService } from './testing/other-service';

/** PAY-4, PAY-6: payments that another service makes, which knows nothing of seats. */

const log = pino({ level: 'silent' });
const FEE = 10;

let office: BoxOffice;
let foreign: PaymentRoom;
let other: OtherOffice;
let mirror: SeatMirror;
let seats: ReservationService;
beforeAll(async () => {
  office = await openBoxOffice({ isWorking: false });
  const { db, clock } = office;
  foreign = createPayments({
    ...{ db, clock, log, scenarios: false, webhooks: { secret: undefined, allow: [] } },
    seats: seatsUnknown,
  });
});
afterAll(async () => {
  await foreign.close();
  await office.close();
});
beforeEach(() => {
  const { db, clock } = office;
  other = otherOffice(() => clock.now());
  mirror = createSeatMirror({ db, clock, log, keeper: other, changed: () => {} });
  const parts = { db, clock, mirror, keeper: other, verifyToken: verifyReservationToken };
  seats = mirroredReservations(otherService(other, FEE), parts);
});

function paymentsFor(paid: PaidSeats): PaymentService {
  const { db, clock } = office;
  const people = createPeople(db, false);
  const payable = payableOnly(localPayments(foreign, people), { seats: paid, people, clock });
  return tellingSeats(payable, paid);
}
const elsewhere = () => paymentsFor(paidSeatsElsewhere(office.db, seats, office.reservations));

async function intend(payments: PaymentService, reservation_id: string, user_id: string, more = {}) {
  const amount = { amount: BigInt(FEE), currency: 'COIN' };
  const request = CreatePaymentIntentRequest.create({ reservation_id, user_id, amount, ...more });
  const { payment_intent_id } = await payments.createPaymentIntent(request, ownCall(randomUUID()));
  return payment_intent_id;
}

async function held() {
  const eventId = await office.event({ seats: 4, fee: FEE });
  const [ann = '', bob = ''] = await office.people(2);
  const { reservationId } = other.hold(eventId, ann, { fee: FEE });
  await mirror.catchUp(eventId);
  const row = () => office.db.reservation.findUniqueOrThrow({ where: { id: reservationId } });
  return { eventId, ann, bob, reservationId, row };
}

describe('PAY-4: a seat that is kept elsewhere', () => {
  it('is looked at before anything is paid for it, as our own payments do', async () => {
    const { ann, bob, reservationId } = await held();
    const tried = (user: string, more = {}, id = reservationId) =>
      refusedWith(intend(elsewhere(), id, user, more));
    expect(await tried(ann, {}, randomUUID())).toBe('no_reservation');
    expect(await tried(bob)).toBe('not_yours');
    expect(await tried(ann, { amount: { amount: 9n, currency: 'COIN' } })).toBe('bad_amount');
    expect(await tried(ann, { amount: { amount: 10n, currency: 'KRW' } })).toBe('bad_currency');
    office.clock.advance(300_001);
    // Nobody has told that it is over.
    expect([other.seats.get(reservationId)?.state, await tried(ann)]).toEqual(['hold', 'too_late']);
    other.turn(reservationId, 'confirmed');
    expect(await tried(ann)).toBe('reservation_over');
  });

  it('is over when it ended here, whatever is said of it there', async () => {
    const { ann, bob, reservationId } = await held();
    const data = { status: 'cancelled' as const, reason: 'tournament_cancelled' };
    await office.db.reservation.update({ where: { id: reservationId }, data });
    expect(await refusedWith(intend(elsewhere(), reservationId, bob))).toBe('not_yours');
    expect(await refusedWith(intend(elsewhere(), reservationId, ann))).toBe('reservation_over');
  });
});

describe('PAY-6: the countdown', () => {
  it('stands once for who pays, and the extension is left to its person', async () => {
    const { ann, reservationId, row } = await held();
    const before = await row();
    const until = () =>
      (Number(other.seats.get(reservationId)?.holdExpiresAt) - Number(before.holdExpiresAt)) / 1_000;
    await intend(elsewhere(), reservationId, ann);
    await intend(elsewhere(), reservationId, ann);
    const paused = await row();
    expect([until(), paused.holdExpiresAt]).toEqual([120, other.seats.get(reservationId)?.holdExpiresAt]);
    expect(paused).toMatchObject({ extended: false, pauseUsed: true });
    expect(paused.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    await seats.extendHold(
      {
        reservation_id: reservationId,
        user_id: ann,
        extension_seconds: 60,
        reason: '',
        idempotency_key: 'k',
      },
      { ...ownCall('k'), caller: { kind: 'player', playerId: ann } },
    );
    expect([until(), (await row()).extended]).toEqual([180, true]);
    expect((await row()).updatedAt.getTime()).toBeGreaterThan(paused.updatedAt.getTime());
  });

  it('goes on when no payment is open any more', async () => {
    const eventId = await office.event({ seats: 4, fee: FEE });
    const [ann = ''] = await office.people(1);
    const { reservationId } = await office.hold(eventId, ann);
    const payments = paymentsFor(paidSeatsHere(office.reservations));
    const isPaused = async () => (await office.reservations.get(reservationId, { playerId: ann })).isPaused;
    const open = [await intend(payments, reservationId, ann), await intend(payments, reservationId, ann)];
    const states = [await isPaused()];
    for (const payment_intent_id of open) {
      const request = { payment_intent_id, reason: '', refund_amount: undefined, idempotency_key: '' };
      await payments.cancelPayment(request, ownCall(randomUUID()));
      states.push(await isPaused());
    }
    expect(states).toEqual([true, true, false]);
  });
});
