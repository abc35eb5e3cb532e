import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { startTestArcade, type TestArcade } from '../signaling/testing/arcade';
import { agree, beginArranged, connectPeers, fight, inputsFor } from '../signaling/testing/match';
import type { SessionEnd } from './endings';

let database: TestDatabase;
let arcade: TestArcade;
let ends: SessionEnd[];
let settled: string[];
/** What the hook does beside noting. */
let inside: (end: SessionEnd) => Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ends = [];
  settled = [];
  inside = async () => {};
  arcade = await startTestArcade(database.db, undefined, {
    async onEnded(tx, end) {
      await inside(end);
      ends.push(end);
      // Seen by the transaction itself and by nobody else yet.
      await tx.traceEvent.create({ data: { sessionId: end.sessionId, type: 'paused', at: end.at } });
    },
    onSettled: ({ sessionId }) => settled.push(sessionId),
  });
});
afterEach(() => arcade.close());

const arrange = (player1Id: string, player2Id: string) =>
  arcade.sessions.arrange({ player1Id, player2Id, characters: [2, 1], source: 'tournament' });
const statusOf = async (id: string) =>
  (await arcade.db.matchSession.findUniqueOrThrow({ where: { id } })).status;

describe('a match that the server arranges', () => {
  it('SES-10: begins as accepted, is told to both, and goes on like any other', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await arrange(one.id, two.id);
    for (const [player, other, index] of [
      [one, two, 1],
      [two, one, 2],
    ] as const)
      expect(await player.hear('match_request_accepted')).toMatchObject({
        accepterId: other.id,
        requesterId: player.id,
        sessionId,
        source: 'tournament',
        config: { playerIndex: index, characters: [2, 1] },
      });
    expect(await arcade.db.matchSession.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({
      status: 'accepted',
      source: 'tournament',
    });
    const { config } = await beginArranged({ one, two });
    await fight(arcade, [one, two], sessionId, inputsFor(config));
    const { winner } = await one.hear('match_ended');
    expect(one.all('match_started')).toMatchObject([{ sessionId, source: 'tournament' }]);
    expect(ends).toMatchObject([
      { sessionId, source: 'tournament', outcome: { kind: 'verdict', winner }, absent: [] },
    ]);
    expect(settled).toEqual([sessionId]);
  });

  it('declines what both had asked and been asked, and is refused while one of them is in a match', async () => {
    const [one, two, three] = [await arcade.enter('1'), await arcade.enter('2'), await arcade.enter('3')];
    await two.send('join_lobby', { playerId: two.id });
    const asked = await three.send('request_match', { requesterId: three.id, targetId: two.id });
    await arrange(one.id, two.id);
    expect(await three.hear('match_request_declined')).toMatchObject({
      sessionId: asked.sessionId,
      reason: 'in_match',
    });
    await expect(arrange(three.id, two.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(arrange(three.id, three.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(arrange(three.id, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves nothing behind when what belongs to it can’t be written', async () => {
    const [one, two] = [await arcade.enter('1'), await arcade.enter('2')];
    const before = await arcade.db.matchSession.count();
    const match = { player1Id: one.id, player2Id: two.id, characters: [1, 1], source: 'room' } as const;
    const also = () => Promise.reject(new Error('no'));
    await expect(arcade.sessions.arrange({ ...match, also })).rejects.toThrow('no');
    expect(await arcade.db.matchSession.count()).toBe(before);
    expect(arcade.sessions.matchOf(one.id)).toBeUndefined();
    expect(one.all('match_request_accepted')).toEqual([]);
  });

  it('counts who is not connected as away from the start', async () => {
    const [one, two] = [await arcade.enter('1'), await arcade.enter('2')];
    two.close();
    await one.hear('ready');
    await expect.poll(() => arcade.sessions.isOnline(two.id)).toBe(false);
    const { sessionId } = await arrange(one.id, two.id);
    arcade.clock.advance(9_000);
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, reason: 'disconnected' });
    expect(ends).toMatchObject([
      { sessionId, outcome: { kind: 'failed', reason: 'disconnected' }, absent: [2] },
    ]);
    // Back in time another hears of it as at the beginning.
    const again = await arrange(one.id, two.id);
    const back = await arcade.connect(two.id);
    expect(await back.hear('match_request_accepted')).toMatchObject({
      sessionId: again.sessionId,
      accepterId: one.id,
      source: 'tournament',
    });
  });

  it('tells who left, and who owed the next step', async () => {
    const [one, two] = [await arcade.enter('1'), await arcade.enter('2')];
    const first = await arrange(one.id, two.id);
    await two.send('leave_match', { playerId: two.id, sessionId: first.sessionId });
    const second = await arrange(one.id, two.id);
    const [senderId, receiverId] = [one.id, two.id];
    await one.send('send_sdp_offer', { senderId, receiverId, sessionId: second.sessionId, sdp: 'offer' });
    arcade.clock.advance(31_000);
    await one.hear('match_ended', ({ sessionId }) => sessionId === second.sessionId);
    expect(ends.filter(({ player1Id }) => player1Id === one.id)).toMatchObject([
      { leftBy: 2, outcome: { reason: 'peer_failed' } },
      { leftBy: undefined, owedBy: 2, outcome: { reason: 'connect_timeout' } },
    ]);
  });
});

describe('the end of a session', () => {
  it('SES-11: is written with what the hook writes, or not at all', async () => {
    const [one, two] = [await arcade.enter('1'), await arcade.enter('2')];
    const { sessionId } = await agree(one, two);
    await connectPeers(one, two, sessionId);
    inside = () => Promise.reject(new Error('the hook fails'));
    await one.send('leave_match', { playerId: one.id, sessionId });
    expect(await statusOf(sessionId)).toBe('connected');
    expect(await arcade.db.matchResult.count({ where: { sessionId } })).toBe(0);
    expect(settled).toEqual([]);
    // The sweep tries again.
    inside = async () => {};
    arcade.clock.advance(1_000);
    await one.hear('match_ended');
    expect(await statusOf(sessionId)).toBe('ended');
    expect(ends).toMatchObject([{ sessionId, source: null, leftBy: 1 }]);
    expect(settled).toEqual([sessionId]);
  });

  it('is told of sessions that a restart of the server fails, too', async () => {
    const [one, two] = [await arcade.enter('1'), await arcade.enter('2')];
    const { sessionId } = await arrange(one.id, two.id);
    await arcade.restart();
    await arcade.sessions.ready;
    expect(ends).toMatchObject([{ sessionId, outcome: { kind: 'failed', reason: 'restart' } }]);
    expect(settled).toEqual([sessionId]);
  });
});
