import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationState } from './reservations';
import { type BoxOffice, HOLD_SECONDS, openBoxOffice, refusedWith } from './testing/box-office';
import { trustTokens } from './tokens';

let office: BoxOffice;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());

const own = ({ userId }: { readonly userId: string }) => ({ playerId: userId });

/** An event with as many people, nobody seated. */
async function scene(terms: { seats: number; fee?: number }, count = 2) {
  const [eventId, people] = [await office.event(terms), await office.people(count)];
  const [ann = '', bob = '', cat = ''] = people;
  return { eventId, people, ann, bob, cat };
}

async function create(eventId: string, userId: string, more: Record<string, unknown> = {}) {
  const token = await office.token(eventId, userId);
  return office.reservations.create({ eventId, userId, quantity: 1, seatIds: [], token, ...more });
}

describe('SEAT-1: an admission', () => {
  it('gives one seat once, and is used up by success only', async () => {
    const { eventId, ann, bob } = await scene({ seats: 2 });
    const token = await office.token(eventId, ann);
    const request = { eventId, userId: ann, quantity: 1, seatIds: [], token };
    await office.db.tournament.update({ where: { id: eventId }, data: { pausedAt: new Date() } });
    expect(await refusedWith(office.reservations.create(request))).toBe('paused');
    await office.db.tournament.update({ where: { id: eventId }, data: { pausedAt: null } });
    const seat = await office.reservations.create(request);
    expect(seat).toMatchObject({ state: 'hold', seat: 1, userId: ann, eventId });
    await office.reservations.cancel({ reservationId: seat.reservationId, reason: '', actor: own(seat) });
    expect(await refusedWith(office.reservations.create(request))).toBe('bad_token');
    expect(await refusedWith(office.reservations.create({ ...request, userId: bob }))).toBe('bad_token');
    expect(await refusedWith(office.reservations.create({ ...request, token: 'forged' }))).toBe('bad_token');
    expect(await refusedWith(office.reservations.create({ ...request, token: '' }))).toBe('bad_token');
    const elsewhere = await office.token(await office.event({ seats: 2 }), ann);
    expect(await refusedWith(office.reservations.create({ ...request, token: elsewhere }))).toBe('bad_token');
    office.clock.advance(121_000);
    expect(await refusedWith(office.reservations.create({ ...request, token }))).toBe('bad_token');
  });

  it('brought by twenty at once makes one reservation', async () => {
    const { eventId, ann } = await scene({ seats: 8 });
    const token = await office.token(eventId, ann);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        refusedWith(office.reservations.create({ eventId, userId: ann, quantity: 1, seatIds: [], token })),
      ),
    );
    expect(results.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(await office.taken(eventId)).toBe(1);
  });

  it('asked for again under its key gives the same seat, and under no other', async () => {
    const { eventId, ann } = await scene({ seats: 4 });
    const token = await office.token(eventId, ann);
    const request = { eventId, userId: ann, quantity: 1, seatIds: [], token, key: 'a key of Ann' };
    const first = await office.reservations.create(request);
    // The answer was lost: whoever made it died before it was kept.
    expect(await office.reservations.create(request)).toMatchObject({
      reservationId: first.reservationId,
      seat: first.seat,
    });
    expect(await office.taken(eventId)).toBe(1);
    for (const key of ['another key', undefined])
      expect(await refusedWith(office.reservations.create({ ...request, key }))).toBeDefined();
    await office.reservations.cancel({ reservationId: first.reservationId, reason: '', actor: own(first) });
    expect(await refusedWith(office.reservations.create(request))).toBe('bad_token');
  });

  it('of another gateway is believed where it is trusted, and serves once there too', async () => {
    const { eventId, ann, bob, cat } = await scene({ seats: 4 }, 3);
    const { create } = office.another({ verifyToken: trustTokens, isWorking: false });
    const request = { eventId, quantity: 1, seatIds: [], token: 'whatever the other queue says' };
    expect(await create({ ...request, userId: ann })).toMatchObject({ state: 'hold' });
    expect(await refusedWith(create({ ...request, userId: bob }))).toBe('bad_token');
    expect(await create({ ...request, token: '', userId: bob })).toMatchObject({ state: 'hold' });
    expect(await create({ ...request, token: '', userId: cat })).toMatchObject({ state: 'hold' });
  });
});

