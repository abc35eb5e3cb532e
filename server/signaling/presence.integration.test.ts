import { describe, expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, connectPeers, fight, inputsFor, startFight } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
let one: Player;
let two: Player;

arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  one = await arcade.enter('One');
  two = await arcade.enter('Two');
});

const sessionOf = (id: string) => arcade.db.matchSession.findUniqueOrThrow({ where: { id } });

/** Closes a line and waits until the other player's session has noticed. */
async function drop(player: Player, other: Player): Promise<void> {
  player.close();
  await other.hear('opponent_status', ({ opponentId, online }) => opponentId === player.id && !online);
}

describe('a line that is lost', () => {
  it('ends a request at once, and tells the target', async () => {
    await two.send('join_lobby', { playerId: two.id });
    const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: two.id });
    one.close();
    const told = { requesterId: one.id, sessionId, reason: 'disconnected' };
    expect(await two.hear('match_request_cancelled')).toEqual(told);
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'declined', reason: 'disconnected' });
  });

  it('ends a request at once, and tells the requester', async () => {
    await two.send('join_lobby', { playerId: two.id });
    const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: two.id });
    two.close();
    const told = { declinerId: two.id, declinerName: 'Two', sessionId, reason: 'disconnected' };
    expect(await one.hear('match_request_declined')).toEqual(told);
  });

  it('leaves the lobby', async () => {
    await one.send('join_lobby', { playerId: one.id });
    await two.send('join_lobby', { playerId: two.id });
    arcade.clock.advance(1000);
    await one.hear('lobby_update', ({ players }) => players.length === 2);
    one.forget();
    two.close();
    await two.closed();
    // Moves time until the server has noticed.
    const gone = one.hear('lobby_update', ({ players }) => players.length === 1);
    const tick = setInterval(() => arcade.clock.advance(300), 20);
    await gone.finally(() => clearInterval(tick));
  });

  it('SES-5: fails a session that was not connected yet after 8 seconds', async () => {
    const { sessionId } = await agree(one, two);
    await drop(two, one);
    arcade.clock.advance(7_400);
    expect((await sessionOf(sessionId)).status).toBe('accepted');
    arcade.clock.advance(1_000);
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, reason: 'disconnected', winner: 0 });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'failed', reason: 'disconnected' });
  });

  it('SIG-17: keeps what was sent meanwhile for who comes back in time', async () => {
    const { sessionId } = await agree(one, two);
    await drop(two, one);
    const route = { senderId: one.id, receiverId: two.id, sessionId };
    await one.send('send_sdp_offer', { ...route, sdp: 'while you were away' });
    arcade.clock.advance(5_000);
    const back = await arcade.connect(two.id);
    expect(await back.hear('match_request_accepted')).toMatchObject({
      sessionId,
      config: { playerIndex: 2 },
    });
    expect((await back.hear('sdp_offer_received')).sdp).toBe('while you were away');
    await one.hear('opponent_status', ({ online }) => online);
    arcade.clock.advance(20_000);
    await connectPeers(one, back, sessionId);
  });

  it('in a fight leaves 20 seconds to come back into it', async () => {
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    await fight(arcade, [one, two], sessionId, inputs, 0, 300);
    await drop(two, one);
    arcade.clock.advance(19_000);
    const back = await arcade.connect(two.id);
    expect(await back.hear('match_started')).toMatchObject({ sessionId, resumed: true });
    expect(
      await back.send('match_inputs', { sessionId, fromFrame: 300, inputs: Buffer.alloc(0) }),
    ).toMatchObject({
      nextFrame: 300,
    });
    arcade.clock.advance(10_000);
    await fight(arcade, [one, back], sessionId, inputs, 300);
    expect(await one.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
  });

  it('forfeits after 20 seconds, and who comes back too late hears why', async () => {
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    await fight(arcade, [one, two], sessionId, inputs, 0, 300);
    await drop(two, one);
    // What one side alone tells shortens nothing.
    for (let from = 300; from < 1_440; from += 60)
      await fight(arcade, [one], sessionId, inputs, from, from + 60);
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'connected' });
    arcade.clock.advance(1_500);
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, winner: 1, reason: 'forfeit' });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'ended', reason: 'forfeit' });
    const back = await arcade.connect(two.id);
    // Who comes back too late is refused, and hears why.
    expect(await back.codeOf('match_inputs', { sessionId, fromFrame: 300, inputs: Buffer.alloc(4) })).toBe(
      409,
    );
    expect(await back.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit' });
  });

  it('is a forfeit after 20 seconds when the other stayed', async () => {
    const { sessionId, config } = await startFight(one, two);
    await fight(arcade, [one, two], sessionId, inputsFor(config), 0, 300);
    await drop(one, two);
    arcade.clock.advance(21_000);
    expect(await two.hear('match_ended')).toMatchObject({ sessionId, winner: 2, reason: 'forfeit' });
  });

  it('of both is no contest', async () => {
    const { sessionId } = await startFight(one, two);
    await drop(one, two);
    two.close();
    await two.closed();
    await expectStatus(sessionId, 'ended');
    const result = await arcade.db.matchResult.findUniqueOrThrow({ where: { sessionId } });
    expect(result).toMatchObject({ winner: 0, reason: 'no_contest' });
  });
});

describe('silence while both are there', () => {
  it('is no contest after a minute', async () => {
    const { sessionId } = await startFight(one, two);
    arcade.clock.advance(61_000);
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, winner: 0, reason: 'no_contest' });
  });
});

describe('a restart', () => {
  it('SES-7: leaves no session in a state that is not true, and lets a fight go on', async () => {
    const [three, four] = [await arcade.enter('Three'), await arcade.enter('Four')];
    const asked = await arcade.enter('Five');
    await asked.send('join_lobby', { playerId: asked.id });
    const request = await three.send('request_match', { requesterId: three.id, targetId: asked.id });
    const pending = await agree(four, await arcade.enter('Six'));
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    await fight(arcade, [one, two], sessionId, inputs, 0, 600);

    await arcade.restart();
    await arcade.restartJudge();
    await Promise.all([one.closed(), two.closed()]);
    const [again1, again2] = [await arcade.connect(one.id), await arcade.connect(two.id)];
    expect(await sessionOf(request.sessionId)).toMatchObject({ status: 'declined', reason: 'restart' });
    expect(await sessionOf(pending.sessionId)).toMatchObject({ status: 'failed', reason: 'restart' });
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'connected' });

    expect(await again1.hear('match_started')).toMatchObject({
      sessionId,
      resumed: true,
      config: { ...config, playerIndex: 1 },
    });
    const empty = { sessionId, fromFrame: 600, inputs: Buffer.alloc(0) };
    expect(await again1.send('match_inputs', empty)).toMatchObject({ nextFrame: 0 });
    await fight(arcade, [again1, again2], sessionId, inputs);
    expect(await again2.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
  });

  it('SES-7: ends a fight that nobody comes back to after 30 seconds', async () => {
    const { sessionId } = await startFight(one, two);
    await arcade.restart();
    await arcade.restartJudge();
    const watcher = await arcade.enter('Watcher');
    arcade.clock.advance(29_000);
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'connected' });
    await expectStatus(sessionId, 'ended');
    expect(await sessionOf(sessionId)).toMatchObject({ reason: 'no_contest' });
    watcher.close();
  });
});

/** Moves time on until the session has that status. */
async function expectStatus(sessionId: string, status: string): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if ((await sessionOf(sessionId)).status === status) return;
    arcade.clock.advance(500);
  }
  throw new Error(`session ${sessionId} never became ${status}`);
}
