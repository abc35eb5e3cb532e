import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_WIRE_MARKS, MAX_WIRE_SAMPLES, WIRE_COLUMNS } from '../../../proto/wire-report';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { storeWireReport } from '../../records/wire-reports';
import { forgetWireReports, WIRE_REPORT_DAYS } from '../../records/wire-upkeep';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const DAY_MS = 24 * 3_600_000;

const createCaller = createCallerFactory(appRouter);
const signedIn = (playerId: string, role: 'admin' | 'player' = 'player') =>
  createCaller({
    user: { playerId, playerName: 'somebody', role, isGuest: false, loginId: 'test', epoch: 0 },
    address: '127.0.0.1',
  });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

async function person(): Promise<string> {
  const username = `p${randomUUID().slice(0, 8)}`;
  const { id } = await database.db.user.create({ data: { username, usernameKey: username } });
  return id;
}

/** A fight that began 20 s ago and ended just now, or so many milliseconds ago. */
async function fight({ endedAgoMs = 0, wasFought = true } = {}) {
  const [player1Id, player2Id] = [await person(), await person()];
  const endedAt = new Date(Date.now() - endedAgoMs);
  const { id } = await database.db.matchSession.create({
    data: {
      ...{ player1Id, player2Id, status: 'ended', player1Character: 1, player2Character: 2, endedAt },
      connectedAt: wasFought ? new Date(endedAt.getTime() - 20_000) : null,
    },
  });
  return { sessionId: id, player1Id, player2Id };
}

const row = (second: number, ping = 30): number[] => [
  ...([second * 1_000, 1_000, second * 60, ping, 1, 0, 0] as const),
  ...[0, 0, 0, 0, 0, 2, 0],
];
const rows = (from: number, to: number, ping?: number) =>
  Array.from({ length: to - from }, (_, index) => row(from + index, ping));
const told = (sessionId: string, samples = rows(0, 3)) => ({
  ...{ sessionId, samples, marks: [], startedAgoMs: 18_000, isLast: true },
});

