import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishAuthSecret } from '../../auth/secrets';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { localPayments } from '../../gateway/local-payments';
import { localReservations } from '../../gateway/local-reservations';
import { createPeople } from '../../gateway/people';
import { CreateReservationResponse } from '../../grpc/gen/proto/reservation/v1/reservation';
import { createFakeClock, type FakeClock } from '../../sessions/testing/fake-clock';
import type { Desk } from '../desk';
import { proveBooks } from '../ledger/prove-books';
import { createPayments, type PaymentRoom } from '../payments/create-payments';
import { createQueue, type RunningQueue } from '../queue/create-queue';
import { createPostgresLog } from '../queue/postgres-log';
import { verifyReservationToken } from '../queue/reservation-tokens';
import { tournamentEvents, tournamentSeats } from '../queue/tournament-source';
import { reasonOf } from '../refusals';
import { createReservations, type RunningReservations } from '../reservations/create-reservations';
import type { Asker, TournamentContext } from './context';
import { termsSchema } from './inputs';
import { moveTournaments } from './lifecycle';
import { cancelTournament, createTournament, openTournament } from './organise';
import { showWaitingRoom, type WaitingRoomCache } from './show-waiting-room';
import { showHistory, showWallet } from './show-wallet';
import { leaveTournament, pay, reserve, takePlace } from './tickets';

publishAuthSecret('a secret of this test file, long enough');

const log = pino({ level: 'silent' });
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let clock: FakeClock;
let ctx: TournamentContext;
let desk: Desk;
let queue: RunningQueue;
let payments: PaymentRoom;
let reservations: RunningReservations;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  clock = createFakeClock(Date.now());
  const { db } = database;
  ctx = { db, clock };
  queue = createQueue({
    log: createPostgresLog(db),
    events: tournamentEvents(db),
    seats: tournamentSeats(db),
    clock,
    logger: log,
    settings: { admissionSeconds: 120 },
  });
  await queue.ready;
  payments = createPayments({
    db,
    clock,
    log,
    scenarios: false,
    webhooks: { secret: undefined, allow: [] },
  });
  reservations = createReservations({
    db,
    clock,
    log,
    payments: payments.lookup,
    verifyToken: (token, nowMs) => verifyReservationToken(token, nowMs),
    holdSeconds: 300,
  });
  const people = createPeople(db, false);
  desk = {
    queue,
    reservations: localReservations(reservations, people),
    payments: localPayments(payments, people),
  };
});
afterEach(async () => {
  await queue.close();
  await reservations.close();
});

async function person(role: Asker['role'] = 'player'): Promise<Asker> {
  const { id } = await database.db.user.create({
    data: { username: `P-${randomUUID().slice(0, 8)}`, usernameKey: randomUUID(), role },
  });
  return { playerId: id, role, isGuest: false };
}

/** A tournament whose registration is open, and its organiser. */
async function open(more: Record<string, unknown>) {
  const owner = await person('organizer');
  const at = (ms: number) => new Date(clock.now() + ms).toISOString();
  const terms = {
    name: 'Cup',
    seats: 4,
    opensAt: at(0),
    startsAt: at(HOUR_MS),
    checkInSeconds: 300,
    ...more,
  };
  const { tournamentId } = await createTournament(ctx, owner, termsSchema.parse(terms));
  await openTournament(ctx, owner, tournamentId);
  return { owner, id: tournamentId };
}

/** Waits in the queue until it is this person's turn. */
async function turn(id: string, who: Asker) {
  await takePlace(desk, who, { tournamentId: id });
  for (let n = 0; n < 20 && queue.placeOf(id, who.playerId)?.state === 'waiting'; n += 1) {
    clock.advance(1_000);
    await queue.beat();
  }
}

const room = (id: string, who: Asker) => showWaitingRoom(ctx, desk, id, who.playerId);
const balance = async (who: Asker) => (await showWallet(ctx, who.playerId)).balance;
const refused = (work: Promise<unknown>) => work.then(() => 'done', reasonOf);

