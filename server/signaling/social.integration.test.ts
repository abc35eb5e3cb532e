import { expect, it } from 'vitest';
import { MAX_PROBE_BYTES } from '../../proto/signaling-limits';
import { updateRatings } from '../records/ratings';
import { setRelation } from '../social/relations';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, connectPeers, giveUp, playArranged } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
let one: Player;
let two: Player;
arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  await two.send('join_lobby', { playerId: two.id });
});

const ask = (from = one, to = two) => from.codeOf('request_match', { requesterId: from.id, targetId: to.id });

async function askAndGet(answer: 'decline' | 'cancel', from = one, to = two): Promise<void> {
  const { sessionId } = await from.send('request_match', { requesterId: from.id, targetId: to.id });
  if (answer === 'decline')
    await to.send('decline_match', { declinerId: to.id, requesterId: from.id, sessionId });
  else await from.send('cancel_match_request', { requesterId: from.id, targetId: to.id, sessionId });
}

/** Moves time until the list says so of somebody. */
async function listed(watcher: Player, matches: (player: object) => boolean): Promise<object> {
  const tick = setInterval(() => arcade.clock.advance(300), 10);
  const update = await watcher
    .hear('lobby_update', ({ players }) => players.some(matches))
    .finally(() => clearInterval(tick));
  return update.players.find(matches) ?? {};
}

it('SIG-25: who does not want to be disturbed is listed so and asked by nobody, until the stay ends', async () => {
  expect(await one.codeOf('set_status', { playerId: one.id, doNotDisturb: true })).toBe(409);
  await two.send('set_status', { playerId: two.id, doNotDisturb: true });
  expect(await listed(two, (player) => 'doNotDisturb' in player)).toMatchObject({ playerId: two.id });
  expect(await ask()).toBe(409);
  two.forget();
  await two.send('set_status', { playerId: two.id, doNotDisturb: false });
  expect(await listed(two, (player) => !('doNotDisturb' in player))).toMatchObject({ playerId: two.id });
  await askAndGet('cancel');
  await two.send('set_status', { playerId: two.id, doNotDisturb: true });
  await two.send('leave_lobby', { playerId: two.id });
  await two.send('join_lobby', { playerId: two.id });
  await askAndGet('cancel');
});

it('SIG-26: asking and taking back again and again is refused; a match that came of it is not counted', async () => {
  for (let round = 0; round < 6; round += 1) await askAndGet('cancel');
  expect(await ask()).toBe(429);
  arcade.clock.advance(10_000);
  const match = await agree(one, two);
  await giveUp(one, match.sessionId);
  for (let round = 0; round < 6; round += 1) await askAndGet('cancel');
  expect(await ask()).toBe(429);
  const others = [];
  for (let index = 0; index < 5; index += 1) {
    const other = await arcade.enter(`Other${index}`);
    await other.send('join_lobby', { playerId: other.id });
    others.push(other);
  }
  // Whoever is asked: 20 in all, of which this player has used 6.
  const codes: number[] = [];
  for (let round = 0; round < 3; round += 1)
    for (const other of others) {
      codes.push(await one.codeOf('request_match', { requesterId: one.id, targetId: other.id }));
      if (codes.at(-1) !== 0) break;
      const { sessionId } = await other.hear('match_request_received');
      other.forget();
      await one.send('cancel_match_request', { requesterId: one.id, targetId: other.id, sessionId });
    }
  expect(codes).toEqual([...Array<number>(14).fill(0), 429]);
});

it('SIG-26: whatever brings the two into a match, what they asked before is not counted', async () => {
  for (let round = 0; round < 6; round += 1) await askAndGet('cancel');
  expect(await ask()).toBe(429);
  const { sessionId } = await arcade.sessions.arrange({
    ...{ player1Id: two.id, player2Id: one.id, source: 'room' },
    characters: [1, 1],
  });
  await giveUp(one, sessionId);
  await askAndGet('cancel');
});

it('SIG-27: who has declined somebody twice is not asked by that person for ten minutes', async () => {
  await askAndGet('decline');
  // However long the first one is ago, of the same day.
  arcade.clock.advance(8 * 60_000);
  await askAndGet('decline');
  arcade.clock.advance(3 * 60_000);
  expect(await ask()).toBe(409);
  // The other way round nothing was declined.
  await one.send('join_lobby', { playerId: one.id });
  expect(await ask(two, one)).toBe(0);
  const [{ sessionId } = { sessionId: '' }] = one.all('match_request_received');
  await two.send('cancel_match_request', { requesterId: two.id, targetId: one.id, sessionId });
  arcade.clock.advance(7 * 60_000 + 1);
  await askAndGet('decline');
});

it('SIG-27: a match between the two makes a refusal good', async () => {
  await askAndGet('decline');
  arcade.clock.advance(1_000);
  const { sessionId } = await agree(one, two);
  await giveUp(two, sessionId);
  arcade.clock.advance(1_000);
  await askAndGet('decline');
  expect(await ask()).toBe(0);
});

it('SIG-27: neither asks the other where one has blocked the other, in the same words as after two refusals', async () => {
  await setRelation(arcade.db, { ownerId: two.id, targetId: one.id, kind: 'block', on: true });
  await one.send('join_lobby', { playerId: one.id });
  const blocked = await one.raw('request_match', { requesterId: one.id, targetId: two.id });
  expect(blocked).toMatchObject({ ok: false, error: { code: 409 } });
  expect(await ask(two, one)).toBe(409);
  await setRelation(arcade.db, { ownerId: two.id, targetId: one.id, kind: 'block', on: false });
  await askAndGet('decline');
  await askAndGet('decline');
  const refused = await one.raw('request_match', { requesterId: one.id, targetId: two.id });
  expect(refused).toEqual(blocked);
});

