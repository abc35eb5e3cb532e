import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createQueue, type RunningQueue } from '../../queue/create-queue';
import { heardSeats } from '../../queue/heard-seats';
import { openQueueLog } from '../../queue/log';
import { tournamentEvents, tournamentSeats } from '../../queue/tournament-source';
import { moveTournaments } from '../../running/lifecycle';
import { type BoxOffice, openBoxOffice, refusedWith } from '../testing/box-office';
import { createSeatMirror, type SeatMirror } from './mirror';
import { type OtherOffice, otherOffice } from './testing/other-office';

/** SEAT-12: seats that another service keeps. */

const log = pino({ level: 'silent' });

let office: BoxOffice;
let other: OtherOffice;
let mirror: SeatMirror;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  other = otherOffice(() => office.clock.now());
  mirror = anotherMirror();
});

/** What a process has after its start: nothing that it was told before. */
const anotherMirror = () =>
  createSeatMirror({
    db: office.db,
    clock: office.clock,
    log,
    keeper: other,
    changed: () => void office.reservations.poll(),
  });

/** A round, and what tournaments do then. */
async function moveOn() {
  await mirror.beat();
  await moveTournaments(office, log, mirror);
}

const row = (id: string) => office.db.reservation.findUnique({ where: { id } });
const entrants = async (eventId: string) =>
  (await office.db.entrant.findMany({ where: { tournamentId: eventId }, orderBy: { enteredAt: 'asc' } })).map(
    ({ userId }) => userId,
  );

describe('SEAT-12: who has a seat over there is an entrant here', () => {
  it('when it is told at once, when it is heard later, and after a restart', async () => {
    const eventId = await office.event({ seats: 8 });
    const [ann = '', bob = '', cleo = ''] = await office.people(3);
    const first = other.hold(eventId, ann, { seat: 3, tokenId: 'the admission of Ann' });
    await mirror.tell(first);
    expect(await row(first.reservationId)).toMatchObject({
      ...{ status: 'hold', seat: 3, userId: ann, tokenId: 'the admission of Ann', isElsewhere: true },
    });
    await mirror.tell(other.turn(first.reservationId, 'confirmed'));
    expect(await entrants(eventId)).toEqual([ann]);
    const second = other.hold(eventId, bob, { seat: 3 });
    other.turn(second.reservationId, 'confirmed');
    await mirror.catchUp(eventId);
    expect(await row(second.reservationId)).toMatchObject({ status: 'confirmed', seat: 1 });
    other.turn(other.hold(eventId, cleo).reservationId, 'confirmed');
    mirror = anotherMirror();
    await mirror.beat();
    expect(await entrants(eventId)).toEqual([ann, bob, cleo]);
    expect((await office.violations()).violations).toEqual([]);
  });

  it('and is none any more when it is cancelled there; an old telling brings nobody back', async () => {
    const eventId = await office.event({ seats: 8 });
    const [ann = ''] = await office.people(1);
    const held = other.hold(eventId, ann);
    const confirmed = other.turn(held.reservationId, 'confirmed');
    await mirror.tell(held);
    await mirror.tell(confirmed);
    await mirror.tell(held);
    expect(await entrants(eventId)).toEqual([ann]);
    other.turn(held.reservationId, 'cancelled');
    await mirror.catchUp(eventId);
    expect(await entrants(eventId)).toEqual([]);
    await mirror.tell(held);
    await mirror.tell(confirmed);
    await mirror.beat();
    expect([await entrants(eventId), (await row(held.reservationId))?.status]).toEqual([[], 'cancelled']);
  });

  it('also where the service has no list: what was told once is asked about', async () => {
    other.hasList = false;
    const eventId = await office.event({ seats: 8 });
    const [ann = ''] = await office.people(1);
    const held = other.hold(eventId, ann);
    await mirror.tell(held);
    other.turn(held.reservationId, 'confirmed');
    await anotherMirror().catchUp(eventId);
    expect(await entrants(eventId)).toEqual([ann]);
  });

  it('and stays one where the service forgets everything; a hold that is over ends', async () => {
    const eventId = await office.event({ seats: 8 });
    const [ann = '', bob = ''] = await office.people(2);
    const had = other.turn(other.hold(eventId, ann).reservationId, 'confirmed');
    const held = other.hold(eventId, bob);
    await mirror.catchUp(eventId);
    other.forget();
    await mirror.catchUp(eventId);
    const states = async () => [
      (await row(had.reservationId))?.status,
      (await row(held.reservationId))?.status,
    ];
    expect(await states()).toEqual(['confirmed', 'hold']);
    // Our own job ends nothing that is not ours.
    await office.pass(301);
    expect(await states()).toEqual(['confirmed', 'hold']);
    await mirror.catchUp(eventId);
    expect(await states()).toEqual(['confirmed', 'expired']);
  });

  it('nothing is done with such a seat but through whoever keeps it', async () => {
    const eventId = await office.event({ seats: 8 });
    const [ann = ''] = await office.people(1);
    const { reservationId } = other.hold(eventId, ann);
    await mirror.catchUp(eventId);
    const { reservations } = office;
    const actor = { playerId: ann };
    expect(await reservations.get(reservationId, actor)).toMatchObject({ state: 'hold' });
    const tries = [
      reservations.confirm({ reservationId, paymentIntentId: undefined, actor }),
      reservations.cancel({ reservationId, reason: '', actor }),
      reservations.extend({ reservationId, seconds: 5, actor }),
    ];
    for (const one of tries) expect(await refusedWith(one)).toBe('no_reservation');
  });
});

