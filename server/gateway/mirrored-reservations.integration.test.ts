import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyReservationToken } from '../tournaments/queue/reservation-tokens';
import { createSeatMirror, type SeatMirror } from '../tournaments/reservations/mirror/mirror';
import { type OtherOffice, otherOffice } from '../tournaments/reservations/mirror/testing/other-office';
import { type BoxOffice, openBoxOffice, refusedWith } from '../tournaments/reservations/testing/box-office';
import { mirroredReservations } from './mirrored-reservations';
import { ownCall } from './own-call';
import type { ReservationService } from './services';
import { otherService } from './testing/other-service';

/** SEAT-12: calls through this gateway to a service that knows nothing of tournaments. */

const log = pino({ level: 'silent' });
let office: BoxOffice;
let other: OtherOffice;
let mirror: SeatMirror;
let service: ReservationService;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  const { db, clock } = office;
  other = otherOffice(() => clock.now());
  mirror = createSeatMirror({ db, clock, log, keeper: other, changed: () => {} });
  const verifyToken = verifyReservationToken;
  service = mirroredReservations(otherService(other), { db, clock, mirror, keeper: other, verifyToken });
});

async function create(eventId: string, userId: string): Promise<string> {
  const { reservation_id } = await service.createReservation(
    {
      ...{ event_id: eventId, user_id: userId, seat_ids: [], quantity: 1, metadata: undefined },
      ...{ reservation_token: await office.token(eventId, userId), idempotency_key: '' },
    },
    ownCall(randomUUID()),
  );
  return reservation_id;
}
const confirm = (reservation_id: string) =>
  service.confirmReservation(
    { reservation_id, payment_intent_id: '', user_id: '', idempotency_key: '' },
    ownCall(),
  );
const cancel = (reservation_id: string) =>
  service.cancelReservation({ reservation_id, reason: '', user_id: '', idempotency_key: '' }, ownCall());
const statusOf = async (id: string) =>
  (await office.db.reservation.findUniqueOrThrow({ where: { id } })).status;
const entrants = (tournamentId: string) => office.db.entrant.count({ where: { tournamentId } });
const change = (id: string, data: Parameters<BoxOffice['db']['tournament']['update']>[0]['data']) =>
  office.db.tournament.update({ where: { id }, data });

describe('SEAT-12: what that service answers', () => {
  it('is known here when the answer is there', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = ''] = await office.people(1);
    const id = await create(eventId, ann);
    const row = await office.db.reservation.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      status: 'hold',
      userId: ann,
      isElsewhere: true,
      tokenId: expect.any(String),
    });
    await confirm(id);
    expect([await statusOf(id), await entrants(eventId)]).toEqual(['confirmed', 1]);
    await cancel(id);
    expect([await statusOf(id), await entrants(eventId)]).toEqual(['cancelled', 0]);
  });

  it('is known at once also where the one before it is over and nobody was told', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = ''] = await office.people(1);
    const first = await create(eventId, ann);
    other.turn(first, 'expired');
    const second = await create(eventId, ann);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['expired', 'hold']);
  });
});

describe('SEAT-12: what it need not know', () => {
  it('is when seats are given out', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = ''] = await office.people(1);
    await change(eventId, { pausedAt: new Date() });
    expect(await refusedWith(create(eventId, ann))).toBe('paused');
    await change(eventId, { pausedAt: null, closesAt: new Date(office.clock.now() - 1) });
    expect(await refusedWith(create(eventId, ann))).toBe('not_open');
    expect(await refusedWith(create(randomUUID(), ann))).toBe('no_event');
    expect(other.seats.size).toBe(0);
  });

  it('is when it is too late to confirm one, or to give one back', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = '', bob = ''] = await office.people(2);
    const [had, held] = [await create(eventId, ann), await create(eventId, bob)];
    await confirm(had);
    await change(eventId, { closesAt: new Date(office.clock.now() - 1) });
    expect(await refusedWith(cancel(had))).toBe('too_late');
    await change(eventId, { status: 'running' });
    expect(await refusedWith(confirm(held))).toBe('too_late');
    expect([other.seats.get(had)?.state, other.seats.get(held)?.state]).toEqual(['confirmed', 'hold']);
  });

  it('is that a seat it gave can’t be had: who asked is told so, and it is given back', async () => {
    const eventId = await office.event({ seats: 2 });
    const [ann = '', dora = '', bob = '', cleo = ''] = await office.people(4);
    const kept = [await create(eventId, ann), await create(eventId, dora)];
    expect(await refusedWith(create(eventId, ann))).toBe('has_seat');
    expect(await refusedWith(create(eventId, bob))).toBe('full');
    // The bracket is drawn up while it is at work.
    const { tell } = mirror;
    mirror.tell = async (...told) => {
      await change(eventId, { status: 'running' });
      return tell(...told);
    };
    expect(await refusedWith(create(eventId, cleo))).toBe('too_late');
    await mirror.beat();
    const held = [...other.seats.values()].filter(({ state }) => state === 'hold');
    expect(held.map(({ reservationId }) => reservationId)).toEqual(kept);
    expect(other.seats.size).toBe(5);
  });

  it('is that a seat ended here: who confirms it there is told so, and it is given back', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = ''] = await office.people(1);
    const id = await create(eventId, ann);
    await office.db.reservation.update({ where: { id }, data: { status: 'cancelled', reason: 'out' } });
    expect(await refusedWith(confirm(id))).toBe('too_late');
    await mirror.beat();
    expect([other.seats.get(id)?.state, await entrants(eventId)]).toEqual(['cancelled', 0]);
  });
});