describe('SEAT-2: a seat is refused', () => {
  it('to who has one, for more than one, to nobody, of nothing', async () => {
    const { eventId, ann, bob } = await scene({ seats: 4 });
    await office.hold(eventId, ann);
    expect(await refusedWith(create(eventId, ann))).toBe('has_seat');
    expect(await refusedWith(create(eventId, bob, { quantity: 2 }))).toBe('one_seat');
    expect(await refusedWith(create(eventId, bob, { seatIds: ['1', '2'] }))).toBe('one_seat');
    expect(await refusedWith(create(randomUUID(), bob))).toBe('no_event');
    expect(await refusedWith(create(eventId, randomUUID()))).toBe('no_user');
    expect(await create(eventId, bob, { quantity: 0 })).toMatchObject({ seat: 2 });
  });

  it('before the opening, after the close, while paused, and when the event is over', async () => {
    const { eventId, ann } = await scene({ seats: 4 });
    const opensAt = new Date(office.clock.now() + 60_000);
    const { opensAt: opened } = await office.db.tournament.findUniqueOrThrow({ where: { id: eventId } });
    const put = (data: Parameters<typeof office.db.tournament.update>[0]['data']) =>
      office.db.tournament.update({ where: { id: eventId }, data });
    for (const [data, reason] of [
      [{ status: 'scheduled', opensAt }, 'not_open'],
      [{ status: 'open', opensAt: opened, closesAt: new Date(office.clock.now()) }, 'not_open'],
      [{ status: 'running' }, 'not_open'],
      [{ status: 'ended' }, 'not_open'],
      [{ status: 'cancelled' }, 'not_open'],
    ] as const) {
      await put(data);
      expect([data, await refusedWith(create(eventId, ann))]).toEqual([data, reason]);
    }
    // Those who wait still move up while people check in.
    await put({ status: 'checkin' });
    expect(await create(eventId, ann)).toMatchObject({ state: 'hold' });
  });
});

describe('SEAT-3: a seat’s number', () => {
  it('is the one that was asked for, else the lowest that is free', async () => {
    const { eventId, people } = await scene({ seats: 4 }, 5);
    const [ann = '', bob = '', cat = '', dan = '', eve = ''] = people;
    expect(await office.hold(eventId, ann, ['3'])).toMatchObject({ seat: 3 });
    expect(await refusedWith(office.hold(eventId, bob, ['3']))).toBe('full');
    expect(await refusedWith(office.hold(eventId, bob, ['5']))).toBe('one_seat');
    expect(await refusedWith(office.hold(eventId, bob, ['0']))).toBe('one_seat');
    expect(await office.hold(eventId, bob)).toMatchObject({ seat: 1 });
    expect(await office.hold(eventId, cat, ['A-1'])).toMatchObject({ seat: 2 });
    expect(await office.hold(eventId, dan)).toMatchObject({ seat: 4 });
    expect(await refusedWith(office.hold(eventId, eve))).toBe('full');
  });
});

