import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoxOffice, openBoxOffice } from '../reservations/testing/box-office';
import { withdraw } from '../running/entering';
import { moveTournaments } from '../running/lifecycle';
import { disqualify } from '../running/steer';
import { paperFloor, randomEnd, seeded } from '../testing/random-judge';
import { CALL_SECONDS, callPairings } from './calling';

/** Large brackets through the database to their end; a seeded judge says how each fight went. */

const log = pino({ level: 'silent' });
const FEE = 2;
const PAYING = 32;
const START_IN_MS = 600_000;

let office: BoxOffice;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());

/** All of it side by side, as far as the pool of connections goes. */
async function each<T>(all: readonly T[], task: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await task(one);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** A tournament whose people have their seats; the last of them do not check in. */
async function registered(format: 'single' | 'double', count: number, noShows: number, prizes: number[]) {
  const { db, clock, reservations } = office;
  const eventId = await office.event({ seats: count, fee: FEE });
  const startsAt = new Date(clock.now() + START_IN_MS);
  await db.tournament.update({
    where: { id: eventId },
    data: { format, prizes, startsAt, closesAt: startsAt, checkInSeconds: 300 },
  });
  const people = await office.people(count);
  await db.rating.createMany({
    data: people.map((playerId, n) => ({ playerId, rating: 2_500 - n, updatedAt: new Date(clock.now()) })),
  });
  // Some through the services, with coins; the rest straight into the database.
  await each(people.slice(0, PAYING), async (userId) => {
    const seat = await office.hold(eventId, userId);
    const paymentIntentId = await office.pay(seat);
    const { reservationId } = seat;
    await reservations.confirm({ reservationId, paymentIntentId, actor: { playerId: userId } });
  });
  const now = new Date(clock.now());
  const rest = people
    .slice(PAYING)
    .map((userId, n) => ({ id: crypto.randomUUID(), userId, seat: PAYING + 1 + n }));
  await db.reservation.createMany({
    data: rest.map((one) => ({
      ...{ ...one, eventId, fee: 0, status: 'confirmed' as const },
      ...{ holdExpiresAt: now, confirmedAt: now },
    })),
  });
  await db.entrant.createMany({
    data: rest.map(({ id, userId }) => ({
      tournamentId: eventId,
      userId,
      reservationId: id,
      enteredAt: now,
    })),
  });
  await db.entrant.updateMany({
    where: { tournamentId: eventId, userId: { in: people.slice(0, count - noShows) } },
    data: { checkedInAt: new Date(clock.now()) },
  });
  clock.advance(START_IN_MS);
  await moveTournaments(office, log);
  return { eventId, people };
}

/** Everything that may happen on an evening, from the first call to the last verdict. */
async function playOut(eventId: string, seed: number) {
  const { db, clock } = office;
  const random = seeded(seed);
  const floor = paperFloor(db, () => clock.now());
  const ctx = { ...office, sessions: floor, log };
  const { ownerId } = await db.tournament.findUniqueOrThrow({ where: { id: eventId } });
  const owner = { playerId: ownerId, role: 'organizer', isGuest: false } as const;
  /** What a pairing's own fights say of it; gone where something else decided it. */
  const expected = new Map<string, 1 | 2>();
  const replays = new Map<string, number>();
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const status = async () => (await db.tournament.findUniqueOrThrow({ where: { id: eventId } })).status;

  for (let round = 0; (await status()) === 'running'; round += 1) {
    expect(round).toBeLessThan(200);
    await callPairings(ctx);
    const entrants = await db.entrant.findMany({
      where: { tournamentId: eventId, outBecause: null },
      orderBy: { seed: 'asc' },
    });
    const seeds = new Map(entrants.map(({ userId, seed }) => [userId, seed ?? 0]));
    const [lost, put, left] = [pick(entrants), pick(entrants), pick(entrants)].map(
      (one) => one?.userId ?? '',
    );
    // Who is in a fight may lose the line, be put out, or leave.
    if (lost && random() < 0.5) floor.gone.add(lost);
    if (put && entrants.length > 4 && random() < 0.3) {
      await disqualify(ctx, owner, { tournamentId: eventId, playerId: put, reason: 'unfair' });
    }
    if (left && left !== put && entrants.length > 4 && random() < 0.2)
      await withdraw(ctx, { playerId: left }, eventId);

    for (const fight of [...floor.fights.values()].toSorted(() => random() - 0.5)) {
      const pairing = await db.pairing.findUniqueOrThrow({ where: { sessionId: fight.sessionId } });
      const { how, means } = randomEnd(random);
      await floor.end(fight, how);
      if (pairing.status !== 'running' || means === 'nothing') continue;
      if (means !== 0) {
        expected.set(pairing.id, means);
        continue;
      }
      const times = (replays.get(pairing.id) ?? 0) + 1;
      replays.set(pairing.id, times);
      if (times < 2) continue;
      const seedOf = (id: string) => seeds.get(id) ?? Number.MAX_SAFE_INTEGER;
      const better = seedOf(fight.player1Id) < seedOf(fight.player2Id) ? 1 : 2;
      expected.set(pairing.id, how.owedBy === undefined ? better : how.owedBy === 1 ? 2 : 1);
    }
    // Now and then long enough for those who don't come.
    clock.advance((round % 3 === 2 ? CALL_SECONDS + 1 : 11) * 1_000);
  }
  return { expected, replays };
}

describe('a large bracket', { timeout: 120_000 }, () => {
  it.each([
    ['single', 256, 9, 20_261_127],
    ['double', 64, 3, 20_261_128],
  ] as const)(
    'TOUR-5 to TOUR-9, TOUR-13: %s elimination of %i, %i of whom do not check in, seed %i',
    async (format, count, noShows, seed) => {
      const { db } = office;
      const prizes = [count, count / 2, count / 8, count / 8];
      const { eventId, people } = await registered(format, count, noShows, prizes);
      const { expected, replays } = await playOut(eventId, seed);
      const entrants = await db.entrant.findMany({ where: { tournamentId: eventId } });
      const pairings = await db.pairing.findMany({ where: { tournamentId: eventId } });
      const n = count - noShows;

      // Seeds are by rating, and who did not check in has none.
      const seedOf = new Map(entrants.map((one) => [one.userId, one.seed]));
      expect(people.map((id) => seedOf.get(id))).toEqual(people.map((_, at) => (at < n ? at + 1 : null)));

      // Every pairing ended, as its own last fight says where one was fought to its end.
      expect(new Set(pairings.map(({ status }) => status))).toEqual(new Set(['ended']));
      for (const { id, winner } of pairings) expect(winner).toBe(expected.get(id) ?? winner);
      const lostBy = (id: string) =>
        pairings.filter((one) => id === (one.winner === 1 ? one.player2Id : one.player1Id)).length;
      const lives = format === 'single' ? 1 : 2;
      const played = entrants.filter(({ seed: at }) => at !== null);
      const champions = played.filter(({ place }) => place === 1);
      expect(champions).toHaveLength(1);
      for (const { userId, place } of played) if (place !== 1) expect(lostBy(userId)).toBe(lives);
      expect(lostBy(champions[0]?.userId ?? '')).toBeLessThan(lives);
      if (format === 'single') expect(pairings).toHaveLength(n - 1);
      else expect([2 * n - 2, 2 * n - 1]).toContain(pairings.length);
      // A place counts everybody before it.
      for (const { place } of played)
        expect(played.filter((one) => (one.place ?? 0) < (place ?? 0))).toHaveLength((place ?? 0) - 1);
      expect(entrants.filter(({ place }) => place === null)).toHaveLength(noShows);

      // Enough happened for this to say something.
      const reasons = new Set(pairings.map(({ reason }) => reason));
      expect([...replays.values()].some((times) => times >= 2)).toBe(true);
      for (const reason of ['knockout', 'timeout', 'forfeit', 'no_show', 'disqualified', 'seed'])
        expect(reasons).toContain(reason);

      // Prizes are paid once, from the pot; what is left is the house's.
      const paid = await db.ledgerEntry.findMany({ where: { transfer: { key: `prizes:${eventId}` } } });
      expect(paid.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
      const shared = entrants.reduce((sum, { prize }) => sum + prize, 0);
      const toPlayers = paid.filter(({ accountId }) => accountId.startsWith('player:'));
      expect(toPlayers.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(shared);
      expect(shared).toBeGreaterThan(0);
      const pot = await db.ledgerAccount.findUniqueOrThrow({ where: { id: `tournament:${eventId}` } });
      expect(pot.balance).toBe(0n);
      expect(await office.violations()).toMatchObject({ isSound: true, violations: [], sumOfEntries: 0n });
    },
  );
});
