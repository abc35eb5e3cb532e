import { describe, expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { fight, inputsFor, playFor, sendFrames, startFight } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

const statusOf = async (id: string) =>
  (await arcade.db.matchSession.findUniqueOrThrow({ where: { id } })).status;

/** Two who fight; the first one's page has an id. */
async function fighting(clientId?: string) {
  const account = await arcade.enter('One');
  const one = clientId === undefined ? account : await arcade.connect(account.id, clientId);
  const two = await arcade.enter('Two');
  const { sessionId, config } = await startFight(one, two);
  return { one, two, sessionId, config, inputs: inputsFor(config) };
}

/** Every event of an onlooker that would touch the match. */
async function codesOf(onlooker: Player, sessionId: string, opponentId: string): Promise<number[]> {
  const { id: playerId } = onlooker;
  const route = { senderId: playerId, receiverId: opponentId, sessionId };
  return Promise.all([
    onlooker.codeOf('leave_match', { playerId, sessionId }),
    onlooker.codeOf('peer_failed', { playerId, sessionId, reason: 'x' }),
    onlooker.codeOf('peer_connected', { playerId, sessionId }),
    onlooker.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(4) }),
    onlooker.codeOf('match_ended', { sessionId, frames: 1, checksum: 1 }),
    onlooker.codeOf('send_sdp_offer', { ...route, sdp: 'x' }),
    onlooker.codeOf('leave_lobby', { playerId }),
    onlooker.codeOf('request_match', { requesterId: playerId, targetId: opponentId }),
  ]);
}

