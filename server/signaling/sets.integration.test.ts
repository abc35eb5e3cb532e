import { expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { connectPeers, fight, giveUp, IDLE_INPUTS } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
let one: Player;
let two: Player;
arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  for (const player of [one, two]) await player.send('join_lobby', { playerId: player.id });
});

/** One asks, the other accepts, both fight, and `loser` gives up. */
async function fightOnce(
  asker: Player,
  loser: Player,
  set: { readonly firstTo?: 1 | 2 | 3 | 5; readonly follows?: string },
) {
  const other = asker === one ? two : one;
  for (const player of [one, two]) player.forget();
  const { sessionId } = await asker.send('request_match', {
    ...{ requesterId: asker.id, targetId: other.id, ...set },
  });
  const asked = await other.hear('match_request_received');
  const { config } = await other.send('accept_match', {
    ...{ accepterId: other.id, requesterId: asker.id, sessionId },
  });
  const accepted = await asker.hear('match_request_accepted');
  expect(accepted.config.set).toEqual(config.set);
  expect(asked.set).toEqual(config.set);
  await connectPeers(asker, other, sessionId);
  await fight(arcade, [asker, other], sessionId, IDLE_INPUTS, 0, 120);
  await giveUp(loser, sessionId);
  await Promise.all([one, two].map((player) => player.hear('match_ended')));
  return { sessionId, set: config.set };
}

const codeOf = (asker: Player, fields: object) =>
  asker.codeOf('request_match', {
    ...{ requesterId: asker.id, targetId: (asker === one ? two : one).id, ...fields },
  });

it('SIG-37: a set goes on fight by fight, whoever asks, until one has won so many', async () => {
  const first = await fightOnce(one, two, { firstTo: 2 });
  expect(first.set).toEqual({ firstTo: 2, wins: [0, 0] });
  // Player 1 is who asks: the score turns with the sides.
  const second = await fightOnce(two, one, { follows: first.sessionId });
  expect(second.set).toEqual({ firstTo: 2, wins: [0, 1] });
  const third = await fightOnce(one, two, { follows: second.sessionId });
  expect(third.set).toEqual({ firstTo: 2, wins: [1, 1] });
  expect(await codeOf(one, { follows: third.sessionId })).toBe(409);
  expect((await fightOnce(one, two, { firstTo: 3 })).set).toEqual({ firstTo: 3, wins: [0, 0] });
});

it('SIG-37: nobody wins a fight of a set twice', async () => {
  const first = await fightOnce(one, two, { firstTo: 3 });
  await fightOnce(one, two, { follows: first.sessionId });
  expect(await codeOf(one, { follows: first.sessionId })).toBe(409);
  expect(await codeOf(two, { follows: first.sessionId })).toBe(409);
});

it('SIG-37: a set is of its two, and of a length that there is', async () => {
  const first = await fightOnce(one, two, { firstTo: 2 });
  const third = await arcade.enter('Third');
  const stranger = { requesterId: third.id, targetId: one.id, follows: first.sessionId };
  expect(await third.codeOf('request_match', stranger)).toBe(404);
  expect(await codeOf(one, { follows: 'nothing' })).toBe(404);
  for (const firstTo of [0, 4, 2.5, '2', 1e9]) expect(await codeOf(one, { firstTo })).toBe(400);
  const single = await fightOnce(one, two, {});
  expect(single.set).toBeUndefined();
  expect(await codeOf(one, { follows: single.sessionId })).toBe(404);
});

it('SIG-37: a set that rested for too long is over', async () => {
  const { sessionId } = await fightOnce(one, two, { firstTo: 5 });
  arcade.clock.advance(16 * 60_000);
  expect(await codeOf(one, { follows: sessionId })).toBe(409);
});
