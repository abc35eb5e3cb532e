import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../cluster/cluster';
import { createLocalCluster } from '../cluster/local';
import { joinRedisCluster } from '../cluster/redis/redis-cluster';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import { createSessions, type MatchJudge } from '../sessions/sessions';
import { createFakeClock, type FakeClock } from '../sessions/testing/fake-clock';
import { startTestRedis, type TestRedis } from '../tournaments/queue/testing/redis';
import { QUEUE_GRACE_MS } from './places';
import { Queues, type QueuesOptions } from './testing/queues';

/** What happens while two are being brought together: the queue, a real database, and a fight's making that the test holds up. */

const WAIT = { timeout: 10_000, interval: 40 };
const log = pino({ level: 'silent' });

let database: TestDatabase;
let redis: TestRedis;
beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
});
afterAll(() => Promise.all([database.drop(), redis.stop()]));

let clock: FakeClock;
let queues: Queues;
let clusters: Cluster[];
let arcades = 0;

/** Nodes of an arcade of the test's own, which have heard of each other. */
async function joinNodes(count: number): Promise<Cluster[]> {
  arcades += 1;
  const arcade = `quick-${arcades}`;
  const joined = await Promise.all(
    Array.from({ length: count }, () => joinRedisCluster({ url: redis.url, arcade, log })),
  );
  await vi.waitFor(() => {
    for (const { nodes } of joined) expect(nodes.others()).toHaveLength(count - 1);
  }, WAIT);
  return joined;
}

/** A node goes, and the others have heard so. */
async function leaveArcade(index: number): Promise<void> {
  const gone = clusters[index];
  await gone?.close();
  await vi.waitFor(() => {
    for (const { nodes } of clusters.filter((cluster) => cluster !== gone))
      expect(nodes.others()).not.toContain(gone?.nodes.own);
  }, WAIT);
}

function open(joined: Cluster[], options: Partial<QueuesOptions> = {}): void {
  clusters = joined;
  queues = new Queues({ db: database.db, clock, clusters, ...options });
}

beforeEach(() => {
  clock = createFakeClock();
});
afterEach(async () => {
  queues.close();
  await Promise.all(clusters.map((cluster) => cluster.close()));
});

/** Pairs are looked for until it is so. */
const lookUntil = (isSo: () => void) =>
  vi.waitFor(() => {
    clock.advance(500);
    isSo();
  }, WAIT);
