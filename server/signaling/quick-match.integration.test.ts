import { expect, it } from 'vitest';
import { QUEUE_GRACE_MS } from '../quick-match/places';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, beginArranged, giveUp, playArranged } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

const queue = (player: Player, characterId?: number) =>
  player.send('join_quick_match', { playerId: player.id, ...(characterId ? { characterId } : {}) });

/** Lets time pass in the steps in which pairs are looked for, and what it sets off come about. */
async function pass(ms: number): Promise<void> {
  for (let past = 0; past < ms; past += 500) {
    arcade.clock.advance(Math.min(500, ms - past));
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

async function rate(player: Player, rating: number): Promise<void> {
  await arcade.db.rating.create({
    data: { playerId: player.id, rating, updatedAt: new Date(arcade.clock.now()) },
  });
}

it('SIG-30: two who wait are brought together, each with the fighter they chose', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  const { status } = await queue(one, 2);
  expect(status).toEqual({
    ...{ rating: 1500, window: 60, waitingMs: 0, estimateMs: null, others: 0, characterId: 2 },
  });
  await pass(500);
  expect((await queue(two, 1)).status).toMatchObject({ others: 1, estimateMs: 0 });
  await pass(1_000);
  const told = await one.hear('match_request_accepted');
  expect(told).toMatchObject({ accepterId: two.id, requesterId: one.id, source: 'quick_match' });
  expect(told.config.characters).toEqual([2, 1]);
  for (const player of [one, two])
    expect(await player.hear('quick_match_status', ({ state }) => state === 'left')).toEqual({
      ...{ state: 'left', reason: 'matched' },
    });
  await beginArranged({ one, two });
});

it('SIG-32: who is far apart waits until the window is wide enough, and hears how it widens', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  await rate(one, 1400);
  await rate(two, 1580);
  await queue(one);
  // 180 points apart: 60 at once, and 6 a second.
  expect((await queue(two)).status).toMatchObject({ rating: 1580, window: 60, estimateMs: 20_000 });
  await pass(10_000);
  const widened = await two.hear(
    'quick_match_status',
    (told) => told.state === 'waiting' && told.window === 120,
  );
  expect(widened).toMatchObject({ waitingMs: 10_000, estimateMs: 10_000, others: 1 });
  await pass(9_000);
  expect(one.all('match_request_accepted')).toEqual([]);
  await pass(1_500);
  await one.hear('match_request_accepted');
});

it('SIG-31: the same two are not brought together again within ten minutes', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  await Promise.all([queue(one), queue(two)]);
  await pass(1_000);
  await playArranged(arcade, { one, two });
  const fought = one.all('match_request_accepted').length;
  await Promise.all([queue(one), queue(two)]);
  await pass(70_000);
  expect(one.all('match_request_accepted')).toHaveLength(fought);
  const three = await arcade.enter('Three');
  await queue(three);
  await pass(1_000);
  expect((await three.hear('match_request_accepted')).source).toBe('quick_match');
});

it('SIG-31: who has blocked somebody, or declined them twice, is not brought together with them', async () => {
  const [one, two, three] = [
    await arcade.enter('One'),
    await arcade.enter('Two'),
    await arcade.enter('Three'),
  ];
  await arcade.db.relation.create({ data: { ownerId: two.id, targetId: one.id, kind: 'block' } });
  await three.send('join_lobby', { playerId: three.id });
  for (let time = 0; time < 2; time += 1) {
    const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: three.id });
    await three.send('decline_match', { declinerId: three.id, requesterId: one.id, sessionId });
  }
  await queue(one);
  await queue(two);
  await pass(65_000);
  expect(one.all('match_request_accepted')).toEqual([]);
  // The two others have nothing against each other.
  await queue(three);
  await pass(3_000);
  expect(await three.hear('match_request_accepted')).toMatchObject({ accepterId: two.id });
});

it('SIG-31: who does not want to be disturbed has no place', async () => {
  const one = await arcade.enter('One');
  await one.send('join_lobby', { playerId: one.id });
  await queue(one);
  await one.send('set_status', { playerId: one.id, doNotDisturb: true });
  await one.hear('quick_match_status', ({ state }) => state === 'left');
  expect(await one.codeOf('join_quick_match', { playerId: one.id })).toBe(409);
});

