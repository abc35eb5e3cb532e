import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import { recordFight } from '../../engine/fighter/replay';
import type { MatchConfig } from '../../engine/fighter/state';
import type { Db } from '../db/client';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import { playCourse, standingOf } from '../rules/fight-course';
import { ruleOnMatch } from '../rules/match-ruling';
import { startRulings } from './ruling-job';
import { type AskForRuling, findUnruled, pauseAfter, secondRuling } from './rulings';
import { getSessionDetail } from './sessions';

let test: TestDatabase;
let db: Db;
beforeAll(async () => {
  test = await createTestDatabase();
  db = test.db;
});
afterAll(() => test.drop());
beforeEach(async () => {
  await db.matchSession.deleteMany();
});

const NOW = Date.parse('2026-03-01T12:00:00Z');
const CONFIG: MatchConfig = { seed: 11, characters: [1, 2] };

/** Player 1 strikes, player 2 stands: so many frames, both columns. */
function columns(frames: number): Uint8Array {
  const bytes = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame += 1)
    bytes.writeUInt16LE(frame % 31 < 4 ? Input.Heavy : frame % 31 < 16 ? Input.Right : 0, frame * 4);
  return bytes;
}

/** A session that ended as the judge would have it. @returns its id */
async function ended(
  reason: 'knockout' | 'forfeit',
  { endedAt = NOW - 60_000, frames = reason === 'knockout' ? 6_000 : 300, checksumOff = 0, digest = '' } = {},
): Promise<string> {
  // The judge takes no frame after the last.
  const course = playCourse(CONFIG, columns(frames), () => {});
  const { over, winner, checksum } = standingOf(course.state);
  expect(over).toBe(reason === 'knockout');
  const replay = recordFight(CONFIG, columns(course.frames));
  const [player1, player2] = await Promise.all(
    [1, 2].map(() => {
      const username = randomUUID().slice(0, 20);
      return db.user.create({ data: { username, usernameKey: username } });
    }),
  );
  const told = { frames: course.frames, checksum: BigInt((checksum + checksumOff) >>> 0) };
  const { id } = await db.matchSession.create({
    data: {
      player1Id: player1?.id ?? '',
      player2Id: player2?.id ?? '',
      status: 'ended',
      player1Character: 1,
      player2Character: 2,
      createdAt: new Date(endedAt - 120_000),
      endedAt: new Date(endedAt),
      result: { create: { winner: reason === 'knockout' ? winner : 2, reason, ...told } },
      replay: {
        create: {
          engineDigest: digest || engineDigest(),
          data: new Uint8Array(replay),
          ...told,
        },
      },
    },
  });
  return id;
}

const honest: AskForRuling = async (sessionId, result) => {
  if (result.kind !== 'match') throw new Error('not a match');
  return ruleOnMatch(sessionId, result);
};
const options = (calculate: AskForRuling, now = NOW) => ({
  db,
  calculate,
  source: 'rules',
  now: () => now,
  timeoutMs: 300,
});
const stored = (sessionId: string) => db.ruling.findUnique({ where: { sessionId } });
const traced = (sessionId: string) => db.traceEvent.findMany({ where: { sessionId } });