describe('SEAT-4: a hold', () => {
  it('that somebody has in hand at its end is neither given away under them nor an error for others', async () => {
    const { eventId, people } = await scene({ seats: 2 }, 3);
    const [ann = '', bob = '', cat = ''] = people;
    const { reservationId } = await office.hold(eventId, ann);
    await office.hold(eventId, bob);
    const asleep = office.another({ isWorking: false });
    const past = new Date(office.clock.now() - 1);
    await office.db.reservation.update({ where: { id: reservationId }, data: { holdExpiresAt: past } });
    await office.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Reservation" WHERE "id" = ${reservationId} FOR UPDATE`;
      const request = { eventId, quantity: 1, seatIds: [] };
      for (const [userId, reason] of [
        [cat, 'full'],
        [ann, 'full'],
      ] as const) {
        const token = await office.token(eventId, userId);
        expect(await refusedWith(asleep.create({ ...request, userId, token }))).toBe(reason);
      }
      await office.db.tournament.update({ where: { id: eventId }, data: { seats: 3 } });
      const token = await office.token(eventId, ann);
      expect(await refusedWith(asleep.create({ ...request, userId: ann, token }))).toBe('has_seat');
    });
    expect(await asleep.get(reservationId, 'trusted')).toMatchObject({ state: 'expired' });
    expect(await office.hold(eventId, ann)).toMatchObject({ seat: 1 });
  });

  it('ends at its time, and is over from then on before any job has seen it', async () => {
    const { eventId, ann, bob } = await scene({ seats: 2, fee: 10 });
    const seat = await office.hold(eventId, ann);
    const asleep = office.another({ isWorking: false });
    expect(seat.holdExpiresAt.getTime()).toBe(office.clock.now() + HOLD_SECONDS * 1_000);
    await office.db.reservation.update({
      where: { id: seat.reservationId },
      data: { holdExpiresAt: new Date(office.clock.now()), updatedAt: seat.updatedAt },
    });
    const stored = async () =>
      (await office.db.reservation.findUniqueOrThrow({ where: { id: seat.reservationId } })).status;
    const listed = async (state: ReservationState) => {
      const filter = { userId: ann, eventId, state, limit: 5, cursor: undefined };
      const { seats, total } = await asleep.list(filter);
      return [seats.map((one) => one.state), total];
    };
    expect(await asleep.availability(eventId)).toEqual({ seats: 2, held: 0, confirmed: 0 });
    expect([await listed('hold'), await listed('expired')]).toEqual([
      [[], 0],
      [['expired'], 1],
    ]);
    expect(await stored()).toBe('hold');
    const what = { reservationId: seat.reservationId, actor: own(seat) };
    expect(await refusedWith(asleep.extend({ ...what, seconds: 10 }))).toBe('too_late');
    expect(await refusedWith(asleep.cancel({ ...what, reason: '' }))).toBe('too_late');
    expect(await asleep.get(seat.reservationId, own(seat))).toMatchObject({ state: 'expired' });
    expect(await stored()).toBe('expired');
    expect(await refusedWith(asleep.confirm({ ...what, paymentIntentId: undefined }))).toBe('too_late');
    // The seat is anybody’s, its last owner’s too.
    expect(await office.hold(eventId, bob, ['1'])).toMatchObject({ seat: 1 });
    expect(await office.hold(eventId, ann)).toMatchObject({ seat: 2 });
  });

  it('ends to the moment by the process’s own timer, and is told at once', async () => {
    const { eventId, ann } = await scene({ seats: 2 });
    // Off the beat, so that it is not what ends it.
    office.clock.advance(250);
    const seat = await office.hold(eventId, ann);
    const told: string[] = [];
    const isOver = new Promise<void>((resolve) => {
      const stop = office.reservations.onChange((change) => {
        if (change.seat.reservationId !== seat.reservationId) return;
        told.push(change.seat.state);
        stop();
        resolve();
      });
    });
    await office.pass(HOLD_SECONDS - 0.001);
    // What rang too early in this great leap of time rings now, and the last alarm is set.
    await office.pass(0);
    expect(told).toEqual([]);
    office.clock.advance(1);
    await isOver;
    expect(told).toEqual(['expired']);
  });

  it('is extended once, by no more than a hold lasts', async () => {
    const { eventId, ann } = await scene({ seats: 2 });
    const seat = await office.hold(eventId, ann);
    const extend = (seconds: number) =>
      office.reservations.extend({ reservationId: seat.reservationId, seconds, actor: own(seat) });
    expect(await refusedWith(extend(0))).toBe('bad_request');
    expect(await refusedWith(extend(-5))).toBe('bad_request');
    const first = await extend(10_000);
    expect(first.extendedSeconds).toBe(HOLD_SECONDS);
    expect(first.seat.holdExpiresAt.getTime() - seat.holdExpiresAt.getTime()).toBe(HOLD_SECONDS * 1_000);
    expect(await refusedWith(extend(1))).toBe('extended_already');
  });
});