describe('SEAT-12: what can’t be had here is given back there', () => {
  it('a second seat of a person and one too many, once that was seen twice; fees go back', async () => {
    const eventId = await office.event({ seats: 2 });
    const [ann = '', bob = '', cleo = ''] = await office.people(3);
    for (const who of [ann, bob]) other.turn(other.hold(eventId, who).reservationId, 'confirmed');
    await mirror.catchUp(eventId);
    const twice = other.hold(eventId, ann, { fee: 10 });
    const tooMany = other.turn(other.hold(eventId, cleo).reservationId, 'confirmed');
    await mirror.catchUp(eventId);
    expect([await row(twice.reservationId), mirror.unfit(eventId)]).toEqual([null, 2]);
    await mirror.beat();
    expect(await row(twice.reservationId)).toMatchObject({
      ...{ status: 'cancelled', reason: 'has_seat', refundDue: true, releaseDue: false },
    });
    expect(await row(tooMany.reservationId)).toMatchObject({ status: 'cancelled', reason: 'full' });
    expect([
      other.seats.get(twice.reservationId)?.state,
      other.seats.get(tooMany.reservationId)?.state,
    ]).toEqual(['cancelled', 'cancelled']);
    expect([await entrants(eventId), await office.taken(eventId)]).toEqual([[ann, bob], 2]);
  });

  it('a seat that took the place of one that is over is kept, in whatever order that is heard', async () => {
    const eventId = await office.event({ seats: 2 });
    const [ann = ''] = await office.people(1);
    const first = other.hold(eventId, ann);
    await mirror.catchUp(eventId);
    other.turn(first.reservationId, 'expired');
    const second = other.hold(eventId, ann);
    expect(await mirror.tell(second)).toMatchObject({ is: 'later' });
    await mirror.catchUp(eventId);
    expect([(await row(first.reservationId))?.status, (await row(second.reservationId))?.status]).toEqual([
      'expired',
      'hold',
    ]);
  });

  it('everything, when the tournament is cancelled', async () => {
    const eventId = await office.event({ seats: 4 });
    const [ann = ''] = await office.people(1);
    const { reservationId } = other.turn(other.hold(eventId, ann).reservationId, 'confirmed');
    await mirror.catchUp(eventId);
    await office.db.tournament.update({
      where: { id: eventId },
      data: { startsAt: new Date(office.clock.now()) },
    });
    // With one entrant there is nothing to fight about.
    await moveTournaments(office, log, mirror);
    expect(await row(reservationId)).toMatchObject({ status: 'cancelled', releaseDue: true });
    other.isDown = true;
    await mirror.beat();
    other.isDown = false;
    await mirror.beat();
    expect(other.seats.get(reservationId)?.state).toBe('cancelled');
    expect((await row(reservationId))?.releaseDue).toBe(false);
  });
});

