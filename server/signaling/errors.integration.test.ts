import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { startTestArcade, type TestArcade } from './testing/arcade';
import { agree, connectPeers, startFight } from './testing/match';
import { Player } from './testing/player';

let database: TestDatabase;
let arcade: TestArcade;

beforeAll(async () => {
  database = await createTestDatabase();
  arcade = await startTestArcade(database.db);
});
afterAll(async () => {
  await arcade.close();
  await database.drop();
});

const two = async (): Promise<[Player, Player]> => [await arcade.enter('One'), await arcade.enter('Two')];

describe('a connection without a valid log-in', () => {
  it.each([
    ['no token', {}],
    ['a forged token', { token: 'forged' }],
    ['a token of the wrong kind', { token: { id: 1 } }],
    ['an endless token', { token: 'x'.repeat(100_000) }],
  ])('is refused with 401: %s', async (_case, auth) => {
    const stranger = new Player(arcade.url, 'stranger', auth);
    const error = await new Promise<Error & { data?: unknown }>((resolve) =>
      stranger.socket.once('connect_error', resolve),
    );
    expect(error.data).toMatchObject({ code: 401, message: expect.stringMatching(/./) });
    stranger.close();
  });
});

describe('a client that asks for no acks', () => {
  it('SIG-8: is served all the same, from the lobby to the fight', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const say = (player: Player, event: string, payload: object) => player.socket.emit(event, payload);
    say(two, 'join_lobby', { playerId: two.id });
    await expect
      .poll(() => {
        arcade.clock.advance(300);
        return two.all('lobby_update').length;
      })
      .toBeGreaterThan(0);
    say(one, 'request_match', { requesterId: one.id, targetId: two.id });
    const { sessionId } = await two.hear('match_request_received');
    say(two, 'accept_match', { accepterId: two.id, requesterId: one.id });
    await one.hear('match_request_accepted');
    say(one, 'send_sdp_offer', { senderId: one.id, receiverId: two.id, sessionId, sdp: 'offer' });
    await two.hear('sdp_offer_received');
    say(two, 'send_sdp_answer', { senderId: two.id, receiverId: one.id, sessionId, sdp: 'answer' });
    await one.hear('sdp_answer_received');
    for (const player of [one, two]) say(player, 'peer_connected', { playerId: player.id, sessionId });
    await one.hear('match_started');
    say(one, 'leave_match', { playerId: two.id, sessionId });
    expect(await one.hear('error')).toMatchObject({ code: 403, sessionId });
    say(one, 'leave_match', { playerId: one.id, sessionId });
    expect(await two.hear('match_ended')).toMatchObject({ sessionId });
  });
});

describe('bad input', () => {
  it('is answered with 400 in the ack and as an error, naming the field', async () => {
    const one = await arcade.enter('One');
    const reply = await one.raw('request_match', { requesterId: one.id, targetId: 7, sessionId: 'x' });
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 400, message: expect.stringContaining('targetId'), sessionId: 'x' },
    });
    expect(await one.hear('error')).toEqual(reply.ok ? {} : reply.error);
  });

  it.each([
    ['join_lobby', {}],
    ['join_lobby', null],
    ['join_lobby', 'me'],
    ['join_lobby', { playerId: 'x'.repeat(129) }],
    ['join_quick_match', { playerId: 'a', characterId: '1' }],
    ['leave_quick_match', {}],
    ['request_match', { requesterId: 'a', targetId: 'b', characterId: 0 }],
    ['request_match', { requesterId: 'a', targetId: 'b', characterId: 1.5 }],
    ['send_sdp_offer', { senderId: 'a', receiverId: 'b', sdp: 'x' }],
    ['send_ice_candidate', { senderId: 'a', receiverId: 'b', sessionId: 's', candidate: 5 }],
    ['match_inputs', { sessionId: 's', fromFrame: -1, inputs: Buffer.alloc(4) }],
    ['match_inputs', { sessionId: 's', fromFrame: 0, inputs: Buffer.alloc(5) }],
    ['match_inputs', { sessionId: 's', fromFrame: 0, inputs: [1, 2, 3, 4] }],
    ['match_ended', { sessionId: 's', frames: 1, checksum: 2 ** 32 }],
    ['no_such_event', { playerId: 'a' }],
    ['__proto__', {}],
  ])('%s %j gets 400', async (event, payload) => {
    const player = await arcade.enter('Somebody');
    expect(await player.codeOf(event, payload)).toBe(400);
    player.close();
  });

  it('SIG-13: comes before the question who acts, and that before the question what exists', async () => {
    const one = await arcade.enter('One');
    const other = { requesterId: 'somebody-else', targetId: 'nobody', sessionId: 'none' };
    expect(await one.codeOf('cancel_match_request', { ...other, targetId: null })).toBe(400);
    expect(await one.codeOf('cancel_match_request', other)).toBe(403);
    expect(await one.codeOf('cancel_match_request', { ...other, requesterId: one.id })).toBe(404);
  });

  it('an unknown fighter gets 400, an unknown field nothing', async () => {
    const [one, target] = await two();
    await target.send('join_lobby', { playerId: target.id });
    const request = { requesterId: one.id, targetId: target.id };
    expect(await one.codeOf('request_match', { ...request, characterId: 99 })).toBe(400);
    expect(await one.codeOf('request_match', { ...request, mood: 'angry', playerName: 'Root' })).toBe(0);
    expect((await target.hear('match_request_received')).requesterName).toBe('One');
  });

  it('SIG-12: too large gets 413 and the line stays', async () => {
    const one = await arcade.enter('One');
    const route = { senderId: one.id, receiverId: 'b', sessionId: 's' };
    expect(await one.codeOf('send_sdp_offer', { ...route, sdp: 'x'.repeat(64 * 1024 + 1) })).toBe(413);
    expect(await one.codeOf('send_sdp_offer', { ...route, sdp: '한'.repeat(30_000) })).toBe(413);
    expect(await one.codeOf('send_sdp_offer', { ...route, sdp: 'x'.repeat(1_000_000) })).toBe(413);
    expect(await one.codeOf('send_sdp_offer', { ...route, sdp: 'x'.repeat(64 * 1024) })).toBe(404);
    const inputs = { sessionId: 's', fromFrame: 0, inputs: Buffer.alloc(601 * 4) };
    expect(await one.codeOf('match_inputs', inputs)).toBe(413);
    expect(await one.codeOf('match_inputs', { ...inputs, inputs: Buffer.alloc(600 * 4) })).toBe(404);
    const candidate = { candidate: 'x'.repeat(5000) };
    expect(await one.codeOf('send_ice_candidate', { ...route, candidate })).toBe(413);
    expect(one.socket.connected).toBe(true);
  });
});