describe('PEER-21: what a page tells of a line', () => {
  it('is taken from the two who fought, and from nobody else', async () => {
    const { sessionId, player1Id, player2Id } = await fight();
    await signedIn(player1Id).match.reportWire(told(sessionId));
    await signedIn(player2Id).match.reportWire(told(sessionId));
    const stranger = signedIn(await person(), 'admin');
    await expect(stranger.match.reportWire(told(sessionId))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = createCaller({ user: null, address: '127.0.0.1' });
    await expect(nobody.match.reportWire(told(sessionId))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await database.db.wireReport.count({ where: { sessionId } })).toBe(2);
  });

  it('is taken once a side', async () => {
    const { sessionId, player1Id } = await fight();
    await signedIn(player1Id).match.reportWire(told(sessionId));
    const again = signedIn(player1Id).match.reportWire(told(sessionId, rows(0, 3).reverse()));
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is taken of a fight that was, and for ten minutes', async () => {
    const never = await fight({ wasFought: false });
    await expect(signedIn(never.player1Id).match.reportWire(told(never.sessionId))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const old = await fight({ endedAgoMs: 11 * 60_000 });
    await expect(signedIn(old.player1Id).match.reportWire(told(old.sessionId))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(signedIn(old.player1Id).match.reportWire(told(randomUUID()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it.each([
    ['too many samples', { samples: rows(0, MAX_WIRE_SAMPLES + 1) }],
    ['too many marks', { marks: Array.from({ length: MAX_WIRE_MARKS + 1 }, () => [0, 1, 0] as const) }],
    ['a row that is too short', { samples: [row(0).slice(1)] }],
    ['a row that is too long', { samples: [[...row(0), 1]] }],
    ['a ping that none is', { samples: [row(0, 10_001)] }],
    ['a fraction', { samples: [row(0, 1.5)] }],
    ['no number', { samples: [row(0, Number.NaN)] }],
    ['an unknown kind of mark', { marks: [[0, 1, 99]] }],
    ['a time before the beginning', { startedAgoMs: -1 }],
  ])('is refused with %s', async (_name, wrong) => {
    const { sessionId, player1Id } = await fight();
    // What comes over the wire has no types.
    const input: never = Object.assign(Object.create(null), told(sessionId), wrong) as never;
    await expect(signedIn(player1Id).match.reportWire(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is refused from who tells too often', async () => {
    const { sessionId, player1Id } = await fight();
    const answers = await Promise.allSettled(
      Array.from({ length: 25 }, () => signedIn(player1Id).match.reportWire(told(sessionId))),
    );
    const codes = answers.map((one) => (one.status === 'fulfilled' ? 'ok' : String(one.reason.code)));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(5);
  });

  it('is kept where it is made up and says the most of everything, and what follows is joined to it', async () => {
    const { sessionId, player1Id } = await fight();
    const most = Object.values(WIRE_COLUMNS).map(([, value]) => value);
    const samples = rows(0, MAX_WIRE_SAMPLES).map((_, at) => [at, 1, ...most.slice(2), 0]);
    const part = { ...told(sessionId, samples), startedAgoMs: 20_000, isLast: false };
    await signedIn(player1Id).match.reportWire(part);
    await signedIn(player1Id).match.reportWire({ ...part, startedAgoMs: 19_000 });
    await signedIn(player1Id).match.reportWire({ ...part, startedAgoMs: 18_000, isLast: true });
    const { stories } = await signedIn(player1Id).match.wire({ sessionId });
    // Of three pages, and not of the last one alone.
    const [first = 0, last = 0] = [0, -1].map((index) => stories[0]?.samples.at(index)?.[0]);
    expect(last - first).toBeGreaterThan(2_000);
  });

  it('of eight pages at most is joined', async () => {
    const { sessionId, player1Id } = await fight();
    const part = { ...told(sessionId), isLast: false };
    for (let page = 0; page < 8; page += 1) await storeWireReport(database.db, player1Id, part);
    await expect(storeWireReport(database.db, player1Id, part)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  });
});

it('PEER-22: the pages of one player are joined in the time of the session, whatever their clocks say', async () => {
  const { sessionId, player1Id, player2Id } = await fight();
  const { match } = signedIn(player1Id);
  await match.reportWire({ ...told(sessionId, rows(0, 5, 40)), startedAgoMs: 18_000, isLast: false });
  await match.reportWire({ ...told(sessionId, rows(0, 4, 60)), startedAgoMs: 8_000 });
  const { stories } = await signedIn(player2Id).match.wire({ sessionId });
  expect(stories[1]).toBeNull();
  expect(stories[0]?.isLast).toBe(true);
  const placed = stories[0]?.samples.map(([at = 0, , , ping]) => [Math.round(at / 1_000), ping]);
  expect(placed?.map(([, ping]) => ping)).toEqual([40, 40, 40, 40, 40, 60, 60, 60, 60]);
  expect(placed?.[0]?.[0]).toBeCloseTo(2, -1);
  expect((placed?.[5]?.[0] ?? 0) - (placed?.[0]?.[0] ?? 0)).toBe(10);
  const stored = await database.db.wireReport.findMany({ where: { sessionId } });
  expect(stored).toMatchObject([{ side: 1, parts: 2, pingMs: 49 }]);
});

it('PEER-23: the two and admins read it; to everybody else there is no such fight', async () => {
  const { sessionId, player1Id, player2Id } = await fight();
  await signedIn(player1Id).match.reportWire(told(sessionId));
  expect(await signedIn(player1Id).match.wire({ sessionId })).toMatchObject({ viewerSide: 1 });
  expect(await signedIn(player2Id).match.wire({ sessionId })).toMatchObject({ viewerSide: 2 });
  const admin = signedIn(await person(), 'admin');
  expect(await admin.match.wire({ sessionId })).toMatchObject({ viewerSide: null });
  const stranger = signedIn(await person());
  const strange = await stranger.match.wire({ sessionId }).catch((error: unknown) => error);
  const none = await stranger.match.wire({ sessionId: 'none' }).catch((error: unknown) => error);
  expect(strange).toMatchObject({ code: 'NOT_FOUND', message: `There is no fight ${sessionId} of yours.` });
  expect(none).toMatchObject({ code: 'NOT_FOUND', message: 'There is no fight none of yours.' });
});

it('PEER-24: it is kept for thirty days, and goes with its session', async () => {
  const one = await fight();
  const other = await fight();
  for (const { sessionId, player1Id } of [one, other])
    await signedIn(player1Id).match.reportWire(told(sessionId));
  const left = () =>
    database.db.wireReport.count({ where: { sessionId: { in: [one.sessionId, other.sessionId] } } });
  await database.db.matchSession.delete({ where: { id: one.sessionId } });
  expect(await left()).toBe(1);
  await forgetWireReports(database.db, Date.now() + (WIRE_REPORT_DAYS - 1) * DAY_MS);
  expect(await left()).toBe(1);
  await forgetWireReports(database.db, Date.now() + (WIRE_REPORT_DAYS + 1) * DAY_MS);
  expect(await left()).toBe(0);
});