describe('RULES-10: a second ruling', () => {
  it.each(['knockout', 'forfeit'] as const)('of an honest engine agrees with a %s', async (reason) => {
    const id = await ended(reason);
    expect(await secondRuling(options(honest), id)).toBe('agrees');
    expect(await stored(id)).toMatchObject({
      source: 'rules',
      agrees: true,
      difference: null,
      error: null,
      winner: reason === 'knockout' ? 1 : 0,
      reason: reason === 'knockout' ? 'knockout' : 'unfinished',
    });
    expect(await traced(id)).toEqual([]);
    expect((await getSessionDetail(db, id)).ruling).toMatchObject({ agrees: true, source: 'rules' });
    expect(await findUnruled(db, NOW + 7_200_000, 10)).toEqual([]);
    expect(await secondRuling(options(honest), id)).toBeUndefined();
  });

  it('that differs is stored beside the verdict and traced once; the verdict stays', async () => {
    const id = await ended('knockout', { checksumOff: 1 });
    const before = await db.matchResult.findUnique({ where: { sessionId: id } });
    const both = await Promise.all([secondRuling(options(honest), id), secondRuling(options(honest), id)]);
    expect(both.filter(Boolean)).toEqual(['differs']);
    expect(await stored(id)).toMatchObject({ agrees: false, difference: { field: 'checksum' } });
    expect(await traced(id)).toMatchObject([{ type: 'ruling_differs', detail: { field: 'checksum' } }]);
    expect(await db.matchResult.findUnique({ where: { sessionId: id } })).toEqual(before);
    const { ruling } = await getSessionDetail(db, id);
    expect(ruling).toMatchObject({ agrees: false, difference: { field: 'checksum' } });
  });

  it('of an engine that lies is what it says, and no more than a note', async () => {
    const id = await ended('knockout');
    const liar: AskForRuling = async (sessionId, result, signal) => ({
      ...Object(await honest(sessionId, result, signal)),
      winner: 2,
    });
    expect(await secondRuling(options(liar), id)).toBe('differs');
    expect(await stored(id)).toMatchObject({ difference: { field: 'winner', judged: 1, ruled: 2 } });
    expect(await db.matchResult.findUnique({ where: { sessionId: id } })).toMatchObject({ winner: 1 });
  });

  it.each<[string, string, AskForRuling]>([
    ['hangs', 'slow', () => new Promise(() => {})],
    ['dies', 'away', () => Promise.reject(new Error('ECONNRESET'))],
    ['is away', 'away', () => Promise.reject(new AppError('UNAVAILABLE', 'away'))],
    ['does not take it', 'refused', () => Promise.reject(new AppError('UNPROCESSABLE', 'no'))],
    ['answers text', 'nonsense', async () => '<html>'],
    ['rules on something else', 'nonsense', async (_id, result, signal) => honest('other', result, signal)],
    [
      'counts beyond all measure',
      'nonsense',
      async (id, result, signal) => ({ ...Object(await honest(id, result, signal)), frames: 9e12 }),
    ],
  ])('of an engine that %s is none: nothing but the attempt is noted', async (_what, error, engine) => {
    const id = await ended('knockout');
    expect(await secondRuling(options(engine), id)).toBe('failed');
    expect(await stored(id)).toMatchObject({ agrees: null, ruledAt: null, attempts: 1, error });
    expect(await traced(id)).toEqual([]);
    expect((await getSessionDetail(db, id)).ruling).toBeNull();
    // Asked again after a pause, not before; and then it may be there.
    expect(await findUnruled(db, NOW + pauseAfter(1) - 1, 10)).toEqual([]);
    expect(await findUnruled(db, NOW + pauseAfter(1), 10)).toEqual([id]);
    expect(await secondRuling(options(honest, NOW + pauseAfter(1)), id)).toBe('agrees');
    expect(await stored(id)).toMatchObject({ agrees: true, attempts: 2, error: null });
  });

  it('is asked for during a day, with pauses that grow to an hour; fights of other rules never', async () => {
    expect([1, 2, 3, 7, 8, 30].map(pauseAfter)).toEqual([
      30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000,
    ]);
    const id = await ended('knockout');
    await ended('knockout', { endedAt: NOW - 24 * 3_600_000 - 1 });
    await ended('knockout', { digest: '0badcafe' });
    expect(await findUnruled(db, NOW, 10)).toEqual([id]);
  });
});

describe('RULES-10: the job', () => {
  it('asks about all that wait, a few at once; an engine that hangs delays nobody’s closing', async () => {
    const ids = await Promise.all(
      Array.from({ length: 7 }, () => ended('forfeit', { endedAt: Date.now() - 1_000 })),
    );
    let underWay = 0;
    let most = 0;
    const counted: AskForRuling = async (...asked) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await setTimeout(5);
      underWay -= 1;
      return honest(...asked);
    };
    const job = startRulings({ db, source: 'rules', calculate: counted, log: console, atOnce: 3 });
    await job.round();
    await job.close();
    expect(most).toBe(3);
    expect(await db.ruling.count({ where: { agrees: true } })).toBe(ids.length);

    await ended('forfeit', { endedAt: Date.now() - 1_000 });
    const hanging = startRulings({
      ...{ db, source: 'rules', log: console, everyMs: 10, timeoutMs: 100 },
      calculate: () => new Promise(() => {}),
    });
    await setTimeout(50);
    await hanging.close();
    expect(await db.ruling.count({ where: { agrees: null } })).toBe(1);
  });
});
