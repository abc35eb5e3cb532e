import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { asAppError } from '../errors';
import { markPeerConnected } from './rows/peers';
import { recoverSessions } from './rows/recovery';
import { acceptRequest, createRequest } from './rows/requests';
import { getSession, moveSession } from './rows/store';
import { addPlayer } from './testing/players';

const TERMS = { seed: 0xffff_ffff, delayFrames: 2, engineDigest: '0badf00d' };

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

async function twoPlayers(label: string): Promise<[string, string]> {
  return [await addPlayer(test.db, `${label}-a`), await addPlayer(test.db, `${label}-b`)];
}

/** @param headStart turns of the database that the acceptance gets before the cancelling starts. */
async function raceAcceptAndCancel(
  players: [string, string],
  /** Queries that the accepting side is ahead by; below 0 the cancelling side. */
  headStart: number,
): Promise<'accepted' | 'declined'> {
  const { db } = test;
  const at = new Date();
  const [requesterId, targetId] = players;
  const request = await createRequest(db, { requesterId, targetId, characterId: 1, at });
  const accept = () =>
    acceptRequest(db, request, { characterId: 2, terms: TERMS, at }).then(({ session }) => session !== null);
  const cancel = () =>
    moveSession(db, request.id, 'decline', { at, actorId: requesterId, reason: 'cancelled' }).then(
      (move) => move.kind === 'moved',
    );
  const later = async (turns: number, act: () => Promise<boolean>) => {
    for (let i = 0; i < turns; i += 1) await db.$queryRaw`select 1`;
    return act();
  };
  const [accepted, cancelled] = await Promise.all([later(-headStart, accept), later(headStart, cancel)]);
  expect([accepted, cancelled].filter(Boolean)).toHaveLength(1);

  const row = await getSession(db, request.id);
  const events = await db.traceEvent.findMany({ where: { sessionId: request.id }, orderBy: { id: 'asc' } });
  const outcome = accepted ? 'accepted' : 'declined';
  expect(row.status).toBe(outcome);
  expect(events.map((event) => event.type)).toEqual(['requested', outcome]);
  if (accepted) await moveSession(db, request.id, 'fail', { at, reason: 'timeout' });
  return outcome;
}

