import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Cluster } from '../../cluster/cluster';
import { createLocalCluster } from '../../cluster/local';
import type { PrismaClient } from '../../db/generated/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { AppError } from '../../errors';
import { acceptRequest, createRequest } from '../rows/requests';
import type { MatchJudge, SessionsOptions } from '../sessions';
import { createFakeClock } from '../testing/fake-clock';
import { addPlayer } from '../testing/players';
import { createSharedSessions } from './shared-sessions';

const TERMS = { seed: 1, delayFrames: 2, engineDigest: '0badf00d' };
const LOOK_MS = 15_000;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const away = async (): Promise<never> => {
  throw new AppError('UNAVAILABLE', 'No judge here.');
};
const judge: MatchJudge = {
  createMatch: away,
  pushInputs: away,
  pushOwnInputs: away,
  columns: away,
  endMatch: away,
};

/** A match that was accepted and that nobody leads. */
async function leftBehind(clock: { now(): number }): Promise<{ id: string; playerId: string }> {
  const { db } = test;
  const at = new Date(clock.now());
  const [one, two] = [await addPlayer(db, 'Left'), await addPlayer(db, 'Behind')];
  const request = await createRequest(db, { requesterId: one, targetId: two, characterId: 1, at });
  await acceptRequest(db, request, { characterId: 1, terms: TERMS, at });
  return { id: request.id, playerId: one };
}

/** A node among others, of which only what the test says is heard. */
function nodeOf(claim: (id: string) => Promise<string>) {
  const cluster = createLocalCluster();
  const mended: (() => void)[] = [];
  const node: Cluster = {
    ...cluster,
    nodes: { ...cluster.nodes, isShared: true, onMended: (listener) => void mended.push(listener) },
    ownership: { ...cluster.ownership, claim },
  };
  return { node, mend: () => mended.forEach((listener) => void listener()) };
}

function sessionsOn(
  db: PrismaClient,
  cluster: Cluster,
  clock: ReturnType<typeof createFakeClock>,
  people: Partial<Pick<SessionsOptions, 'notify' | 'isOnline'>> = {},
) {
  return createSharedSessions(
    {
      ...{ db, clock, judge },
      log: pino({ level: 'silent' }),
      notify: () => {},
      isOnline: () => true,
      clientIdOf: () => null,
      statusChanged: () => {},
      ...people,
    },
    cluster,
  );
}

it('SES-21: a session that could not be read when its node went is taken over by the next look, and holds up no other', async () => {
  const clock = createFakeClock();
  const [one, two] = [await leftBehind(clock), await leftBehind(clock)];
  let failures = 1;
  const db: unknown = test.db.$extends({
    query: {
      matchSession: {
        async findUnique({ args, query }) {
          if (args.where.id === one.id && failures-- > 0) throw new Error('The database is away.');
          return query(args);
        },
      },
    },
  });
  const own = randomUUID();
  const { node } = nodeOf(async () => own);
  const cluster = { ...node, nodes: { ...node.nodes, own } };
  const sessions = sessionsOn(db as PrismaClient, cluster, clock);
  try {
    await sessions.ready;
    expect(failures).toBe(0);
    expect(sessions.matchOf(two.playerId)).toMatchObject({ sessionId: two.id });
    expect(sessions.matchOf(one.playerId)).toBeUndefined();
    clock.advance(LOOK_MS);
    await vi.waitFor(() => expect(sessions.matchOf(one.playerId)).toMatchObject({ sessionId: one.id }));
  } finally {
    await sessions.close();
  }
});

