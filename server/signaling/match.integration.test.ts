import { describe, expect, it } from 'vitest';
import { simulateReplay } from '../../engine/fighter/replay';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, connectPeers, fight, inputsFor, playFor, sendFrames, startFight } from './testing/match';

let arcade: TestArcade;

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

const sessionOf = (id: string) => arcade.db.matchSession.findUniqueOrThrow({ where: { id } });
const traceOf = async (sessionId: string) =>
  (await arcade.db.traceEvent.findMany({ where: { sessionId }, orderBy: { id: 'asc' } })).map(
    ({ type }) => type,
  );

describe('a match from the lobby to the verdict', () => {
  it('SES-3, SES-4, SES-6: says everything the contract says, and stores what the judge found', async () => {
    const one = await arcade.enter('One');
    const two = await arcade.enter('Two');
    expect(one.heard[0]).toEqual({
      event: 'ready',
      payload: { playerId: one.id, playerName: 'One', protocolVersion: 1, iceServers: [] },
    });

    await one.send('join_lobby', { playerId: one.id });
    await two.send('join_lobby', { playerId: two.id });
    arcade.clock.advance(1000);
    const lobby = await one.hear('lobby_update', ({ players }) => players.length === 2);
    expect(lobby.players).toEqual([
      { playerId: one.id, playerName: 'One', status: 'available' },
      { playerId: two.id, playerName: 'Two', status: 'available' },
    ]);

    const { sessionId } = await one.send('request_match', {
      requesterId: one.id,
      targetId: two.id,
      characterId: 2,
    });
    // SIG-9
    expect(await two.hear('match_request_received')).toMatchObject({
      requesterId: one.id,
      requesterName: 'One',
      characterId: 2,
      sessionId,
    });
    const accepted = await two.send('accept_match', { accepterId: two.id, requesterId: one.id });
    expect(accepted).toMatchObject({ ok: true, sessionId, config: { playerIndex: 2, characters: [2, 1] } });
    const told = await one.hear('match_request_accepted');
    expect(told).toEqual({
      accepterId: two.id,
      accepterName: 'Two',
      requesterId: one.id,
      requesterName: 'One',
      sessionId,
      config: { ...accepted.config, playerIndex: 1 },
    });
    arcade.clock.advance(1000);
    await one.hear('lobby_update', ({ players }) => players.every(({ status }) => status === 'in_match'));

    const candidate = {
      candidate: 'candidate:1 1 udp 2 host.local 9 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    };
    const there = { senderId: one.id, receiverId: two.id, sessionId };
    const back = { senderId: two.id, receiverId: one.id, sessionId };
    // Sent in one go: the candidate may not overtake the offer, whatever the database takes.
    const sent = [
      one.send('send_sdp_offer', { ...there, sdp: 'v=0 offer' }),
      one.send('send_ice_candidate', { ...there, candidate }),
    ];
    await Promise.all(sent);
    await two.send('send_sdp_answer', { ...back, sdp: 'v=0 answer' });
    expect(await two.hear('sdp_offer_received')).toEqual({ senderId: one.id, sdp: 'v=0 offer', sessionId });
    expect(await two.hear('ice_candidate_received')).toEqual({ senderId: one.id, candidate, sessionId });
    const order = two.heard.map(({ event }) => event);
    expect(order.indexOf('sdp_offer_received')).toBeLessThan(order.indexOf('ice_candidate_received'));
    expect(await one.hear('sdp_answer_received')).toEqual({ senderId: two.id, sdp: 'v=0 answer', sessionId });

    await one.send('peer_connected', { playerId: one.id, sessionId });
    expect((await sessionOf(sessionId)).status).toBe('connecting');
    await two.send('peer_connected', { playerId: two.id, sessionId });
    expect(await one.hear('match_started')).toEqual({
      opponentId: two.id,
      opponentName: 'Two',
      sessionId,
      config: { ...accepted.config, playerIndex: 1 },
      resumed: false,
    });
    expect(await two.hear('match_started')).toMatchObject({
      opponentName: 'One',
      config: { playerIndex: 2 },
    });

    const inputs = inputsFor(accepted.config);
    const frames = inputs.byteLength / 4;
    await fight(arcade, [one, two], sessionId, inputs);
    const verdict = await one.hear('match_ended');
    expect(await two.hear('match_ended')).toEqual(verdict);

    const replay = await arcade.db.replay.findUniqueOrThrow({ where: { sessionId } });
    const simulated = simulateReplay(replay.data);
    expect(verdict).toMatchObject({
      sessionId,
      frames,
      winner: simulated.winner,
      checksum: simulated.checksum,
    });
    await one.send('match_ended', { sessionId, frames, checksum: verdict.checksum });
    await two.send('match_ended', { sessionId, frames, checksum: (verdict.checksum ^ 1) >>> 0 });
    expect(await sessionOf(sessionId)).toMatchObject({
      status: 'ended',
      player1Character: 2,
      player2Character: 1,
    });
    expect(await traceOf(sessionId)).toEqual([
      'requested',
      'accepted',
      'connecting',
      'answer',
      'peer_connected',
      'peer_connected',
      'connected',
      'ended',
      'client_result',
      'client_result',
      'result_mismatch',
    ]);

    one.forget();
    arcade.clock.advance(1000);
    await one.hear('lobby_update', ({ players }) => players.every(({ status }) => status === 'available'));
  });

  it('PEER-7: tells both the longer of the ways that the two told: only one may know of the TURN server', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await agree(one, two);
    await one.send('send_sdp_offer', { senderId: one.id, receiverId: two.id, sessionId, sdp: 'offer' });
    await one.send('peer_connected', { playerId: one.id, sessionId, route: 'direct' });
    await two.send('peer_connected', { playerId: two.id, sessionId, route: 'turn' });
    for (const player of [one, two])
      expect(await player.hear('match_started')).toMatchObject({ route: 'turn' });
  });

  it('ends as disputed when the two browsers tell different inputs, and keeps both logs', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    const lie = Buffer.from(inputs);
    lie.writeUInt16LE(lie.readUInt16LE(100 * 4) ^ 1, 100 * 4);
    playFor(arcade, 400);
    await sendFrames(one, sessionId, inputs, 0, 300);
    await two.send('match_inputs', { sessionId, fromFrame: 0, inputs: lie.subarray(0, 300 * 4) });
    expect(await one.hear('match_ended')).toMatchObject({ winner: 0, reason: 'disputed' });
    const logs = await arcade.db.inputLog.findMany({ where: { sessionId }, orderBy: { player: 'asc' } });
    expect(logs.map(({ player }) => player)).toEqual([1, 2]);
    const result = await arcade.db.matchResult.findUniqueOrThrow({ where: { sessionId } });
    expect(result.disputedFrame).toBe(100);
  });

  it('SIG-18: tells after a gap and after a judge that forgot from which frame to go on', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    playFor(arcade, 600);
    const chunk = (from: number, to: number) => ({
      sessionId,
      fromFrame: from,
      inputs: inputs.subarray(from * 4, to * 4),
    });
    expect(await one.send('match_inputs', chunk(0, 100))).toMatchObject({ nextFrame: 100 });
    expect(await one.send('match_inputs', chunk(200, 300))).toMatchObject({ nextFrame: 100 });
    expect(await one.send('match_inputs', chunk(50, 150))).toMatchObject({ nextFrame: 150 });
    expect(await one.send('match_inputs', chunk(0, 0))).toMatchObject({ nextFrame: 150 });
    await arcade.restartJudge();
    expect(await one.send('match_inputs', chunk(150, 200))).toMatchObject({ nextFrame: 0 });
    await fight(arcade, [one, two], sessionId, inputs);
    expect(await two.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
  });

  it('refuses frames that can not have been played yet, and goes on', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    const chunk = { sessionId, fromFrame: 0, inputs: inputs.subarray(0, 600 * 4) };
    expect(await one.codeOf('match_inputs', chunk)).toBe(429);
    playFor(arcade, 600);
    expect(await one.send('match_inputs', chunk)).toMatchObject({ nextFrame: 600 });
  });
});

