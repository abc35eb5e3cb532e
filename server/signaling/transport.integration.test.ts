import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { addPlayer } from '../sessions/testing/players';
import { startTestArcade, type TestArcade } from './testing/arcade';
import { speaking } from './testing/dialect';

let database: TestDatabase;
let arcade: TestArcade;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  arcade = await startTestArcade(database.db);
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await arcade.close();
  await database.drop();
});

/** Connects as described; resolves with `ready`'s player, or with the code of the refusal. */
function open(options: Parameters<typeof io>[1]): Promise<{ socket: Socket; outcome: unknown }> {
  const socket = io(arcade.url, { ...speaking(), reconnection: false, forceNew: true, ...options });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('ready', ({ playerId }) => resolve({ socket, outcome: playerId }));
    socket.once('connect_error', (error) => resolve({ socket, outcome: Reflect.get(error, 'data')?.code }));
  });
}

describe('the endpoint', () => {
  it.each([[['polling']], [['polling', 'websocket']], [['websocket']]])(
    'speaks over %j, binary inputs included',
    async (transports) => {
      const playerId = await addPlayer(database.db, 'One');
      const { socket, outcome } = await open({ transports, auth: { token: playerId } });
      expect(outcome).toBe(playerId);
      const reply = await socket.emitWithAck('match_inputs', {
        sessionId: 'none',
        fromFrame: 0,
        inputs: new Uint8Array(8),
      });
      // Read as binary: it got as far as the question which session that is.
      expect(reply).toMatchObject({ ok: false, error: { code: 404, sessionId: 'none' } });
    },
  );

  it('SIG-21: is two endpoints, JSON and msgpack, of one lobby and one presence', async () => {
    const [one, two] = [await addPlayer(database.db, 'One'), await addPlayer(database.db, 'Two')];
    const [json, msgpack] = [
      await arcade.connect(one, 'a', 'json'),
      await arcade.connect(two, 'b', 'msgpack'),
    ];
    await json.send('join_lobby', { playerId: one });
    await msgpack.send('join_lobby', { playerId: two });
    arcade.clock.advance(1_000);
    for (const player of [json, msgpack])
      await player.hear('lobby_update', ({ players }) =>
        [one, two].every((id) => players.some(({ playerId }) => playerId === id)),
      );
    const { sessionId } = await json.send('request_match', { requesterId: one, targetId: two });
    await msgpack.send('accept_match', { accepterId: two, requesterId: one, sessionId });
    await json.hear('match_request_accepted');
    // In the match, a line of the other dialect is an onlooker like any other.
    const onlooker = await arcade.connect(one, 'c', 'msgpack');
    expect(onlooker.all('ready')).toMatchObject([{ fighting: { sessionId } }]);
    await onlooker.send('take_over', { playerId: one, sessionId });
    expect(await json.hear('error')).toMatchObject({ code: 409, replaced: true });
    await json.closed();
    await onlooker.send('leave_match', { playerId: one, sessionId });
    // Outside of one the newer line acts.
    const newer = await arcade.connect(one, 'd', 'json');
    expect(await onlooker.hear('error', ({ replaced }) => replaced === true)).toMatchObject({ code: 409 });
    expect(await newer.codeOf('join_lobby', { playerId: one })).toBe(0);
  });

  it('SIG-23: tells a line how it does', async () => {
    const playerId = await addPlayer(database.db, 'One');
    const player = await arcade.connect(playerId);
    const ask = () => player.send('line_stats', { playerId });
    const before = await ask();
    // The log-in and this question; and its answer to the first, and `ready`.
    expect(before).toMatchObject({ in: 2, dropped: 0, queued: 0, bytes: 0, rttMs: null });
    await player.codeOf('nonsense', {});
    const after = await ask();
    expect(after.in).toBe(4);
    // The answers to the question before and to the nonsense, and that one's echo as `error`.
    expect(after.out - before.out).toBe(3);
    expect(await player.codeOf('line_stats', { playerId: 'somebody-else' })).toBe(403);
    player.close();
  });

  it('SIG-6: lets a log-in cookie in from its own origin only', async () => {
    const playerId = await addPlayer(database.db, 'Two');
    const withOrigin = (origin: string) =>
      open({ transports: ['websocket'], extraHeaders: { cookie: `player=${playerId}`, origin } });
    expect((await withOrigin(arcade.url)).outcome).toBe(playerId);
    expect((await withOrigin('https://elsewhere.example')).outcome).toBe(403);
    const without = await open({ transports: ['polling'], extraHeaders: { cookie: `player=${playerId}` } });
    expect(without.outcome).toBe(403);
  });

  it('knows no other namespace', async () => {
    const playerId = await addPlayer(database.db, 'Three');
    const socket = io(`${arcade.url}/admin`, {
      ...speaking(),
      transports: ['websocket'],
      reconnection: false,
      auth: { token: playerId },
    });
    sockets.push(socket);
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(error.message).toBe('Invalid namespace');
  });
});