describe('a second page of somebody who fights', () => {
  it('SIG-2: looks on, and can neither act nor end anything', async () => {
    const { one, two, sessionId, inputs } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    expect(second.all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    expect(new Set(await codesOf(second, sessionId, two.id))).toEqual(new Set([409]));
    // A client can tell it from a match that takes no more.
    const refused = await second.raw('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(4) });
    expect(refused).toMatchObject({ ok: false, error: { onlooker: true } });
    expect(await second.codeOf('join_lobby', { playerId: one.id })).toBe(0);
    await second.hear('lobby_update');
    second.close();
    await fight(arcade, [one, two], sessionId, inputs, 0, 60);
    expect(await statusOf(sessionId)).toBe('connected');
    expect(one.all('error')).toEqual([]);
    expect(two.all('opponent_status')).toEqual([]);
  });

  it('SIG-2: does not come to act when the first one breaks, and SIG-7: the opponent is told at once until when', async () => {
    const { one, two, sessionId } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    one.close();
    expect(await two.hear('opponent_status')).toMatchObject({
      online: false,
      until: arcade.clock.now() + 20_000,
    });
    expect(new Set(await codesOf(second, sessionId, two.id))).toEqual(new Set([409]));
    const back = await arcade.connect(one.id, 'tab-1');
    expect(await back.hear('match_started')).toMatchObject({ sessionId, resumed: true });
    expect(await two.hear('opponent_status', ({ online }) => online)).toMatchObject({ sessionId });
  });

  it('SIG-3: takes over when it asks to, and the fight goes on', async () => {
    const { one, two, sessionId, config, inputs } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    await second.send('take_over', { playerId: one.id, sessionId });
    expect(await one.hear('error')).toMatchObject({ code: 409, replaced: true });
    await one.closed();
    expect(await second.hear('match_started')).toMatchObject({
      sessionId,
      opponentId: two.id,
      config: { ...config, playerIndex: 1 },
      resumed: true,
    });
    expect(two.all('match_ended')).toEqual([]);
    playFor(arcade, 10);
    expect(await sendFrames(second, sessionId, inputs, 0, 10)).toBe(10);
    // From now on the new one's id is the one that comes back.
    second.close();
    await two.hear('opponent_status');
    expect((await arcade.connect(one.id, 'tab-1')).all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    expect((await arcade.connect(one.id, 'tab-2')).all('ready')[0]).not.toHaveProperty('fighting');
  });

  it('SIG-3: hears the end of the fight, and acts once it comes anew', async () => {
    const { one, two, sessionId, inputs } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    await fight(arcade, [one, two], sessionId, inputs, 0, 60);
    await two.send('leave_match', { playerId: two.id, sessionId });
    expect(await second.hear('match_ended')).toMatchObject({ sessionId, winner: 1, reason: 'forfeit' });
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, winner: 1 });
    const anew = await arcade.connect(one.id, 'tab-2');
    expect(anew.all('ready')[0]).not.toHaveProperty('fighting');
    expect(await one.hear('error')).toMatchObject({ replaced: true });
  });
});

describe('a player with several pages', () => {
  /** What the lobby says of a player from now on, moving time until it has said `status`. */
  async function seenAs(viewer: Player, playerId: string, status: 'available' | 'in_match'): Promise<void> {
    const seen = viewer.hear('lobby_update', ({ players }) =>
      players.some((player) => player.playerId === playerId && player.status === status),
    );
    const tick = setInterval(() => arcade.clock.advance(300), 20);
    await seen.finally(() => clearInterval(tick));
  }

  /** Whether every update since `forget` lists the player. */
  const wasListed = (viewer: Player, playerId: string) =>
    viewer.all('lobby_update').every(({ players }) => players.some((player) => player.playerId === playerId));

  it('SIG-11: stays in the lobby when the page that acted goes, and another of its pages acts', async () => {
    const { one, two, sessionId } = await fighting('tab-1');
    await one.send('join_lobby', { playerId: one.id });
    await two.send('join_lobby', { playerId: two.id });
    const second = await arcade.connect(one.id, 'tab-2');
    await second.send('join_lobby', { playerId: one.id });
    await two.send('leave_match', { playerId: two.id, sessionId });
    await second.hear('match_ended');
    await seenAs(two, one.id, 'available');
    second.forget();
    two.forget();
    one.close();
    expect(await second.hear('ready')).not.toHaveProperty('fighting');
    await two.send('request_match', { requesterId: two.id, targetId: one.id });
    const { requesterId } = await second.hear('match_request_received');
    await second.send('accept_match', { accepterId: one.id, requesterId });
    await seenAs(two, one.id, 'in_match');
    expect(wasListed(two, one.id)).toBe(true);
  });

  it('SIG-11: is listed as in a match while only onlookers are there, who act once it is over', async () => {
    const { one, two } = await fighting('tab-1');
    await two.send('join_lobby', { playerId: two.id });
    const second = await arcade.connect(one.id, 'tab-2');
    await second.send('join_lobby', { playerId: one.id });
    one.close();
    await two.hear('opponent_status');
    await seenAs(two, one.id, 'in_match');
    expect(await second.codeOf('leave_lobby', { playerId: one.id })).toBe(409);
    two.forget();
    second.forget();
    arcade.clock.advance(20_500);
    await second.hear('match_ended');
    expect(await second.hear('ready')).not.toHaveProperty('fighting');
    await seenAs(two, one.id, 'available');
    expect(wasListed(two, one.id)).toBe(true);
    expect(await second.codeOf('leave_lobby', { playerId: one.id })).toBe(0);
  });

  it('SIG-11: stays in the lobby when a page that is in it takes the fight over', async () => {
    const { one, two, sessionId } = await fighting('tab-1');
    await one.send('join_lobby', { playerId: one.id });
    await two.send('join_lobby', { playerId: two.id });
    const second = await arcade.connect(one.id, 'tab-2');
    await second.send('join_lobby', { playerId: one.id });
    await seenAs(two, one.id, 'in_match');
    two.forget();
    await second.send('take_over', { playerId: one.id, sessionId });
    await two.send('join_lobby', { playerId: two.id });
    await seenAs(two, one.id, 'in_match');
    expect(wasListed(two, one.id)).toBe(true);
  });
});

describe('taking over', () => {
  it('SIG-3: is for a match that one is in, whoever asks', async () => {
    const { one, two, sessionId } = await fighting('tab-1');
    const third = await arcade.enter('Three');
    const second = await arcade.connect(one.id, 'tab-2');
    for (const line of [one, second]) {
      expect(await line.codeOf('take_over', { playerId: one.id, sessionId: 'none' })).toBe(404);
      expect(await line.codeOf('take_over', { playerId: two.id, sessionId })).toBe(403);
    }
    expect(await third.codeOf('take_over', { playerId: third.id, sessionId })).toBe(403);
    // Who acts already has nothing to take over, and loses nothing.
    expect(await one.codeOf('take_over', { playerId: one.id, sessionId })).toBe(0);
    expect(one.all('error').filter(({ replaced }) => replaced)).toEqual([]);
  });

  it('SIG-3: by a page that is gone before it is done changes nothing', async () => {
    const { one, two, sessionId, inputs } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    const sockets = arcade.openSockets();
    await arcade.db.$transaction(async (tx) => {
      // What the player asks for waits here, and what comes after it waits behind it.
      await tx.$queryRaw`select id from "User" where id = ${one.id} for update`;
      one.socket.emit('request_match', { requesterId: one.id, targetId: two.id });
      await one.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(0) });
      second.socket.emit('take_over', { playerId: one.id, sessionId });
      await second.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(0) });
      second.close();
      await expect.poll(() => arcade.openSockets()).toBe(sockets - 1);
    });
    // Refused, as one is in a match: the lane goes on.
    expect(await one.hear('error')).toMatchObject({ code: 409 });
    await fight(arcade, [one, two], sessionId, inputs, 0, 60);
    expect(one.all('error').filter(({ replaced }) => replaced)).toEqual([]);
    one.close();
    await two.hear('opponent_status', ({ online }) => !online);
    expect((await arcade.connect(one.id, 'tab-1')).all('ready')[0]).not.toHaveProperty('fighting');
  });

  it('SIG-4: by a newer page while the match is being agreed makes that one the page that is known again', async () => {
    const account = await arcade.enter('One');
    const two = await arcade.enter('Two');
    const old = await arcade.connect(account.id, 'tab-1');
    await old.send('join_lobby', { playerId: old.id });
    const { sessionId } = await two.send('request_match', { requesterId: two.id, targetId: old.id });
    const newer = await arcade.db.$transaction(async (tx) => {
      // What the acceptance writes has to wait here.
      await tx.$queryRaw`select id from "User" where id = ${old.id} for update`;
      old.socket.emit('accept_match', { accepterId: old.id, requesterId: two.id, sessionId });
      await old.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(4) });
      return arcade.connect(old.id, 'tab-2');
    });
    await two.hear('match_request_accepted');
    expect(newer.all('ready')[0]).not.toHaveProperty('fighting');
    newer.close();
    await two.hear('opponent_status', ({ online }) => !online);
    expect((await arcade.connect(old.id, 'tab-2')).all('ready')[0]).not.toHaveProperty('fighting');
  });
});

