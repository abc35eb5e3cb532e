import * as msgpack from 'socket.io-msgpack-parser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../server/db/testing';
import { addPlayer } from '../server/sessions/testing/players';
import { startTestArcade, type TestArcade } from '../server/signaling/testing/arcade';
import { startFight } from '../server/signaling/testing/match';
import { createLobby } from './lobby';
import {
  createSignaling,
  type Signaling,
  type SignalingFailure,
  type SignalingOptions,
  type SignalingState,
} from './signaling';

let database: TestDatabase;
let arcade: TestArcade;
const open: Signaling[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  arcade = await startTestArcade(database.db);
});
afterEach(async () => {
  for (const signaling of open.splice(0)) signaling.close();
  await arcade.close();
});

/** A line whose states can be waited for. */
function start(getToken: () => Promise<string>, more: SignalingOptions = {}) {
  const states: SignalingState[] = [];
  const waiting = new Set<() => void>();
  const signaling = createSignaling({
    url: arcade.url,
    getToken,
    ...more,
    onState(state) {
      states.push(state);
      for (const look of [...waiting]) look();
    },
  });
  open.push(signaling);
  const reached = (state: SignalingState, times = 1) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (states.filter((seen) => seen === state).length < times) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { signaling, states, reached };
}

/** Lists of the lobby come at intervals of the arcade's clock. */
async function whileTimePasses<T>(what: Promise<T>): Promise<T> {
  const timer = setInterval(() => arcade.clock.advance(300), 20);
  return what.finally(() => clearInterval(timer));
}

describe("the browser's line to the arcade", () => {
  it('comes back by itself after a restart, with a fresh token', async () => {
    const playerId = await addPlayer(database.db, 'One');
    let tokens = 0;
    const { signaling, states, reached } = start(async () => {
      tokens += 1;
      return playerId;
    });
    await reached('online');
    expect(signaling.state).toBe('online');
    await signaling.send('join_lobby', { playerId });
    await arcade.restart();
    await reached('online', 2);
    expect(states.filter((state, i) => state !== states[i - 1])).toEqual(['online', 'offline', 'online']);
    expect(tokens).toBeGreaterThanOrEqual(2);
    await signaling.send('join_lobby', { playerId });
  });

  it('stays away after a takeover', async () => {
    const playerId = await addPlayer(database.db, 'Two');
    const older = start(async () => playerId);
    await older.reached('online');
    const newer = start(async () => playerId);
    await older.reached('replaced');
    await newer.reached('online');
    await newer.signaling.send('join_lobby', { playerId });
    expect(older.signaling.state).toBe('replaced');
    expect(arcade.connections()).toBe(1);
  });

  it('says that it was refused, and does not try again', async () => {
    const { signaling, reached } = start(async () => 'forged');
    await reached('refused');
    expect(signaling.state).toBe('refused');
  });

  it('is online again after a refusal once somebody has logged in', async () => {
    const playerId = await addPlayer(database.db, 'Five');
    let token = 'forged';
    const { signaling, states, reached } = start(async () => token);
    await reached('refused');
    token = playerId;
    signaling.reopen();
    await reached('online');
    expect(states).toEqual(['refused', 'connecting', 'online']);
  });

  it('takes the line back from a newer page when asked to', async () => {
    const playerId = await addPlayer(database.db, 'Six');
    const older = start(async () => playerId);
    await older.reached('online');
    const newer = start(async () => playerId);
    await older.reached('replaced');
    older.signaling.reopen();
    await newer.reached('replaced');
    await older.reached('online', 2);
    await older.signaling.send('join_lobby', { playerId });
  });

  it('tries again when the token could not be fetched', async () => {
    const playerId = await addPlayer(database.db, 'Three');
    let attempts = 0;
    const { states, reached } = start(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('the page has no network yet');
      return playerId;
    });
    await reached('online');
    expect(states).toEqual(['offline', 'online']);
  });

  it("turns the server's refusal into an error with code and session", async () => {
    const playerId = await addPlayer(database.db, 'Four');
    const { signaling, reached } = start(async () => playerId);
    await reached('online');
    const failure = await signaling
      .send('cancel_match_request', { requesterId: playerId, targetId: 'x', sessionId: 'none' })
      .catch((error: SignalingFailure) => error);
    expect(failure).toMatchObject({ name: 'SignalingFailure', code: 404, sessionId: 'none' });
  });

  it('opens by a cookie where no browser sends it', async () => {
    const playerId = await addPlayer(database.db, 'Seven');
    const headers = { cookie: `player=${playerId}`, origin: arcade.url };
    const signaling = createSignaling({ url: arcade.url, headers });
    open.push(signaling);
    expect(await new Promise((resolve) => signaling.on('ready', (ready) => resolve(ready.playerId)))).toBe(
      playerId,
    );
  });
});

describe.each([
  ['JSON', {}],
  ['msgpack', { msgpack }],
])('in %s', (_dialect, options) => {
  it.each(['delta', 'whole'] as const)(
    'keeps the lobby right, told by %s, also over a restart',
    async (lobby) => {
      const playerId = await addPlayer(database.db, 'One');
      const { signaling, reached } = start(async () => playerId, { ...options, lobby });
      const seen: string[][] = [];
      const waiting = new Set<() => void>();
      const followed = createLobby(signaling, (players) => {
        seen.push(players.map((player) => player.playerName).sort());
        for (const look of [...waiting]) look();
      });
      const shown = (names: string) =>
        whileTimePasses(
          new Promise<void>((resolve) => {
            const look = () => {
              if (seen.at(-1)?.join() !== names) return;
              waiting.delete(look);
              resolve();
            };
            waiting.add(look);
            look();
          }),
        );
      // Before the line is there: it enters when it is.
      followed.join();
      await reached('online');
      await shown('One');
      const other = await arcade.enter('Other');
      await other.send('join_lobby', { playerId: other.id });
      await shown('One,Other');
      await other.send('leave_lobby', { playerId: other.id });
      await shown('One');
      await arcade.restart();
      await reached('online', 2);
      const newer = await arcade.enter('Newer');
      await newer.send('join_lobby', { playerId: newer.id });
      await shown('Newer,One');
      expect(followed.players).toHaveLength(2);
      followed.leave();
      newer.forget();
      await whileTimePasses(newer.hear('lobby_update', ({ players }) => players.length === 1));
      followed.close();
    },
  );

  it('sends bytes as bytes', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await startFight(one, two);
    one.close();
    const { signaling, reached } = start(async () => one.id, options);
    await reached('online');
    arcade.clock.advance(1_000);
    const log = new Uint8Array(100).fill(1);
    // A part of a larger array: only that part goes.
    const reply = await signaling.send('match_inputs', {
      sessionId,
      fromFrame: 0,
      inputs: log.subarray(20, 60),
    });
    expect(reply).toEqual({ ok: true, nextFrame: 10 });
  });
});