it('SIG-31: who has begun another fight is out of the queue, and who fights does not come in', async () => {
  const [one, two, three] = [
    await arcade.enter('One'),
    await arcade.enter('Two'),
    await arcade.enter('Three'),
  ];
  await queue(one);
  const { sessionId } = await agree(one, two);
  await one.hear('quick_match_status', (told) => told.state === 'left' && told.reason === 'in_match');
  expect(await one.codeOf('join_quick_match', { playerId: one.id })).toBe(409);
  await queue(three);
  await pass(2_000);
  expect(three.all('match_request_accepted')).toEqual([]);
  await giveUp(two, sessionId);
});

it('SIG-31: who can be brought together with nobody keeps no others from each other', async () => {
  const [one, two, three] = [
    await arcade.enter('One'),
    await arcade.enter('Two'),
    await arcade.enter('Three'),
  ];
  await queue(one);
  // In a match that this process does not know.
  const other = await arcade.enter('Other');
  await arcade.db.matchSession.create({
    data: { player1Id: one.id, player2Id: other.id, player1Character: 1, status: 'connected' },
  });
  // Who has waited longest chooses first.
  await pass(500);
  await queue(two);
  await queue(three);
  await pass(20_000);
  expect(one.all('match_request_accepted')).toEqual([]);
  expect(await two.hear('match_request_accepted')).toMatchObject({ accepterId: three.id });
});

it('SIG-33: a reload keeps the place, a longer absence loses it, and who is away is not brought together', async () => {
  const one = await arcade.enter('One');
  await queue(one);
  await pass(3_000);
  one.close();
  await expect.poll(() => arcade.connections()).toBe(0);
  const two = await arcade.enter('Two');
  await queue(two);
  await pass(2_000);
  expect(two.all('match_request_accepted')).toEqual([]);
  const back = await arcade.connect(one.id);
  expect(await back.hear('quick_match_status')).toMatchObject({ state: 'waiting', waitingMs: 5_000 });
  await pass(1_000);
  await two.hear('match_request_accepted');

  const three = await arcade.enter('Three');
  await queue(three);
  three.close();
  await expect.poll(() => arcade.connections()).toBe(2);
  await pass(QUEUE_GRACE_MS + 500);
  const late = await arcade.connect(three.id);
  expect((await queue(late)).status.waitingMs).toBe(0);
});

it('SIG-33: leaving the queue or the lobby ends the wait', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  for (const event of ['leave_quick_match', 'leave_lobby'] as const) {
    one.forget();
    await queue(one);
    await one.send(event, { playerId: one.id });
    await one.hear('quick_match_status', (told) => told.state === 'left' && told.reason === 'left');
  }
  await queue(two);
  await pass(2_000);
  expect(two.all('match_request_accepted')).toEqual([]);
});

it('SIG-34: who spoiled fights has no place, and hears until when', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  const at = new Date(arcade.clock.now());
  for (let number = 0; number < 3; number += 1) {
    const { id } = await arcade.db.matchSession.create({
      data: { player1Id: one.id, player2Id: two.id, player1Character: 1, status: 'ended', createdAt: at },
    });
    await arcade.db.conduct.create({
      data: { sessionId: id, playerId: one.id, reason: 'abandoned', isWhole: true, at },
    });
  }
  const reply = await one.raw('join_quick_match', { playerId: one.id });
  expect(reply).toMatchObject({
    ...{ ok: false, error: { code: 429, detail: { until: at.getTime() + 5 * 60_000 } } },
  });
  expect(await two.codeOf('join_quick_match', { playerId: two.id })).toBe(0);
});

it('SIG-34: who asks for a place again and again is held up', async () => {
  const one = await arcade.enter('One');
  const codes = await Promise.all(
    Array.from({ length: 20 }, () => one.codeOf('join_quick_match', { playerId: one.id })),
  );
  expect(codes.filter((code) => code === 0)).toHaveLength(10);
  expect(codes.filter((code) => code === 429)).toHaveLength(10);
});