describe('SEAT-6: confirming', () => {
  it('takes a completed payment of this seat, this person and this amount, and nothing else', async () => {
    const { eventId, ann, bob } = await scene({ seats: 4, fee: 10 });
    const [mine, theirs] = [await office.hold(eventId, ann), await office.hold(eventId, bob)];
    const confirm = (paymentIntentId: string | undefined, actor = own(mine)) =>
      office.reservations.confirm({ reservationId: mine.reservationId, paymentIntentId, actor });
    expect(await refusedWith(confirm(undefined))).toBe('not_paid');
    expect(await refusedWith(confirm(randomUUID()))).toBe('not_paid');
    expect(await refusedWith(confirm(await office.intend(mine)))).toBe('not_paid');
    expect(await refusedWith(confirm(await office.pay(theirs)))).toBe('not_paid');
    const paid = await office.pay(mine);
    await office.db.paymentIntent.update({ where: { id: paid }, data: { amount: 9 } });
    expect(await refusedWith(confirm(paid))).toBe('not_paid');
    await office.db.paymentIntent.update({ where: { id: paid }, data: { amount: 10, userId: bob } });
    expect(await refusedWith(confirm(paid))).toBe('not_paid');
    await office.db.paymentIntent.update({ where: { id: paid }, data: { userId: ann } });
    const seat = await confirm(paid);
    expect(seat).toMatchObject({ state: 'confirmed', paymentIntentId: paid });
    expect(seat.orderId).toMatch(/^ord_[0-9a-f]{12}$/);
    for (const intent of [paid, undefined])
      expect(await confirm(intent)).toMatchObject({ orderId: seat.orderId, state: 'confirmed' });
    expect(await refusedWith(confirm(randomUUID()))).toBe('reservation_over');
    const entrant = await office.db.entrant.findMany({ where: { tournamentId: eventId } });
    expect(entrant).toMatchObject([{ userId: ann, reservationId: mine.reservationId, checkedInAt: null }]);
  });

  it('of a seat without a fee needs no payment', async () => {
    const { eventId, ann } = await scene({ seats: 2 });
    const { reservationId } = await office.hold(eventId, ann);
    const request = { reservationId, paymentIntentId: undefined, actor: { playerId: ann } };
    const both = await Promise.all([
      office.reservations.confirm(request),
      office.reservations.confirm(request),
    ]);
    expect(both[0].orderId).toBe(both[1].orderId);
  });

  it('comes too late for what has ended', async () => {
    const { eventId, ann, bob } = await scene({ seats: 2 });
    const [one, two] = [await office.hold(eventId, ann), await office.hold(eventId, bob)];
    await office.reservations.cancel({ reservationId: one.reservationId, reason: 'x', actor: own(one) });
    const confirm = (seat: typeof one) =>
      refusedWith(
        office.reservations.confirm({
          reservationId: seat.reservationId,
          paymentIntentId: undefined,
          actor: own(seat),
        }),
      );
    expect(await confirm(one)).toBe('reservation_over');
    await office.pass(HOLD_SECONDS);
    expect(await confirm(two)).toBe('too_late');
  });
});

describe('SEAT-7: giving back', () => {
  async function confirmed() {
    const { eventId, ann } = await scene({ seats: 2, fee: 40 });
    const held = await office.hold(eventId, ann);
    const paymentIntentId = await office.pay(held);
    const what = { reservationId: held.reservationId, actor: own(held) };
    await office.reservations.confirm({ ...what, paymentIntentId });
    const cancel = () => office.reservations.cancel({ ...what, reason: 'changed my mind' });
    return { eventId, ann, cancel, reservationId: held.reservationId };
  }

  it('a confirmed seat before the close gives the fee back, and the person is out', async () => {
    const { eventId, ann, cancel } = await confirmed();
    expect(await office.coins(ann)).toBe(60);
    expect(await cancel()).toMatchObject({ state: 'cancelled', reason: 'changed my mind' });
    expect(await office.coins(ann)).toBe(100);
    expect(await office.db.entrant.count({ where: { tournamentId: eventId } })).toBe(0);
    expect(await refusedWith(cancel())).toBe('reservation_over');
    expect(await office.coins(ann)).toBe(100);
  });

  it('is too late once registration is closed or the bracket drawn up', async () => {
    const { eventId, ann, cancel } = await confirmed();
    const put = (data: Parameters<typeof office.db.tournament.update>[0]['data']) =>
      office.db.tournament.update({ where: { id: eventId }, data });
    for (const status of ['running', 'ended'] as const) {
      await put({ status });
      expect(await refusedWith(cancel())).toBe('too_late');
    }
    await put({ status: 'open', closesAt: new Date(office.clock.now()) });
    expect(await refusedWith(cancel())).toBe('too_late');
    await put({ status: 'checkin', closesAt: new Date(office.clock.now() + 1_000) });
    await cancel();
    expect(await office.coins(ann)).toBe(100);
  });
});