describe('nobody speaks for somebody else', () => {
  it('SIG-13: in any event with an acting field', async () => {
    const [one, other] = await two();
    const sessionId = 's';
    const sdp = { senderId: other.id, receiverId: one.id, sessionId, sdp: 'x' };
    const cases: [string, object][] = [
      ['join_lobby', { playerId: other.id }],
      ['leave_lobby', { playerId: other.id }],
      ['join_quick_match', { playerId: other.id }],
      ['leave_quick_match', { playerId: other.id }],
      ['request_match', { requesterId: other.id, targetId: one.id }],
      ['accept_match', { accepterId: other.id, requesterId: one.id }],
      ['decline_match', { declinerId: other.id, requesterId: one.id }],
      ['cancel_match_request', { requesterId: other.id, targetId: one.id, sessionId }],
      ['send_sdp_offer', sdp],
      ['send_sdp_answer', sdp],
      ['send_ice_candidate', { ...sdp, candidate: { candidate: '' } }],
      ['peer_connected', { playerId: other.id, sessionId }],
      ['peer_failed', { playerId: other.id, sessionId, reason: 'x' }],
    ];
    for (const [event, payload] of cases)
      expect([event, await one.codeOf(event, payload)]).toEqual([event, 403]);
  });

  it('in a session of others', async () => {
    const [one, other] = await two();
    const third = await arcade.enter('Third');
    await other.send('join_lobby', { playerId: other.id });
    const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: other.id });
    const answer = { requesterId: one.id, sessionId };
    expect(await third.codeOf('accept_match', { accepterId: third.id, ...answer })).toBe(403);
    expect(await third.codeOf('decline_match', { declinerId: third.id, ...answer })).toBe(403);
    // Nor may the one who asked answer, or the one who was asked cancel.
    expect(await one.codeOf('accept_match', { accepterId: one.id, ...answer })).toBe(403);
    const cancel = { requesterId: other.id, targetId: one.id, sessionId };
    expect(await other.codeOf('cancel_match_request', cancel)).toBe(403);
    await other.send('accept_match', { accepterId: other.id, ...answer });
    await connectPeers(one, other, sessionId);
    const inputs = Buffer.alloc(4);
    expect(await third.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs })).toBe(403);
    expect(await third.codeOf('match_ended', { sessionId, frames: 1, checksum: 1 })).toBe(403);
    expect(await third.codeOf('peer_failed', { playerId: third.id, sessionId, reason: 'x' })).toBe(403);
    const route = { senderId: one.id, receiverId: third.id, sessionId };
    expect(await one.codeOf('send_sdp_offer', { ...route, sdp: 'x' })).toBe(404);
  });
});

