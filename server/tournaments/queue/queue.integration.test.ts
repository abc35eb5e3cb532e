import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../engine/rollback/testing/random';
import { createQueueProof } from '../../../proto/queue-proof';
import { publishAuthSecret } from '../../auth/secrets';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createFakeClock, type FakeClock } from '../../sessions/testing/fake-clock';
import { reasonOf } from '../refusals';
import { createQueue, type RunningQueue } from './create-queue';
import { openQueueLog, type QueueLog } from './log';
import { verifyReservationToken } from './reservation-tokens';
import type { SeatSource } from './sources';
import { addCup, addPeople, reserve } from './testing/cup';
import { startTestRedis, type TestRedis } from './testing/redis';
import { tournamentEvents, tournamentSeats } from './tournament-source';

const OPENS_MS = 1_800_000_100_000;
const logger = pino({ level: 'silent' });

publishAuthSecret('a secret of this test file, long enough');

let database: TestDatabase;
let redis: TestRedis;
beforeAll(async () => {
  database = await createTestDatabase();
  redis = await startTestRedis();
});
afterAll(async () => {
  await redis.stop();
  await database.drop();
});

async function refusedWith(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => 'not refused',
    (error: unknown) => reasonOf(error) ?? String(error),
  );
}

describe.each(['postgres', 'redis'] as const)('with its log in %s, a queue', (store) => {
  const running: RunningQueue[] = [];
  let clock: FakeClock;

  const openLog = (): QueueLog =>
    openQueueLog({ REDIS_URL: store === 'redis' ? redis.url : undefined }, database.db, logger);

  /** One more process, as it were. */
  async function start(
    more: { readonly log?: QueueLog; readonly seats?: SeatSource } = {},
  ): Promise<RunningQueue> {
    const queue = createQueue({
      log: more.log ?? openLog(),
      events: tournamentEvents(database.db),
      seats: more.seats ?? tournamentSeats(database.db),
      clock,
      logger,
      settings: { admissionSeconds: 120 },
    });
    running.push(queue);
    await queue.ready;
    return queue;
  }

  async function wholeLog(queue: RunningQueue, eventId: string): Promise<unknown[]> {
    const lines: unknown[] = [];
    for (;;) {
      const page = await queue.publicLog(eventId, lines.length, 100);
      lines.push(...page);
      if (page.length < 100) return JSON.parse(JSON.stringify(lines));
    }
  }

  async function proven(queue: RunningQueue, eventId: string) {
    const proof = createQueueProof();
    for (const line of await wholeLog(queue, eventId)) proof.add(line);
    expect(proof.fault).toBeUndefined();
    return proof;
  }

  /** Moves time on in every process. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    // A beat that began while the clock moved saw an older time.
    for (const queue of [...running, ...running]) await queue.beat();
  }

  beforeAll(() => {
    clock = createFakeClock(1_800_000_000_000);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((queue) => queue.close()));
    await database.db.reservation.deleteMany();
    await database.db.tournament.deleteMany();
    clock = createFakeClock(1_800_000_000_000);
  });

  test('QUEUE-1: refuses where there is nothing to stand in line for', async () => {
    const over = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'cancelled' });
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS });
    const [a = '', b = ''] = await addPeople(database.db, 2);
    const queue = await start();
    expect(await refusedWith(queue.join({ eventId: 'nothing', userId: a }))).toBe('no_event');
    expect(await refusedWith(queue.join({ eventId: '\0', userId: a }))).toBe('no_event');
    expect(await refusedWith(queue.join({ eventId: over, userId: a }))).toBe('not_open');
    expect(await refusedWith(queue.join({ eventId: cup, userId: a, nonce: 'x' }))).toBe('bad_request');
    await reserve(database.db, { eventId: cup, userId: a, tokenId: 'one', status: 'confirmed' });
    expect(await refusedWith(queue.join({ eventId: cup, userId: a }))).toBe('has_seat');
    const place = await queue.join({ eventId: cup, userId: b });
    expect(await refusedWith(queue.admit({ token: place.token, eventId: cup, userId: a }))).toBe('not_yours');
    expect(await refusedWith(queue.admit({ token: place.token, eventId: 'other', userId: b }))).toBe(
      'no_place',
    );
    expect(await refusedWith(queue.admit({ token: place.token, eventId: cup, userId: b }))).toBe('not_ready');
    expect(await refusedWith(queue.lookUp('7ffb5a0e-6c7b-8000-8000-000000000000'))).toBe('no_place');
    await expect(queue.leave('nobody’s', 'bored')).resolves.toBeUndefined();
  });

  test('QUEUE-2: gives one person one place, in every process and on every device', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open' });
    const people = await addPeople(database.db, 20);
    const [one, other] = [await start(), await start()];
    const joins = people.flatMap((userId) =>
      [one, other, one].map((queue) => queue.join({ eventId: cup, userId })),
    );
    const places = await Promise.all(joins);
    for (let n = 0; n < people.length; n += 1) {
      const tokens = new Set(places.slice(n * 3, n * 3 + 3).map(({ token }) => token));
      expect(tokens.size).toBe(1);
    }
    const [token = ''] = places.map((place) => place.token);
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // A third process that was not there reads the same.
    const third = await start();
    expect(places.map((place) => third.place(place.token).entryId)).toEqual(
      places.map((place) => place.entryId),
    );
    await pass(0);
    for (const { token: each } of places) {
      expect(other.place(each)).toEqual({ ...one.place(each), estimate: other.place(each).estimate });
    }
  });

  test('a token is known in another process at once', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open' });
    const [one, other] = [await start(), await start()];
    await pass(0);
    for (const userId of await addPeople(database.db, 5)) {
      const { token } = await one.join({ eventId: cup, userId });
      expect((await other.lookUp(token)).userId).toBe(userId);
    }
  });

  test('a token of a queue that began a moment ago is known in another process at once', async () => {
    const [one, other] = [await start(), await start()];
    await pass(0);
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open' });
    const [userId = ''] = await addPeople(database.db, 1);
    const { token } = await one.join({ eventId: cup, userId });
    expect((await other.lookUp(token)).userId).toBe(userId);
  });

  test('tokens that nobody gave make a process look ten times a second and not more often', async () => {
    let looks = 0;
    const events = tournamentEvents(database.db);
    const queue = createQueue({
      log: openLog(),
      events: {
        get: (eventId) => events.get(eventId),
        active() {
          looks += 1;
          return events.active();
        },
      },
      seats: tournamentSeats(database.db),
      clock,
      logger,
      settings: { admissionSeconds: 120 },
    });
    running.push(queue);
    await queue.ready;
    looks = 0;
    const began = performance.now();
    for (let round = 0; round < 5; round++)
      await Promise.all(
        Array.from({ length: 200 }, () =>
          refusedWith(queue.lookUp(randomUUID())).then((reason) => expect(reason).toBe('no_place')),
        ),
      );
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual((performance.now() - began) / 100 + 1);
  });

  test('QUEUE-5: draws those who came before the opening, everybody sees the same order, and anybody can recompute it', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, admissionsPerMinute: 1 });
    const people = await addPeople(database.db, 30);
    const [one, other] = [await start(), await start()];
    const tokens: string[] = [];
    for (const [n, userId] of people.slice(0, 25).entries()) {
      const nonce = n % 3 === 0 ? String(n).padStart(64, 'a') : undefined;
      const place = await (n % 2 === 0 ? one : other).join({ eventId: cup, userId, nonce });
      expect([place.position, place.state, place.estimate]).toEqual([0, 'waiting', undefined]);
      tokens.push(place.token);
    }
    await one.setNonce(tokens[1] ?? '', 'b'.repeat(64));
    await pass(100_000);
    await pass(250);
    expect(await refusedWith(one.setNonce(tokens[2] ?? '', 'c'.repeat(64)))).toBe('too_late');
    for (const userId of people.slice(25)) tokens.push((await one.join({ eventId: cup, userId })).token);
    await pass(250);
    const proof = await proven(other, cup);
    expect(proof.drawn).toHaveLength(25);
    const places = new Map(proof.places().map((place) => [place.entry, place]));
    for (const token of tokens) {
      const [mine, theirs] = [one.place(token), other.place(token)];
      expect(theirs.position).toBe(mine.position);
      expect(mine.position).toBe(places.get(mine.entryId)?.position);
    }
    const late = tokens.slice(25).map((token) => one.place(token).position);
    expect(late).toEqual([25, 26, 27, 28, 29]);
    const drawn = tokens.slice(0, 25).map((token) => one.place(token).position);
    expect(drawn).not.toEqual([...drawn].sort((a, b) => a - b));
  });

  test('QUEUE-8: two processes that call for a few seats never offer one twice, and nobody is called twice', async () => {
    const random = seededRandom(5);
    const seats = 5;
    const cup = await addCup(database.db, {
      opensAtMs: OPENS_MS,
      status: 'open',
      seats,
      admissionsPerMinute: 6_000,
    });
    const people = await addPeople(database.db, 40);
    const queues = [await start(), await start()];
    const pick = (): RunningQueue => queues[random() % queues.length] ?? running[0] ?? queues[0] ?? fail();
    const tokens = new Map<string, string>();
    await Promise.all(
      people.map(async (userId) => tokens.set(userId, (await pick().join({ eventId: cup, userId })).token)),
    );
    let reserved = 0;
    for (let step = 0; step < 40; step += 1) {
      clock.advance(step % 8 === 7 ? 130_000 : 1_100);
      await Promise.all([
        ...queues.map((queue) => queue.beat()),
        ...people.map(async (userId) => {
          const dice = random() % 10;
          const token = tokens.get(userId) ?? '';
          if (dice > 5) return;
          const place = await pick().lookUp(token);
          if (place.state !== 'ready' && place.state !== 'admitted') return;
          if (dice === 0) return pick().leave(token, '');
          const grant = await pick()
            .admit({ token, eventId: cup, userId })
            .catch(() => undefined);
          if (!grant || dice < 3) return;
          const admission = await verifyReservationToken(grant.reservationToken, clock.now()).catch(
            () => undefined,
          );
          if (!admission) return;
          const outcome = await reserve(database.db, admission);
          expect(outcome, 'whoever is admitted finds a seat').not.toBe('full');
          if (outcome === 'reserved') reserved += 1;
        }),
      ]);
      if (step % 4 === 3) {
        const held = await database.db.reservation.findFirst({ where: { eventId: cup, status: 'hold' } });
        if (held)
          await database.db.reservation.update({ where: { id: held.id }, data: { status: 'expired' } });
      }
      // As the database and the log have it: seats that are taken, and offers that may still take one.
      const lines = await proven(queues[0] ?? fail(), cup);
      const open = lines.places().filter(({ standing }) => standing === 'ready' || standing === 'admitted');
      const used = await database.db.reservation.count({
        where: { tokenId: { in: open.map(({ entry }) => entry) } },
      });
      const taken = await database.db.reservation.count({
        where: { eventId: cup, status: { in: ['hold', 'confirmed'] } },
      });
      expect(taken + open.length - used).toBeLessThanOrEqual(seats);
    }
    expect(reserved).toBeGreaterThan(8);
    await pass(250);
    // But for the estimate, which each process measures for itself.
    const views = queues.map((queue) =>
      [...tokens.values()].map((token) => ({ ...queue.place(token), estimate: undefined })),
    );
    expect(views[0]).toEqual(views[1]);
  });

  test('takes in a rush over two processes, in one order', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', admissionsPerMinute: 1 });
    const people = await addPeople(database.db, 5_000);
    const queues = [await start(), await start()];
    await Promise.all(
      people.map((userId, n) => (n % 2 === 0 ? queues[0] : queues[1])?.join({ eventId: cup, userId })),
    );
    await pass(0);
    const orders = queues.map((queue) =>
      people.map((userId) => queue.placeOf(cup, userId)?.position).filter((position) => position !== 0),
    );
    expect(orders[0]).toEqual(orders[1]);
    const called = people.length - (orders[0]?.length ?? 0);
    expect([...(orders[0] ?? [])].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: people.length - called }, (_, n) => n + 1),
    );
  });

  test('offers a seat that comes back as soon as it is told, and is no longer full', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', seats: 2 });
    const [a = '', b = '', c = ''] = await addPeople(database.db, 3);
    await reserve(database.db, { eventId: cup, userId: a, tokenId: 'a', status: 'confirmed' });
    await reserve(database.db, { eventId: cup, userId: b, tokenId: 'b', status: 'confirmed' });
    const queue = await start();
    const { token } = await queue.join({ eventId: cup, userId: c });
    await pass(1_000);
    await pass(1_000);
    expect(queue.place(token)).toMatchObject({
      state: 'waiting',
      position: 1,
      isFull: true,
      estimate: undefined,
    });
    await database.db.reservation.updateMany({ where: { tokenId: 'a' }, data: { status: 'cancelled' } });
    const changed = new Promise<void>((resolve) => queue.watch(cup, resolve));
    queue.poke(cup);
    await changed;
    expect(queue.place(token)).toMatchObject({ state: 'ready', position: 0 });
    await pass(250);
    expect(queue.place(token).isFull).toBe(false);
  });

  test('an append whose answer was lost counts once: nobody loses a place, nobody is taken twice', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', admissionsPerMinute: 0 });
    const people = await addPeople(database.db, 6);
    const log = openLog();
    let isLossy = false;
    const lossy: QueueLog = {
      ...log,
      async append(...request) {
        const outcome = await log.append(...request);
        if (isLossy) {
          isLossy = false;
          throw new Error('the line broke after the commit');
        }
        return outcome;
      },
    };
    const queue = await start({ log: lossy });
    isLossy = true;
    const places = await Promise.all(people.map((userId) => queue.join({ eventId: cup, userId })));
    expect(new Set(places.map(({ position }) => position)).size).toBe(6);
    const order = [...places].sort((a, b) => a.position - b.position).map(({ userId }) => userId);
    isLossy = true;
    expect(await queue.take(cup, 2)).toEqual(order.slice(0, 2));
    expect(await queue.take(cup, 9)).toEqual(order.slice(2));
    expect(await refusedWith(queue.join({ eventId: cup, userId: 'x'.repeat(9) }))).toBe('not refused');
  });

  test('is let go when it is over, its log stays', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', admissionsPerMinute: 0 });
    const [a = '', b = ''] = await addPeople(database.db, 2);
    const queue = await start();
    const { token } = await queue.join({ eventId: cup, userId: a });
    await database.db.tournament.update({ where: { id: cup }, data: { status: 'running' } });
    await pass(1_100);
    expect(queue.place(token).state).toBe('expired');
    expect(await refusedWith(queue.admit({ token, eventId: undefined, userId: undefined }))).toBe(
      'place_expired',
    );
    expect(await refusedWith(queue.join({ eventId: cup, userId: b }))).toBe('not_open');
    await pass(700_000);
    expect(() => queue.place(token)).toThrow(/not found/);
    expect(queue.stats(undefined)).toEqual([]);
    expect((await proven(queue, cup)).places()).toHaveLength(1);
  });

  test('a process whose settings are a second old does not undo what another one noted', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', admissionsPerMinute: 0 });
    const [one, other] = [await start(), await start()];
    const [userId = ''] = await addPeople(database.db, 1);
    const { token } = await one.join({ eventId: cup, userId });
    await pass(1_000);
    const paused = { pausedAt: new Date(clock.now()), admissionsPerMinute: 600 };
    await database.db.tournament.update({ where: { id: cup }, data: paused });
    const changed = new Promise<void>((resolve) => one.watch(cup, resolve));
    one.poke(cup);
    await changed;
    for (let n = 0; n < 5; n += 1) {
      await one.beat();
      await other.beat();
    }
    const types = (await wholeLog(one, cup)).map((line) =>
      JSON.stringify(line).replace(/.*"type":"(\w+)".*/, '$1'),
    );
    expect(types).toEqual(['created', 'settings', 'joined', 'settings', 'paused']);
    expect(other.place(token)).toMatchObject({ state: 'waiting', isPaused: true });
  });

  test('watchers are told of a rush some times a second', async () => {
    const cup = await addCup(database.db, { opensAtMs: OPENS_MS, status: 'open', admissionsPerMinute: 0 });
    const queue = await start();
    let told = 0;
    const end = queue.watch(cup, () => {
      told += 1;
    });
    for (const userId of await addPeople(database.db, 10)) await queue.join({ eventId: cup, userId });
    expect(told).toBe(1);
    clock.advance(250);
    expect(told).toBe(2);
    end();
    clock.advance(1_000);
    expect(told).toBe(2);
  });
});

function fail(): never {
  throw new Error('there is no queue');
}