describe('SEAT-8: what is somebody else’s', () => {
  it('is neither shown nor touched', async () => {
    const { eventId, ann, bob } = await scene({ seats: 2 });
    const { reservationId } = await office.hold(eventId, ann);
    const actor = { playerId: bob };
    for (const call of [
      office.reservations.get(reservationId, actor),
      office.reservations.confirm({ reservationId, paymentIntentId: undefined, actor }),
      office.reservations.cancel({ reservationId, reason: '', actor }),
      office.reservations.extend({ reservationId, seconds: 5, actor }),
    ])
      expect(await refusedWith(call)).toBe('not_yours');
    expect(await office.reservations.get(reservationId, 'trusted')).toMatchObject({ state: 'hold' });
    expect(await refusedWith(office.reservations.get(randomUUID(), actor))).toBe('no_reservation');
  });
});

describe('SEAT-9: lists', () => {
  it('go by cursor, newest first, each once, with the total', async () => {
    const { eventId, people } = await scene({ seats: 7 }, 7);
    for (const one of people) await office.hold(eventId, one);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = { userId: undefined, eventId, state: undefined, limit: 3, cursor } as const;
      const page = await office.reservations.list(filter);
      expect(page.total).toBe(7);
      seen.push(...page.seats.map(({ userId }) => userId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect([...seen].sort()).toEqual([...people].sort());
    const bad = { userId: undefined, eventId, state: undefined, limit: 3, cursor: 'x' } as const;
    expect(await refusedWith(office.reservations.list(bad))).toBe('bad_request');
  });

  it('and counts of an event tell what is held and confirmed', async () => {
    const { eventId, ann, bob } = await scene({ seats: 3 });
    await office.hold(eventId, ann);
    const { reservationId } = await office.hold(eventId, bob);
    await office.reservations.confirm({ reservationId, paymentIntentId: undefined, actor: 'trusted' });
    expect(await office.reservations.availability(eventId)).toEqual({ seats: 3, held: 1, confirmed: 1 });
    expect(await refusedWith(office.reservations.availability(randomUUID()))).toBe('no_event');
  });
});

describe('SEAT-10: changes', () => {
  it('are told in every process, each once and in order, one’s own at once', async () => {
    const { eventId, ann } = await scene({ seats: 2 });
    const other = office.another({ isWorking: false });
    const here: unknown[] = [];
    const there: unknown[] = [];
    const stops = [
      office.reservations.onChange(
        ({ before, seat }) => seat.eventId === eventId && here.push([before, seat.state]),
      ),
      other.onChange(({ before, seat }) => seat.eventId === eventId && there.push([before, seat.state])),
    ];
    const { reservationId } = await office.hold(eventId, ann);
    expect(here).toEqual([[undefined, 'hold']]);
    await other.poll();
    await other.poll();
    expect(there).toEqual([[undefined, 'hold']]);
    // Made there in the same millisecond, by a clock that does not move.
    await other.cancel({ reservationId, reason: '', actor: 'trusted' });
    await office.reservations.poll();
    await office.reservations.poll();
    expect(here).toEqual([
      [undefined, 'hold'],
      ['hold', 'cancelled'],
    ]);
    expect(there).toEqual(here);
    for (const stop of stops) stop();
  });

  it('of others are told though one of them has a clock that is an hour ahead', async () => {
    const { eventId, ann, bob } = await scene({ seats: 2 });
    const other = office.another({ isWorking: false });
    const told: string[] = [];
    const stop = other.onChange(({ seat }) => {
      if (seat.eventId === eventId) told.push(`${seat.seat} ${seat.state}`);
    });
    const one = await office.hold(eventId, ann);
    await other.poll();
    await office.db.reservation.update({
      where: { id: one.reservationId },
      data: { holdExpiresAt: one.holdExpiresAt, updatedAt: new Date(office.clock.now() + 3_600_000) },
    });
    await other.poll();
    office.clock.advance(20_000);
    await other.poll();
    const two = await office.hold(eventId, bob);
    await other.poll();
    await office.reservations.cancel({ reservationId: two.reservationId, reason: '', actor: 'trusted' });
    await office.reservations.cancel({ reservationId: one.reservationId, reason: '', actor: 'trusted' });
    await other.poll();
    await other.poll();
    stop();
    expect(told.filter((words) => words.startsWith('2'))).toEqual(['2 hold', '2 cancelled']);
    expect(told.at(-1)).toMatch(/cancelled/);
    expect(told).toContain('1 cancelled');
  });
});