describe('when something goes wrong on the way', () => {
  it('SES-5: tells both players that the peers failed, and both are free again', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await agree(one, two);
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'no route' });
    const end = { sessionId, winner: 0, reason: 'peer_failed', frames: 0, checksum: 0 };
    expect(await one.hear('match_ended')).toEqual(end);
    expect(await two.hear('match_ended')).toEqual(end);
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'failed', reason: 'peer_failed' });
    await startFight(two, await rejoin(one.id));
  });

  it('SES-9: calls a fight off for want of a connection ten seconds after both have said so and nobody came to the relay', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    await fight(arcade, [one, two], sessionId, inputsFor(config), 0, 60);
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'lost them' });
    await two.send('peer_failed', { playerId: two.id, sessionId, reason: 'lost them too' });
    expect(await two.hear('relay_opened')).toMatchObject({ sessionId, base: 60, cause: 'peer_failed' });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'connected' });
    for (let second = 0; second < 11; second += 1) playFor(arcade, 60);
    expect(await two.hear('match_ended')).toMatchObject({
      winner: 0,
      reason: 'no_contest',
      cause: 'no_path',
    });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'ended' });
  });

  it('SES-9: goes on with a fight whose browsers have found each other again', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    const both = async (from: number, to: number) => {
      for (const player of [one, two]) await sendFrames(player, sessionId, inputs, from, to);
    };
    playFor(arcade, 60);
    await both(0, 60);
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'lost them' });
    for (let second = 1; second <= 14; second += 1) {
      playFor(arcade, 60);
      await both(second * 60, second * 60 + 60);
    }
    expect(one.all('match_ended')).toEqual([]);
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'connected' });
  });

  it('counts a fight that somebody leaves as lost, and a match before its fight as nothing', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId, config } = await startFight(one, two);
    await fight(arcade, [one, two], sessionId, inputsFor(config), 0, 60);
    await one.send('leave_match', { playerId: one.id, sessionId });
    expect(await two.hear('match_ended')).toMatchObject({ sessionId, winner: 2, reason: 'forfeit' });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'ended' });
    expect(await one.codeOf('leave_match', { playerId: one.id, sessionId })).toBe(409);
    one.forget();
    const early = await agree(one, two);
    await two.send('leave_match', { playerId: two.id, sessionId: early.sessionId });
    expect(await one.hear('match_ended')).toMatchObject({ sessionId: early.sessionId, winner: 0 });
  });

  it('SES-3: declines the other requests of both when a match is agreed', async () => {
    const [one, two, three, four] = await Promise.all(['1', '2', '3', '4'].map((name) => arcade.enter(name)));
    if (!one || !two || !three || !four) throw new Error('four players');
    for (const player of [one, two, three, four]) await player.send('join_lobby', { playerId: player.id });
    const toTwo = await three.send('request_match', { requesterId: three.id, targetId: two.id });
    const fromOne = await one.send('request_match', { requesterId: one.id, targetId: four.id });
    const { sessionId } = await agree(one, two);
    expect(await three.hear('match_request_declined')).toMatchObject({
      declinerId: two.id,
      declinerName: '2',
      sessionId: toTwo.sessionId,
      reason: 'in_match',
    });
    expect(await four.hear('match_request_cancelled')).toEqual({
      requesterId: one.id,
      sessionId: fromOne.sessionId,
      reason: 'in_match',
    });
    expect(await four.codeOf('accept_match', { accepterId: four.id, requesterId: one.id })).toBe(409);
    expect(await four.codeOf('request_match', { requesterId: four.id, targetId: two.id })).toBe(409);
    await connectPeers(one, two, sessionId);
  });
});

/** The same account on a new connection, in the lobby. */
async function rejoin(playerId: string) {
  const player = await arcade.connect(playerId);
  await player.send('join_lobby', { playerId });
  return player;
}