describe('the state machine', () => {
  it('SES-1: refuses what is not possible in a state with 409', async () => {
    const [one, other] = await two();
    expect(await one.codeOf('request_match', { requesterId: one.id, targetId: one.id })).toBe(409);
    expect(await one.codeOf('request_match', { requesterId: one.id, targetId: other.id })).toBe(404);
    expect(await one.codeOf('accept_match', { accepterId: one.id, requesterId: other.id })).toBe(404);

    const { sessionId } = await agree(one, other);
    const there = { senderId: one.id, receiverId: other.id, sessionId };
    const back = { senderId: other.id, receiverId: one.id, sessionId };
    const answer = { accepterId: other.id, requesterId: one.id };
    expect(await other.codeOf('accept_match', { ...answer, sessionId })).toBe(409);
    expect(await other.codeOf('accept_match', answer)).toBe(409);
    expect(
      await other.codeOf('decline_match', { declinerId: other.id, requesterId: one.id, sessionId }),
    ).toBe(409);
    const cancel = { requesterId: one.id, targetId: other.id, sessionId };
    expect(await one.codeOf('cancel_match_request', cancel)).toBe(409);
    expect(await one.codeOf('peer_connected', { playerId: one.id, sessionId })).toBe(409);
    expect(await other.codeOf('send_sdp_answer', { ...back, sdp: 'x' })).toBe(409);
    expect(await other.codeOf('send_sdp_offer', { ...back, sdp: 'x' })).toBe(409);
    const inputs = { sessionId, fromFrame: 0, inputs: Buffer.alloc(4) };
    expect(await one.codeOf('match_inputs', inputs)).toBe(409);
    expect(await one.codeOf('match_ended', { sessionId, frames: 1, checksum: 1 })).toBe(409);

    await connectPeers(one, other, sessionId);
    expect(await one.codeOf('peer_connected', { playerId: one.id, sessionId })).toBe(0);
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'gone' });
    expect(await one.codeOf('match_inputs', inputs)).toBe(409);
    expect(await one.codeOf('send_sdp_offer', { ...there, sdp: 'x' })).toBe(409);
    expect(await one.codeOf('peer_failed', { playerId: one.id, sessionId, reason: 'again' })).toBe(409);
  });

  it('lets nobody accept what was declined, cancelled or expired', async () => {
    const [one, other] = await two();
    await other.send('join_lobby', { playerId: other.id });
    const ask = () => one.send('request_match', { requesterId: one.id, targetId: other.id });
    const accept = (sessionId: string) =>
      other.codeOf('accept_match', { accepterId: other.id, requesterId: one.id, sessionId });

    const declined = await ask();
    expect(await one.codeOf('request_match', { requesterId: one.id, targetId: other.id })).toBe(409);
    await other.send('decline_match', { declinerId: other.id, requesterId: one.id });
    expect(await one.hear('match_request_declined')).toMatchObject({
      declinerName: 'Two',
      reason: 'declined',
    });
    expect(await accept(declined.sessionId)).toBe(409);

    const cancelled = await ask();
    await one.send('cancel_match_request', { requesterId: one.id, targetId: other.id, ...pick(cancelled) });
    expect(await other.hear('match_request_cancelled')).toEqual({
      requesterId: one.id,
      sessionId: cancelled.sessionId,
      reason: 'cancelled',
    });
    expect(await accept(cancelled.sessionId)).toBe(409);

    const expired = await ask();
    arcade.clock.advance(31_000);
    await one.hear('match_request_declined', ({ reason }) => reason === 'expired');
    await other.hear('match_request_cancelled', ({ reason }) => reason === 'expired');
    expect(await accept(expired.sessionId)).toBe(409);
  });

  it('leaves one outcome when cancel and accept race over the sockets', async () => {
    const [one, other] = await two();
    await other.send('join_lobby', { playerId: other.id });
    for (let round = 0; round < 40; round += 1) {
      const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: other.id });
      const codes = await Promise.all([
        one.codeOf('cancel_match_request', { requesterId: one.id, targetId: other.id, sessionId }),
        other.codeOf('accept_match', { accepterId: other.id, requesterId: one.id, sessionId }),
      ]);
      expect([...codes].sort()).toEqual([0, 409]);
      const isAccepted = codes[1] === 0;
      if (isAccepted) await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'next' });
      const { status } = await arcade.db.matchSession.findUniqueOrThrow({ where: { id: sessionId } });
      expect(status).toBe(isAccepted ? 'failed' : 'declined');
      // Who asks the same player faster is refused (SIG-26).
      arcade.clock.advance(10_000);
    }
  });
});

describe('too much', () => {
  it('SIG-14: gets 429 for that family only, until time has passed', async () => {
    const [one, other] = await two();
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => one.codeOf('join_lobby', { playerId: one.id })),
    );
    expect(codes.filter((code) => code === 429).length).toBeGreaterThan(40);
    expect(codes.filter((code) => code === 0).length).toBeGreaterThan(20);
    await startFight(one, other);
    arcade.clock.advance(5_000);
    expect(await one.codeOf('join_lobby', { playerId: one.id })).toBe(0);
  });
});

function pick({ sessionId }: { sessionId: string }): { sessionId: string } {
  return { sessionId };
}