/** For what is asked of the database and told among nodes. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 300));
const lastTold = (playerId: string) => queues.told.get(playerId)?.at(-1);

describe.each([
  { name: 'one process', nodes: async () => [createLocalCluster()] },
  { name: 'two nodes', nodes: () => joinNodes(2) },
])('$name', ({ nodes }) => {
  it('SIG-31: whose line goes while the database is asked is brought together with nobody', async () => {
    let one = '';
    let asked = 0;
    const db = database.db.$extends({
      query: {
        relation: {
          findFirst({ args, query }) {
            asked += 1;
            if (asked === 1) queues.hangUp(one);
            return query(args);
          },
        },
      },
    });
    // What is asked of it here is what the plain one has, too.
    const asAsked: unknown = db;
    open(await nodes(), { db: asAsked as TestDatabase['db'] });
    one = await queues.enter(0);
    await queues.enter();
    await lookUntil(() => expect(asked).toBe(1));
    await settle();
    expect(queues.making).toEqual([]);
    queues.callIn(one, 0);
    await lookUntil(() => expect(queues.making).toHaveLength(1));
  });

  it('SIG-30: who leaves and comes back while a fight is made keeps the new place', async () => {
    open(await nodes());
    const [one, two] = [await queues.enter(), await queues.enter()];
    await lookUntil(() => expect(queues.making).toHaveLength(1));
    queues.node(queues.whereabouts(one)).quick.leave(one);
    clock.advance(1_000);
    await queues.join(one);
    queues.making[0]?.resolve();
    await vi.waitFor(() => expect(queues.left(two)).toEqual(['matched']), WAIT);
    expect(queues.left(one)).toEqual(['left']);
    clock.advance(2_000);
    expect(lastTold(one)).toMatchObject({ state: 'waiting', waitingMs: 2_000 });
  });

  it('SIG-31: whose match begins while a place is asked for has none', async () => {
    open(await nodes());
    const one = await queues.enter();
    queues.node(queues.whereabouts(one)).quick.leave(one);
    queues.meanwhile = () => queues.fighting.add(one);
    await expect(queues.join(one)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('SIG-31: who is in a match is out of the queue, also where nobody said that it began', async () => {
    open(await nodes());
    const [one, two] = [await queues.enter(), await queues.enter()];
    queues.fighting.add(one);
    await lookUntil(() => expect(queues.left(one)).toEqual(['in_match']));
    await lookUntil(() => expect(lastTold(two)).toMatchObject({ state: 'waiting', others: 0 }));
    expect(queues.making).toEqual([]);
  });
});

describe('several nodes', () => {
  it('SIG-44: two who wait at different nodes are brought together once, and hear what they hear at one', async () => {
    open(await joinNodes(3));
    const [one, two] = [await queues.enter(1), await queues.enter(2)];
    await vi.waitFor(async () => expect((await queues.join(two)).others).toBe(1), WAIT);
    await lookUntil(() => expect(queues.making).toHaveLength(1));
    expect([...(queues.making[0]?.players ?? [])].sort()).toEqual([one, two].sort());
    clock.advance(5_000);
    await settle();
    expect(queues.making).toHaveLength(1);
    queues.making[0]?.resolve();
    for (const playerId of [one, two])
      await vi.waitFor(() => expect(queues.left(playerId)).toEqual(['matched']), WAIT);
    // How long the two have waited tells those who come after what to expect, on every node.
    const three = await queues.enter(0);
    await vi.waitFor(async () => {
      const { others, estimateMs } = await queues.join(three);
      expect({ others, isKnown: estimateMs !== null }).toEqual({ others: 0, isKnown: true });
    }, WAIT);
  });

  it('SIG-44: when the node goes that brings them together another does, and nobody elsewhere loses a second', async () => {
    open(await joinNodes(3));
    const gone = await queues.enter(0);
    await lookUntil(() => expect(lastTold(gone)).toMatchObject({ state: 'waiting' }));
    await settle();
    // It pairs, and the fight that it makes is made for ever.
    const one = await queues.enter(1);
    await lookUntil(() => expect(queues.making).toHaveLength(1));
    const began = clock.now();
    queues.node(0).online.clear();
    await leaveArcade(0);
    const two = await queues.enter(2);
    await lookUntil(() => expect(queues.making).toHaveLength(2));
    expect([...(queues.making[1]?.players ?? [])].sort()).toEqual([one, two].sort());
    expect((await queues.join(one)).waitingMs).toBeGreaterThanOrEqual(clock.now() - began);
  });

  it('SIG-45: a place moves with the line, also away from a node that is gone, and no longer than ten seconds after', async () => {
    open(await joinNodes(2));
    const [one, other] = [await queues.enter(0), await queues.enter(1)];
    await database.db.relation.create({ data: { ownerId: one, targetId: other, kind: 'block' } });
    clock.advance(4_000);
    queues.hangUp(one);
    await settle();
    queues.callIn(one, 1);
    expect(lastTold(one)).toMatchObject({ state: 'waiting', waitingMs: 4_000, others: 1 });
    await settle();
    // Nothing of it is left behind: it does not run out there.
    clock.advance(12_000);
    expect(queues.left(one)).toEqual([]);
    queues.hangUp(one);
    queues.node(1).online.clear();
    await leaveArcade(1);
    queues.callIn(one, 0);
    expect(lastTold(one)).toMatchObject({ state: 'waiting', waitingMs: 16_000, others: 0 });
    clock.advance(QUEUE_GRACE_MS);
    // Too late for the other one.
    queues.callIn(other, 0);
    expect((await queues.join(other, 0)).waitingMs).toBe(0);
  });

  it('SIG-45: who gives a place up that has moved has none where it was', async () => {
    open(await joinNodes(2));
    const one = await queues.enter(0);
    queues.hangUp(one);
    await settle();
    queues.callIn(one, 1);
    await settle();
    queues.node(1).quick.leave(one);
    expect(queues.left(one)).toEqual(['left']);
    queues.hangUp(one);
    await settle();
    queues.callIn(one, 0);
    expect(lastTold(one)).toEqual({ state: 'left', reason: 'left' });
  });

  it('SIG-44: of two nodes that bring people together at once one is refused, and nobody is in two matches', async () => {
    const away = async (): Promise<never> => {
      throw new AppError('UNAVAILABLE', 'No judge here.');
    };
    const judge: MatchJudge = {
      ...{ createMatch: away, pushInputs: away, pushOwnInputs: away, columns: away, endMatch: away },
    };
    const joined = await joinNodes(2);
    const both = joined.map((cluster) => ({
      ...cluster,
      ownership: { ...cluster.ownership, claim: async () => cluster.nodes.own },
    }));
    let refused = 0;
    let asking = 0;
    // Neither hears of a match of the other's: only the database is between them.
    const sessions = both.map(() => {
      const own = createSessions({
        ...{ db: database.db, clock, judge, log },
        notify: () => {},
        isOnline: () => true,
        clientIdOf: () => null,
        statusChanged: () => {},
      });
      return {
        ...own,
        arrange: async (match: Parameters<typeof own.arrange>[0]) => {
          asking += 1;
          await vi.waitFor(() => expect(asking).toBeGreaterThanOrEqual(4), WAIT);
          return own.arrange(match).catch((error: unknown) => {
            refused += 1;
            throw error;
          });
        },
      };
    });
    await Promise.all(sessions.map(({ ready }) => ready));
    open(both, { sessions });
    const people = await Promise.all(Array.from({ length: 4 }, () => queues.enter()));
    await settle();
    await lookUntil(() => expect(asking).toBeGreaterThanOrEqual(4));
    await vi.waitFor(() => {
      for (const playerId of people) expect(queues.left(playerId)).toEqual(['matched']);
    }, WAIT);
    const matches = await database.db.matchSession.findMany({ where: { player1Id: { in: people } } });
    expect(matches.flatMap(({ player1Id, player2Id }) => [player1Id, player2Id]).sort()).toEqual(
      [...people].sort(),
    );
    await vi.waitFor(() => expect(refused).toBe(2), WAIT);
    await Promise.all(sessions.map((own) => own.close()));
  });
});