it('SIG-28: probes go between the two of a request, before the fight, as they are', async () => {
  const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: two.id });
  const data = Buffer.from([1, 2, 3]);
  await one.send('probe', { sessionId, data });
  const heard = await two.hear('probe');
  expect(heard).toMatchObject({ sessionId, senderId: one.id });
  expect(Buffer.from(heard.data)).toEqual(data);
  await two.send('probe', { sessionId, data });
  await one.hear('probe');
  const third = await arcade.enter('Third');
  expect(await third.codeOf('probe', { sessionId, data })).toBe(403);
  expect(await one.codeOf('probe', { sessionId: 'none', data })).toBe(404);
  expect(await one.codeOf('probe', { sessionId, data: Buffer.alloc(MAX_PROBE_BYTES + 1) })).toBe(413);
  await two.send('accept_match', { accepterId: two.id, requesterId: one.id, sessionId });
  await one.send('probe', { sessionId, data });
  await connectPeers(one, two, sessionId);
  expect(await one.codeOf('probe', { sessionId, data })).toBe(409);
});

it('SIG-29: phrases go to the other player, until five minutes after the end', async () => {
  const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: two.id });
  const say = (from: Player, phrase = 'hello') =>
    from.codeOf('send_phrase', { playerId: from.id, sessionId, phrase });
  expect(await say(one)).toBe(409);
  await two.send('accept_match', { accepterId: two.id, requesterId: one.id, sessionId });
  expect(await say(one)).toBe(0);
  expect(await two.hear('phrase_received')).toEqual({
    sessionId,
    senderId: one.id,
    senderName: expect.stringContaining('One'),
    phrase: 'hello',
  });
  expect(await say(await arcade.enter('Third'))).toBe(403);
  expect(await say(two, 'you are bad')).toBe(400);
  await giveUp(one, sessionId);
  expect(await say(two, 'good_game')).toBe(0);
  await one.hear('phrase_received');
  arcade.clock.advance(4 * 60_000);
  expect(await say(two, 'thanks')).toBe(0);
  arcade.clock.advance(2 * 60_000);
  expect(await say(two, 'thanks')).toBe(409);
});

it('SIG-29: who has muted somebody hears nothing, and nobody is told', async () => {
  const { sessionId } = await agree(one, two);
  await setRelation(arcade.db, { ownerId: two.id, targetId: one.id, kind: 'mute', on: true });
  const say = (phrase: string) => one.codeOf('send_phrase', { playerId: one.id, sessionId, phrase });
  expect(await say('hello')).toBe(0);
  await setRelation(arcade.db, { ownerId: two.id, targetId: one.id, kind: 'mute', on: false });
  expect(await say('good_luck')).toBe(0);
  await two.hear('phrase_received', ({ phrase }) => phrase === 'good_luck');
  expect(two.all('phrase_received')).toHaveLength(1);
  for (let index = 0; index < 2; index += 1) await say('hello');
  expect(await say('hello')).toBe(429);
});

it('SIG-15: the list says the rating of who has fought, and the new one after a fight', async () => {
  await one.send('join_lobby', { playerId: one.id });
  const before = await listed(two, (player) => 'playerId' in player && player.playerId === one.id);
  expect(before).not.toHaveProperty('rating');
  const characters = [1, 1] as const;
  await arcade.sessions.arrange({ player1Id: one.id, player2Id: two.id, characters, source: 'room' });
  // Whoever keeps ratings writes them with the verdict.
  const fight = { player1Id: one.id, player2Id: two.id, winner: 1 } as const;
  await arcade.db.$transaction((tx) => updateRatings(tx, { ...fight, at: new Date(arcade.clock.now()) }));
  await playArranged(arcade, { one, two });
  const after = await listed(
    two,
    (player) => 'playerId' in player && player.playerId === one.id && 'rating' in player,
  );
  expect(after).toMatchObject({ rating: expect.any(Number) });
  const { rating } = await arcade.db.rating.findUniqueOrThrow({ where: { playerId: one.id } });
  expect(after).toMatchObject({ rating: Math.round(rating) });
});

it('SIG-15: the list says it of who comes back in a match while the old line ends', async () => {
  const fight = { player1Id: one.id, player2Id: two.id, winner: 1 } as const;
  await arcade.db.$transaction((tx) => updateRatings(tx, { ...fight, at: new Date(arcade.clock.now()) }));
  const old = await arcade.connect(one.id, 'tab');
  await arcade.sessions.arrange({
    ...{ player1Id: one.id, player2Id: two.id, source: 'room' },
    characters: [1, 1],
  });
  await old.hear('match_request_accepted');
  // Asked whether it is still there, the old line ends: by then the new one has been looked up.
  const { engine } = old.socket.io;
  engine.on('packet', ({ type }) => {
    if (type === 'ping') engine.close();
  });
  const back = await arcade.connect(one.id, 'tab');
  await back.send('join_lobby', { playerId: one.id });
  const isOne = (player: object) => 'playerId' in player && player.playerId === one.id;
  expect(await listed(two, isOne)).toMatchObject({ rating: expect.any(Number) });
});

it('lobby_pings tells how far players are from the server, where that is known', async () => {
  const { rttMs } = await one.send('lobby_pings', { playerId: one.id, playerIds: [two.id, 'nobody'] });
  expect(rttMs).toHaveLength(2);
  expect(rttMs[1]).toBeNull();
  const many = Array.from({ length: 101 }, (_, index) => `p${index}`);
  expect(await one.codeOf('lobby_pings', { playerId: one.id, playerIds: many })).toBe(400);
});