describe('a page that is reloaded', () => {
  it('SIG-4: is the same one again, though the old line has not ended yet', async () => {
    const { one, two, sessionId } = await fighting('tab-1');
    // A line that answers nothing any more, as after a change of networks.
    Object.assign(one.socket.io.engine, { _sendPacket: () => undefined });
    const again = await arcade.connect(one.id, 'tab-1');
    expect(again.all('ready')[0]).not.toHaveProperty('fighting');
    expect(await again.hear('match_started')).toMatchObject({ sessionId, resumed: true });
    expect(two.all('match_ended')).toEqual([]);
  });

  it('SIG-4: is a copy while the first one answers: duplicated tabs copy ids', async () => {
    const { one, sessionId } = await fighting('tab-1');
    const copy = await arcade.connect(one.id, 'tab-1');
    expect(copy.all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    expect(one.all('error')).toEqual([]);
  });

  it('SIG-4: needs no id where it never had one', async () => {
    const { one, two, sessionId } = await fighting();
    expect((await arcade.connect(one.id)).all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    one.close();
    await two.hear('opponent_status');
    expect((await arcade.connect(one.id, 'tab-9')).all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    expect((await arcade.connect(one.id)).all('ready')[0]).not.toHaveProperty('fighting');
  });

  it('SIG-4: is known again after the server restarted, and another page is not', async () => {
    const { one, sessionId } = await fighting('tab-1');
    await arcade.restart();
    expect((await arcade.connect(one.id, 'tab-2')).all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    expect((await arcade.connect(one.id, 'tab-1')).all('ready')[0]).not.toHaveProperty('fighting');
  });

  it.each([['x'.repeat(65)], ['a b'], ['']])(
    'SIG-4: brings an id of the right form, not %j',
    async (clientId) => {
      const { id } = await arcade.enter('One');
      const refused = new Promise((resolve) => {
        const player = arcade.open(id, { token: id, clientId });
        player.socket.once('connect_error', (error: Error & { data?: { code: number } }) => {
          resolve(error.data?.code);
          player.close();
        });
      });
      expect(await refused).toBe(400);
    },
  );
});

describe('a log-in that ends', () => {
  it('SIG-5: ends its connections, the onlookers’ too, with 401', async () => {
    const { one, two } = await fighting('tab-1');
    const second = await arcade.connect(one.id, 'tab-2');
    arcade.endLogins(one.id);
    for (const line of [one, second]) {
      expect(await line.hear('error')).toMatchObject({ code: 401 });
      await line.closed();
    }
    expect(await two.hear('opponent_status')).toMatchObject({ online: false });
  });
});