it('SIG-43: after a cut nothing is done to a session before it is known whose it is, however often that has to be asked', async () => {
  const clock = createFakeClock();
  const [kept, lost] = [await leftBehind(clock), await leftBehind(clock)];
  const own = randomUUID();
  let answer: (id: string) => Promise<string> = async () => own;
  const { node, mend } = nodeOf((id) => answer(id));
  const sessions = sessionsOn(test.db, { ...node, nodes: { ...node.nodes, own } }, clock);
  const leaving = () => sessions.leave(lost.id, lost.playerId);
  const statusOf = async ({ id }: { id: string }) =>
    (await test.db.matchSession.findUniqueOrThrow({ where: { id } })).status;
  try {
    await sessions.ready;
    let asked = 0;
    answer = async () => {
      asked += 1;
      throw new AppError('UNAVAILABLE', 'Redis is away.');
    };
    mend();
    await expect(leaving()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(2));
    // Far beyond the deadline of a match that nobody connects.
    clock.advance(120_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await statusOf(lost)).toBe('accepted');
    answer = async (id) => (id === lost.id ? 'another node' : own);
    await vi.waitFor(() => expect(sessions.matchOf(lost.playerId)).toBeUndefined(), { timeout: 5_000 });
    // What is still this node's goes on, with its deadlines.
    clock.advance(2_000);
    await vi.waitFor(async () => expect(await statusOf(kept)).toBe('failed'), { timeout: 5_000 });
    expect(await statusOf(lost)).toBe('accepted');
  } finally {
    await sessions.close();
  }
});

it('SES-24: who comes back or goes in a cut is told how the match stands, and waited for, by the node that leads it afterwards', async () => {
  const clock = createFakeClock();
  const [kept, lost, left] = [await leftBehind(clock), await leftBehind(clock), await leftBehind(clock)];
  const own = randomUUID();
  let answer: (id: string) => Promise<string> = async () => own;
  const { node, mend } = nodeOf((id) => answer(id));
  const told: string[] = [];
  const away = new Set<string>();
  const sessions = sessionsOn(test.db, { ...node, nodes: { ...node.nodes, own } }, clock, {
    isOnline: (playerId) => !away.has(playerId),
    notify: (playerId, event) => told.push(`${playerId} ${event}`),
  });
  const heard = (playerId: string) => told.filter((one) => one.startsWith(playerId));
  const traceOf = async ({ id }: { id: string }) =>
    (await test.db.traceEvent.findMany({ where: { sessionId: id } })).map(({ type }) => type);
  try {
    await sessions.ready;
    told.length = 0;
    answer = async () => {
      throw new AppError('UNAVAILABLE', 'Redis is away.');
    };
    mend();
    away.add(left.playerId);
    await sessions.playerGone(left.playerId);
    for (const { playerId } of [kept, lost]) await sessions.playerBack(playerId);
    clock.advance(1_000);
    expect(told).toEqual([]);
    answer = async (id) => (id === lost.id ? 'another node' : own);
    await vi.waitFor(
      () => expect(heard(kept.playerId)).toEqual([`${kept.playerId} match_request_accepted`]),
      {
        timeout: 5_000,
      },
    );
    await vi.waitFor(async () => expect(await traceOf(left)).toContain('player_gone'), { timeout: 5_000 });
    expect(heard(lost.playerId)).toEqual([]);
    expect(await traceOf(lost)).not.toContain('taken_over');
  } finally {
    await sessions.close();
  }
});

it('SES-24: a cut that was over before anybody noticed loses nobody who came back in it', async () => {
  const clock = createFakeClock();
  const match = await leftBehind(clock);
  const own = randomUUID();
  const { node } = nodeOf(async () => own);
  let isCounted = true;
  const nodes: Cluster['nodes'] = Object.defineProperty({ ...node.nodes, own }, 'isCounted', {
    get: () => isCounted,
  });
  const told: string[] = [];
  const sessions = sessionsOn(test.db, { ...node, nodes }, clock, {
    notify: (_playerId, event) => told.push(event),
  });
  try {
    await sessions.ready;
    told.length = 0;
    isCounted = false;
    await sessions.playerBack(match.playerId);
    clock.advance(1_000);
    expect(told).toEqual([]);
    isCounted = true;
    clock.advance(1_000);
    await vi.waitFor(() => expect(told).toEqual(['match_request_accepted']), { timeout: 5_000 });
  } finally {
    await sessions.close();
  }
});
