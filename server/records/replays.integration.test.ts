import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineDigest } from '../../engine/fighter/checksum';
import { decodeFight, recordFight, simulateReplay } from '../../engine/fighter/replay';
import { RULES_VERSION } from '../../engine/fighter/rules';
import { RULES_4 } from '../../engine/fighter/testing/golden';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { getReplay, getReplayData, listReplays } from './replays';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Keeps a replay of a finished match. @returns the session's id. */
async function store(data: Uint8Array): Promise<string> {
  const [player1, player2] = await Promise.all(
    [1, 2].map(() => {
      const username = randomUUID().slice(0, 20);
      return test.db.user.create({ data: { username, usernameKey: username } });
    }),
  );
  if (!player1 || !player2) throw new Error('players are missing');
  const { id } = await test.db.matchSession.create({
    data: {
      player1Id: player1.id,
      player2Id: player2.id,
      status: 'ended',
      player1Character: 2,
      player2Character: 1,
      seed: 7n,
      result: { create: { winner: 1, reason: 'knockout', frames: 3, checksum: 9n } },
      replay: {
        create: { engineDigest: '0badcafe', frames: 3, checksum: 9n, data: new Uint8Array(data) },
      },
    },
  });
  return id;
}

/** Three frames as they were stored before: player 1 presses 5, 5, 0, player 2 256, 0, 0. */
const OLD = Buffer.concat([
  Buffer.from('ACR\x01'),
  Buffer.from('fecaad0b', 'hex'), // the engine, little-endian
  Buffer.from('07000000', 'hex'), // the seed
  Buffer.from([2, 1, 3]), // the characters, and the frames
  Buffer.from([5, 2, 5, 1]), // change 5 for 2 frames, back for 1
  Buffer.from([0x80, 2, 1, 0x80, 2, 2]), // change 256 (LEB128) for 1, back for 2
]);

describe('stored replays', () => {
  it('REPLAY-1, REPLAY-4: of our rules are listed, told and played', async () => {
    const bytes = recordFight({ seed: 7, characters: [2, 1] }, new Uint8Array(12));
    const id = await store(bytes);
    const { replays } = await listReplays(test.db, { limit: 5 });
    expect(replays).toMatchObject([{ sessionId: id, frames: 3, characters: [2, 1], winner: 1 }]);
    const replay = await getReplay(test.db, id);
    expect(replay).toMatchObject({ rulesVersion: RULES_VERSION, unplayable: null, seed: 7, checksum: 9 });
    expect(await getReplayData(test.db, id)).toEqual({
      data: replay.data,
      rulesVersion: RULES_VERSION,
      unplayable: null,
    });
    expect(simulateReplay(Buffer.from(replay.data, 'base64')).firstWrongFrame).toBeUndefined();
  });

  it('REPLAY-5: of the former format are converted once, inputs and all, and marked', async () => {
    const id = await store(OLD);
    const told = await getReplay(test.db, id);
    expect(told).toMatchObject({ rulesVersion: 0, unplayable: 'older_rules' });
    const fight = decodeFight(Buffer.from(told.data, 'base64'));
    expect(fight).toMatchObject({ engineDigest: '0badcafe', seed: 7, characters: [2, 1], checksums: [] });
    expect([...fight.inputs]).toEqual([5, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0]);
    const { data } = await test.db.replay.findUniqueOrThrow({ where: { sessionId: id } });
    expect(Buffer.from(data).toString('base64')).toBe(told.data);
    expect(await getReplay(test.db, id)).toEqual(told);

    // By our own engine it is as good as a new one.
    const own = Buffer.from(OLD);
    own.writeUInt32LE(Number.parseInt(engineDigest(), 16), 4);
    expect(await getReplay(test.db, await store(own))).toMatchObject({ unplayable: null });
  });

  it('REPLAY-7: of the engine before handicaps are playable still', async () => {
    const id = await store(Buffer.from(RULES_4.fight, 'base64'));
    expect(await getReplayData(test.db, id)).toEqual({
      data: RULES_4.fight,
      rulesVersion: 4,
      unplayable: null,
    });
  });

  it('that are damaged, in either format, are told as such and left as they are', async () => {
    const cut = recordFight({ seed: 7, characters: [2, 1] }, new Uint8Array(12)).slice(0, -1);
    const longer = Buffer.concat([OLD, Buffer.from([0])]);
    for (const bytes of [cut, longer, OLD.subarray(0, 9), OLD.subarray(0, -1), Buffer.alloc(0)]) {
      const id = await store(bytes);
      expect(await getReplayData(test.db, id)).toEqual({
        data: Buffer.from(bytes).toString('base64'),
        rulesVersion: 0,
        unplayable: 'damaged',
      });
    }
  });

  it('that do not exist are not found', async () => {
    await expect(getReplay(test.db, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getReplayData(test.db, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