describe('from the queue to a seat', () => {
  it('TOUR-17: a seat that was given elsewhere and is not known here yet is found with the next click', async () => {
    const { id } = await open({ fee: 30 });
    const one = await person();
    await turn(id, one);
    const { createReservation } = desk.reservations;
    let isKnown = false;
    desk = {
      ...desk,
      reservations: {
        ...desk.reservations,
        async createReservation(request, call) {
          if (isKnown) return createReservation(request, call);
          return CreateReservationResponse.create({ reservation_id: randomUUID() });
        },
      },
    };
    expect(await refused(reserve(ctx, desk, one, id))).toBe('upstream_away');
    isKnown = true;
    expect(await reserve(ctx, desk, one, id)).toMatchObject({ state: 'hold' });
  });

  it('TOUR-17: takes two clicks, each of which may be made again', async () => {
    const { id } = await open({ fee: 30 });
    const one = await person();
    expect(await refused(reserve(ctx, desk, one, id))).toBe('no_place');
    await turn(id, one);
    expect(await room(id, one)).toMatchObject({ place: { state: 'ready' }, seat: null, balance: 100 });
    const seat = await reserve(ctx, desk, one, id);
    expect(seat).toMatchObject({ state: 'hold', fee: 30 });
    expect(await reserve(ctx, desk, one, id)).toMatchObject({ reservationId: seat.reservationId });
    const paid = await pay(ctx, desk, one, seat.reservationId);
    expect(paid).toMatchObject({ seat: { state: 'confirmed' }, payment: { state: 'completed', amount: 30 } });
    expect(await pay(ctx, desk, one, seat.reservationId)).toEqual(paid);
    await queue.beat();
    expect(await room(id, one)).toMatchObject({
      place: { state: 'used' },
      seat: { state: 'confirmed' },
      payment: { state: 'completed' },
      balance: 70,
      isEntrant: true,
      confirmed: 1,
    });
    const other = await person();
    expect(await refused(pay(ctx, desk, other, seat.reservationId))).toBe('not_yours');
    const { entries } = await showHistory(ctx, one.playerId, { limit: 10 });
    expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['fee', -30],
      ['welcome', 100],
    ]);
  });

  it('TOUR-17: confirms a seat without a fee with the first click, and says when it is not one’s turn', async () => {
    const { id } = await open({ seats: 2 });
    const people = [await person(), await person(), await person()] as const;
    for (const one of people.slice(0, 2)) {
      await turn(id, one);
      expect(await reserve(ctx, desk, one, id)).toMatchObject({ state: 'confirmed' });
    }
    await turn(id, people[2]);
    expect(await refused(reserve(ctx, desk, people[2], id))).toBe('not_ready');
    // Whoever leaves makes room for the next.
    await leaveTournament(ctx, desk, people[0], id);
    await turn(id, people[2]);
    expect(await reserve(ctx, desk, people[2], id)).toMatchObject({ state: 'confirmed' });
    expect(await database.db.entrant.count({ where: { tournamentId: id } })).toBe(2);
  });

  it('TOUR-17: shows who waits from memory: what all look at is read once for all', async () => {
    const { id } = await open({ seats: 2 });
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    for (const one of people) await takePlace(desk, one, { tournamentId: id });
    // Nothing is forgotten here, so that it shows what is asked again.
    const cache: WaitingRoomCache = {
      events: new LRUCache({ max: 10 }),
      balances: new LRUCache({ max: 100 }),
    };
    const look = () => Promise.all(people.map((one) => showWaitingRoom(ctx, desk, id, one.playerId, cache)));
    const first = await look();
    expect(first).toMatchObject(people.map(() => ({ seats: 2, balance: 100, seat: null })));
    expect([cache.events.size, cache.balances.size]).toEqual([1, 20]);
    await database.db.tournament.update({ where: { id }, data: { seats: 3 } });
    expect(await look()).toMatchObject(people.map(() => ({ seats: 2 })));
    expect(await room(id, people[0] ?? (await person()))).toMatchObject({ seats: 3 });
    await expect(showWaitingRoom(ctx, desk, 'nothing-here', 'nobody', cache)).rejects.toThrow('Not found');
    expect(cache.events.size).toBe(1);
  });

  it('TOUR-17: does not pay with coins that are not there, and the seat is held still', async () => {
    const { id } = await open({ fee: 500 });
    const one = await person();
    await turn(id, one);
    const seat = await reserve(ctx, desk, one, id);
    expect(['no_funds', 'not_paid']).toContain(await refused(pay(ctx, desk, one, seat.reservationId)));
    expect(await room(id, one)).toMatchObject({ seat: { state: 'hold' }, balance: 100 });
  });

  it('TOUR-15: gives every fee back, once, when a tournament is cancelled or has too few', async () => {
    const few = await open({ fee: 20 });
    const cancelled = await open({ fee: 30 });
    const one = await person();
    for (const { id } of [few, cancelled]) {
      await turn(id, one);
      await pay(ctx, desk, one, (await reserve(ctx, desk, one, id)).reservationId);
    }
    expect(await balance(one)).toBe(50);
    await cancelTournament(ctx, cancelled.owner, { tournamentId: cancelled.id, reason: 'rain' });
    await reservations.beat();
    await reservations.beat();
    expect(await balance(one)).toBe(80);
    clock.advance(HOUR_MS);
    await moveTournaments(ctx, log);
    await reservations.beat();
    expect(await database.db.tournament.findUnique({ where: { id: few.id } })).toMatchObject({
      status: 'cancelled',
      reason: 'too_few',
    });
    expect(await balance(one)).toBe(100);
    expect((await proveBooks(database.db)).violations).toEqual([]);
  });
});
