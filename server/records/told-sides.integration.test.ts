import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { getSessionDetail, sessionDetail } from './sessions';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** So many frames: player 1 presses the frame's number, player 2 nothing. */
function log(frames: number, liesFrom = Number.POSITIVE_INFINITY): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(frames * 4);
  const view = new DataView(bytes.buffer);
  for (let frame = 0; frame < frames; frame += 1) {
    view.setUint16(frame * 4, frame % 128, true);
    view.setUint16(frame * 4 + 2, frame >= liesFrom ? 32 : 0, true);
  }
  return bytes;
}

async function dispute(disputedFrame: number | null, logs: readonly Uint8Array<ArrayBuffer>[]) {
  const { db } = database;
  const person = () => {
    const username = `p${randomUUID().slice(0, 8)}`;
    return db.user.create({ data: { username, usernameKey: username } });
  };
  const [one, two] = [await person(), await person()];
  const { id } = await db.matchSession.create({
    data: { player1Id: one.id, player2Id: two.id, status: 'ended', player1Character: 1 },
  });
  const result = { winner: 0, reason: 'disputed', cause: 'word_against_word', frames: 300, checksum: 1n };
  await db.matchResult.create({ data: { sessionId: id, ...result, disputedFrame, disputedPlayer: 2 } });
  for (const [index, inputs] of logs.entries())
    await db.inputLog.create({ data: { sessionId: id, player: index + 1, inputs } });
  return sessionDetail.parse(await getSessionDetail(db, id));
}

it('an admin sees both stories side by side around the first differing frame, and the cause', async () => {
  const { told, result } = await dispute(300, [log(400), log(400, 300)]);
  expect(result).toMatchObject({ cause: 'word_against_word', disputedPlayer: 2 });
  expect(told?.frames.map(({ frame }) => frame)).toEqual(Array.from({ length: 17 }, (_, i) => 296 + i));
  expect(told?.frames.filter(({ differs }) => !differs).map(({ frame }) => frame)).toEqual([
    296, 297, 298, 299,
  ]);
  const pressed = 300 % 128;
  expect(told?.frames[4]?.told).toEqual([
    [pressed, 0],
    [pressed, 32],
  ]);
});

it('what only one has told is no difference', async () => {
  const { told } = await dispute(2, [log(8), log(4, 2)]);
  expect(told?.frames.map(({ frame, differs }) => [frame, differs])).toEqual([
    ...[0, 1].map((frame) => [frame, false]),
    ...[2, 3].map((frame) => [frame, true]),
    ...[4, 5, 6, 7].map((frame) => [frame, false]),
  ]);
  expect(told?.frames.at(-1)?.told[1]).toEqual([null, null]);
});

it('a session without a dispute, or whose logs are gone, has no stories', async () => {
  expect((await dispute(null, [])).told).toBeNull();
  expect((await dispute(300, [])).told).toBeNull();
});
