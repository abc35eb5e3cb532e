import { expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { startFight } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
});

/** Somebody whose client asks for changes. */
async function enterForDeltas(name: string): Promise<Player> {
  const { id } = await arcade.enter(name);
  const player = arcade.open(id, { token: id, lobby: 'delta' });
  await player.hear('ready');
  return player;
}

/** Moves time until somebody has heard something. */
async function meanwhile<T>(heard: Promise<T>): Promise<T> {
  const tick = setInterval(() => arcade.clock.advance(100), 10);
  return heard.finally(() => clearInterval(tick));
}

const listed = (player: Player, status = 'available') => ({
  ...{ playerId: player.id, status },
  playerName: expect.any(String),
});

it('SIG-20: who asks for changes gets the whole list once, then each change with its number', async () => {
  const watcher = await enterForDeltas('Watcher');
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  await watcher.send('join_lobby', { playerId: watcher.id });
  const first = await watcher.hear('lobby_update');
  expect(first).toEqual({ seq: expect.any(Number), players: [listed(watcher)] });

  await one.send('join_lobby', { playerId: one.id });
  const joined = await meanwhile(
    watcher.hear('lobby_delta', (delta) => delta.joined.some((p) => p.playerId === one.id)),
  );
  expect(joined).toMatchObject({ left: [], changed: [] });
  const { sessionId } = await startFight(one, two);
  const changed = await meanwhile(watcher.hear('lobby_delta', (delta) => delta.changed.length > 0));
  expect(changed.changed).toEqual([listed(one, 'in_match')]);
  await one.send('leave_match', { playerId: one.id, sessionId });
  await meanwhile(watcher.hear('lobby_delta', (delta) => delta.changed[0]?.status === 'available'));
  await one.send('leave_lobby', { playerId: one.id });
  await meanwhile(watcher.hear('lobby_delta', (delta) => delta.left.includes(one.id)));

  const numbers = watcher.all('lobby_delta').map(({ seq }) => seq);
  const from = numbers[0] ?? Number.NaN;
  expect(numbers).toEqual(numbers.map((_, index) => from + index));
  expect(from).toBe((first.seq ?? Number.NaN) + 1);
  expect(watcher.all('lobby_update')).toHaveLength(1);
});

it('SIG-20: who does not ask gets whole lists without numbers, as the contract prints them', async () => {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  await one.send('join_lobby', { playerId: one.id });
  expect(await one.hear('lobby_update')).toEqual({ players: [listed(one)] });
  await two.send('join_lobby', { playerId: two.id });
  const both = await meanwhile(one.hear('lobby_update', ({ players }) => players.length === 2));
  expect(both).toEqual({ players: [listed(one), listed(two)] });
  expect(one.all('lobby_delta')).toEqual([]);
});

it('SIG-20: a list can be asked for again by who shows the lobby, and floods bring few', async () => {
  const player = await enterForDeltas('Player');
  const ask = () => player.codeOf('lobby_resync', { playerId: player.id });
  expect(await ask()).toBe(409);
  await player.send('join_lobby', { playerId: player.id });
  await player.hear('lobby_update');
  player.forget();
  expect(await ask()).toBe(0);
  const again = await meanwhile(player.hear('lobby_update'));
  expect(again.players).toEqual([listed(player)]);

  player.forget();
  const codes = await Promise.all(Array.from({ length: 60 }, ask));
  expect(codes.filter((code) => code === 429).length).toBeGreaterThan(0);
  // At most one that is due, however many were asked for while time stood still.
  expect(player.all('lobby_update').length).toBeLessThanOrEqual(1);
});

it('SIG-15: joining again and again brings five lists at once, then those that are due', async () => {
  const player = await arcade.enter('Player');
  for (let time = 0; time < 15; time += 1) {
    await player.send('join_lobby', { playerId: player.id });
    await player.send('leave_lobby', { playerId: player.id });
  }
  expect(player.all('lobby_update')).toHaveLength(5);
  await player.send('join_lobby', { playerId: player.id });
  await meanwhile(player.hear('lobby_update', () => player.all('lobby_update').length > 5));
});