describe('SEAT-12: the bracket is drawn from who really has a seat', () => {
  async function startsNow() {
    const eventId = await office.event({ seats: 8 });
    const people = await office.people(4);
    const [ann = '', bob = '', cleo = '', dora = ''] = people;
    const startsAt = new Date(office.clock.now() + 1_000);
    await office.db.tournament.update({ where: { id: eventId }, data: { startsAt, checkInSeconds: 0 } });
    for (const who of [ann, bob]) other.turn(other.hold(eventId, who).reservationId, 'confirmed');
    await mirror.catchUp(eventId);
    const status = async () =>
      (await office.db.tournament.findUniqueOrThrow({ where: { id: eventId } })).status;
    return { eventId, ann, bob, cleo, dora, status };
  }

  it('also from those who confirmed a moment before; holds end on both sides, and later words change nothing', async () => {
    const { eventId, ann, bob, cleo, dora, status } = await startsNow();
    const late = other.hold(eventId, dora);
    other.turn(other.hold(eventId, cleo).reservationId, 'confirmed');
    const [gone] = [...other.seats.values()].filter(({ userId }) => userId === ann);
    office.clock.advance(1_000);
    await moveOn();
    expect(await status()).toBe('running');
    expect(new Set(await entrants(eventId))).toEqual(new Set([ann, bob, cleo]));
    expect(await row(late.reservationId)).toMatchObject({ status: 'expired', releaseDue: true });
    const told = await mirror.tell(other.turn(late.reservationId, 'confirmed'));
    expect(told).toMatchObject({ is: 'lost', why: 'started' });
    if (gone) await mirror.tell(other.turn(gone.reservationId, 'cancelled'));
    await mirror.beat();
    expect(other.seats.get(late.reservationId)?.state).toBe('cancelled');
    expect(await entrants(eventId)).toHaveLength(3);
  });

  it('whoever keeps the seats and is silent is waited for, but not for ever', async () => {
    const { eventId, cleo, status } = await startsNow();
    other.turn(other.hold(eventId, cleo).reservationId, 'confirmed');
    other.isDown = true;
    office.clock.advance(60_000);
    await moveOn();
    expect(await status()).toBe('open');
    other.isDown = false;
    await moveOn();
    expect([await status(), (await entrants(eventId)).length]).toEqual(['running', 3]);
    const next = await startsNow();
    other.isDown = true;
    office.clock.advance(122_000);
    await moveOn();
    expect(await next.status()).toBe('running');
  });
});

describe('SEAT-12: seats of a service of ours on the same database', () => {
  it('are its own: nothing told changes them, and nobody waits for what is here already', async () => {
    const eventId = await office.event({ seats: 8 });
    const people = await office.people(2);
    for (const userId of people) {
      const { reservationId } = await office.hold(eventId, userId);
      const actor = { playerId: userId };
      await office.reservations.confirm({ reservationId, paymentIntentId: undefined, actor });
      const { holdExpiresAt, seat } = await office.reservations.get(reservationId, actor);
      const told = other.hold(eventId, userId, { reservationId, holdExpiresAt, seat, state: 'cancelled' });
      expect(await mirror.tell(told)).toEqual({ is: 'nothing' });
    }
    expect(new Set(await entrants(eventId))).toEqual(new Set(people));
    other.isDown = true;
    const startsAt = new Date(office.clock.now());
    await office.db.tournament.update({ where: { id: eventId }, data: { startsAt, checkInSeconds: 0 } });
    await moveOn();
    const { status } = await office.db.tournament.findUniqueOrThrow({ where: { id: eventId } });
    expect(status).toBe('running');
  });
});

describe('QUEUE-8: seats that another service keeps', () => {
  let queue: RunningQueue;
  beforeAll(async () => {
    queue = createQueue({
      log: openQueueLog({ REDIS_URL: undefined }, office.db, log),
      events: tournamentEvents(office.db),
      seats: heardSeats(tournamentSeats(office.db), {
        isCurrent: (id) => mirror.isCurrent(id),
        unfit: (id) => mirror.unfit(id),
      }),
      clock: office.clock,
      logger: log,
      settings: { admissionSeconds: 60 },
    });
    await queue.ready;
  });
  afterAll(() => queue.close());

  it('are free as far as it says so: nobody is called for those that it gave to others, nor while it is silent', async () => {
    const eventId = await office.event({ seats: 3 });
    const [ann = '', bob = '', cleo = ''] = await office.people(3);
    const place = (userId: string) => queue.placeOf(eventId, userId)?.state;
    for (const userId of [ann, bob, cleo]) await queue.join({ eventId, userId });
    const beat = async () => {
      office.clock.advance(1_100);
      await queue.beat();
    };
    await beat();
    // Nothing was heard yet.
    expect([ann, bob, cleo].map(place)).toEqual(['waiting', 'waiting', 'waiting']);
    const { reservationId } = other.hold(eventId, 'somebody whom nobody here knows');
    const theirs = other.hold(eventId, (await office.people(1))[0] ?? '');
    await mirror.catchUp(eventId);
    await beat();
    expect([ann, bob, cleo].map(place)).toEqual(['ready', 'waiting', 'waiting']);
    other.turn(reservationId, 'expired');
    other.turn(theirs.reservationId, 'expired');
    office.clock.advance(20_000);
    await beat();
    expect(place(bob)).toBe('waiting');
    await mirror.catchUp(eventId);
    await beat();
    expect([ann, bob, cleo].map(place)).toEqual(['ready', 'ready', 'ready']);
  });
});