describe('racing messages', () => {
  it('SES-1: leaves one outcome of accept against cancel, 1000 times', { timeout: 240_000 }, async () => {
    const outcomes = { accepted: 0, declined: 0 };
    const lanes = await Promise.all(Array.from({ length: 4 }, (_, lane) => twoPlayers(`race${lane}`)));
    await Promise.all(
      lanes.map(async (players) => {
        let headStart = 0;
        for (let i = 0; i < 250; i += 1) {
          const outcome = await raceAcceptAndCancel(players, headStart);
          outcomes[outcome] += 1;
          // Whoever won starts later next time: that keeps the race open on any machine.
          headStart += outcome === 'accepted' ? -1 : 1;
        }
      }),
    );
    expect(outcomes.accepted + outcomes.declined).toBe(1000);
    // A race that one side always wins would prove nothing.
    expect(outcomes.accepted).toBeGreaterThan(100);
    expect(outcomes.declined).toBeGreaterThan(100);
  });

  it('puts a player into one match only, however many requests are accepted at once', {
    timeout: 120_000,
  }, async () => {
    const { db } = test;
    const at = new Date();
    for (let round = 0; round < 20; round += 1) {
      const hub = await addPlayer(db, `hub${round}`);
      const others = await Promise.all([0, 1, 2, 3].map((n) => addPlayer(db, `spoke${round}-${n}`)));
      const requests = await Promise.all(
        others.map((id, n) =>
          createRequest(db, {
            requesterId: n % 2 === 0 ? id : hub,
            targetId: n % 2 === 0 ? hub : id,
            characterId: 1,
            at,
          }),
        ),
      );
      const results = await Promise.allSettled(
        requests.map((request) => acceptRequest(db, request, { characterId: 1, terms: TERMS, at })),
      );
      const won = results.filter((r) => r.status === 'fulfilled' && r.value.session !== null);
      expect(won).toHaveLength(1);
      const rows = await db.matchSession.findMany({ where: { id: { in: requests.map(({ id }) => id) } } });
      expect(rows.map(({ status }) => status).sort()).toEqual([
        'accepted',
        'declined',
        'declined',
        'declined',
      ]);
    }
  });

  it('stores one of two equal requests, and refuses a request to somebody in a match', async () => {
    const { db } = test;
    const at = new Date();
    const [a, b] = await twoPlayers('double');
    const ask = () => createRequest(db, { requesterId: a, targetId: b, characterId: 1, at });
    const results = await Promise.allSettled([ask(), ask()]);
    const stored = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
    const refused = results.flatMap((r) => (r.status === 'rejected' ? [asAppError(r.reason)] : []));
    expect(stored).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'CONFLICT', detail: { sessionId: stored[0]?.id } });
    const [request] = stored;
    if (!request) return;
    await acceptRequest(db, request, { characterId: 1, terms: TERMS, at });
    const third = await addPlayer(db, 'third');
    await expect(
      createRequest(db, { requesterId: third, targetId: b, characterId: 1, at }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('connects a session once when both browsers say so at the same moment', {
    timeout: 60_000,
  }, async () => {
    const { db } = test;
    const at = new Date();
    for (let round = 0; round < 30; round += 1) {
      const [a, b] = await twoPlayers(`peers${round}`);
      const request = await createRequest(db, { requesterId: a, targetId: b, characterId: 1, at });
      await acceptRequest(db, request, { characterId: 1, terms: TERMS, at });
      await moveSession(db, request.id, 'offer', { at, actorId: a });
      const moves = await Promise.all([
        markPeerConnected(db, request.id, 1, { at, actorId: a }),
        markPeerConnected(db, request.id, 2, { at, actorId: b }),
      ]);
      expect(moves.filter(({ session }) => session.status === 'connected')).toHaveLength(1);
      const events = await db.traceEvent.findMany({ where: { sessionId: request.id, type: 'connected' } });
      expect(events).toHaveLength(1);
    }
  });
});

describe('after a restart', () => {
  it('declines requests, fails what was connecting, and keeps fights', async () => {
    const fresh = await createTestDatabase();
    try {
      const { db } = fresh;
      const at = new Date();
      const ids: Record<string, string> = {};
      for (const target of ['requested', 'accepted', 'connecting', 'connected'] as const) {
        const [a, b] = [await addPlayer(db, `${target}-a`), await addPlayer(db, `${target}-b`)];
        const request = await createRequest(db, { requesterId: a, targetId: b, characterId: 1, at });
        ids[target] = request.id;
        if (target === 'requested') continue;
        await acceptRequest(db, request, { characterId: 1, terms: TERMS, at });
        if (target === 'accepted') continue;
        await moveSession(db, request.id, 'offer', { at, actorId: a });
        if (target === 'connecting') continue;
        await markPeerConnected(db, request.id, 1, { at, actorId: a });
        await markPeerConnected(db, request.id, 2, { at, actorId: b });
      }
      const open = await recoverSessions(db, at);
      expect(open.map(({ id }) => id)).toEqual([ids.connected]);
      const statusOf = async (key: string) => {
        const { status, reason } = await getSession(db, ids[key] ?? '');
        return [status, reason];
      };
      expect(await statusOf('requested')).toEqual(['declined', 'restart']);
      expect(await statusOf('accepted')).toEqual(['failed', 'restart']);
      expect(await statusOf('connecting')).toEqual(['failed', 'restart']);
      expect(await statusOf('connected')).toEqual(['connected', null]);
    } finally {
      await fresh.drop();
    }
  });
});
