import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import superjson from 'superjson';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineDigest } from '../../../engine/fighter/checksum';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { AppError } from '../../errors';
import { createGameServices, type GameServices } from '../../game/service';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import { grpcJudge } from '../../sessions/sessions';
import { closeStreams } from '../../streams/streams';
import { FetchEventSource } from '../../streams/testing/fetch-event-source';
import { numberedState, type ScriptedGame, startScriptedGame } from '../../streams/testing/scripted-game';
import type { StateEvent } from '../../streams/wire';
import { channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';
import { createContext } from '../create-context';
import { router } from '../init';
import { matchRouter } from './match';

const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const silent = { info: () => undefined, warn: () => undefined };
const testRouter = router({ match: matchRouter });

let database: TestDatabase;
let games: GameServices;
let own: RunningGrpcServer;
let scripted: ScriptedGame;
let http: Server;
let origin = '';

beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
  games = createGameServices({ keys: KEYS });
  own = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: games.services,
    log: silent,
    graceMs: 200,
  });
  scripted = await startScriptedGame();
  vi.stubEnv('GAME_GRPC_ADDRESS', scripted.address);
  vi.stubEnv('MATCH_GRPC_ADDRESS', `127.0.0.1:${own.port}`);
});
afterAll(async () => {
  await closeStreams();
  channels().close();
  await Promise.all([own.close(), scripted.stop()]);
  await closeDb();
  await database.drop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  http = createServer(createHTTPHandler({ router: testRouter, createContext, basePath: '/api/trpc/' }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = http.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

/** Nobody waits for whoever may come back. */
async function closed(): Promise<void> {
  await closeStreams();
  await scripted.closed();
}

function client() {
  const url = `${origin}/api/trpc`;
  return createTRPCClient<typeof testRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson, EventSource: FetchEventSource }),
        false: httpBatchLink({ url, transformer: superjson }),
      }),
    ],
  });
}

interface Told {
  readonly id: string;
  readonly data: StateEvent;
}

/** Subscribes as a browser does and collects what is told. */
function subscribe(matchId: string, lastEventId?: string) {
  const events: Told[] = [];
  const changes = new EventTarget();
  const changed = () => changes.dispatchEvent(new Event('change'));
  let failure: unknown;
  let isComplete = false;
  const input = { matchId, ...(lastEventId === undefined ? {} : { lastEventId }) };
  const subscription = client().match.stateStream.subscribe(input, {
    onData(event) {
      events.push(event);
      changed();
    },
    onError(error) {
      failure = error;
      changed();
    },
    onComplete() {
      isComplete = true;
      changed();
    },
  });
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise((resolve) => changes.addEventListener('change', resolve, { once: true }));
    }
  }
  return {
    events,
    timers: () =>
      events.flatMap(({ data }) => ('states' in data ? data.states.map(({ timer }) => timer) : [])),
    until,
    complete: () => until(() => isComplete),
    failed: async () => {
      await until(() => failure !== undefined);
      return failure;
    },
    stop: () => subscription.unsubscribe(),
  };
}

async function createSession(
  status: 'requested' | 'connected' | 'ended',
  characters: [number, number] = [1, 2],
) {
  const [player1, player2] = await Promise.all(
    ['a', 'b'].map((name) => {
      const username = `${name}_${randomUUID().slice(0, 8)}`;
      return database.db.user.create({ data: { username, usernameKey: username } });
    }),
  );
  if (!player1 || !player2) throw new Error('players are missing');
  return database.db.matchSession.create({
    data: {
      player1Id: player1.id,
      player2Id: player2.id,
      player1Character: characters[0],
      player2Character: characters[1],
      status,
      connectedAt: new Date(),
    },
    include: { player1: true, player2: true },
  });
}

const judge = () => grpcJudge(targetAt(`127.0.0.1:${own.port}`, false), KEYS);

async function openLive(matchId: string): Promise<void> {
  const characters = [1, 2] as const;
  const startedAtMs = Date.now() - 60_000;
  await judge().createMatch({ matchId, seed: 1, characters, engineDigest: engineDigest(), startedAtMs });
}

async function pushFrames(matchId: string, fromFrame: number, frames: number): Promise<void> {
  const inputs = Buffer.alloc(frames * 4);
  for (const player of [1, 2] as const) await judge().pushInputs({ matchId, player, fromFrame, inputs });
}

describe('match.stateStream', () => {
  it('STREAM-1: shows an exhibition to anybody, each state once, and ends with the winner', async () => {
    const viewer = subscribe('exhibition-1');
    await scripted.opened();
    expect(scripted.lastRequest).toEqual({ match_id: 'exhibition-1', player1_id: 1, player2_id: 1 });
    scripted.send(numberedState(3), numberedState(2), numberedState(1, 2));
    scripted.end();
    await viewer.complete();
    expect(viewer.timers()).toEqual([3, 2, 1]);
    expect(viewer.events.at(-1)?.data).toEqual({ type: 'ended', winner_id: 2 });
    for (const { id } of viewer.events) expect(id).toMatch(/^[0-9a-f]{12}-\d+$/);
    expect(viewer.events[0]?.data).toEqual({
      type: 'state',
      states: [numberedState(3), numberedState(2), numberedState(1, 2)].map((state) => ({
        ...state,
        match_id: 'exhibition-1',
      })),
    });
  });

  it('STREAM-4: loses and repeats nothing when the connection breaks again and again', async () => {
    const viewer = subscribe('exhibition-2');
    await scripted.opened();
    const before = FetchEventSource.connections;
    for (let timer = 0; timer < 20; timer += 1) {
      scripted.send(numberedState(timer));
      await viewer.until(() => viewer.timers().includes(timer));
      if (timer % 5 === 4) {
        http.closeAllConnections();
        // What is said while the viewer is away is told when it is back.
        scripted.send(numberedState(timer + 1000));
      }
    }
    await viewer.until(() => viewer.timers().includes(1019));
    const expected = Array.from({ length: 20 }, (_, t) => (t % 5 === 4 ? [t, t + 1000] : [t])).flat();
    expect(viewer.timers()).toEqual(expected);
    expect(viewer.events.every(({ data }) => data.type === 'state')).toBe(true);
    expect(FetchEventSource.connections - before).toBeGreaterThanOrEqual(4);
    viewer.stop();
    await closed();
  });

  it('STREAM-6: goes on by itself after the streams were closed for a restart', async () => {
    const viewer = subscribe('exhibition-4');
    await scripted.opened();
    scripted.send(numberedState(9));
    await viewer.until(() => viewer.timers().includes(9));
    await closeStreams();
    await scripted.closed();
    await scripted.opened();
    scripted.send(numberedState(8));
    await viewer.until(() => viewer.timers().includes(8));
    expect(viewer.events.at(-1)?.data).toMatchObject({ type: 'snapshot' });
    viewer.stop();
    await closed();
  });

  it('STREAM-5: tells the failure last, and completes', async () => {
    const viewer = subscribe('exhibition-5');
    await scripted.opened();
    scripted.send(numberedState(9));
    await viewer.until(() => viewer.timers().includes(9));
    scripted.fail(new AppError('NOT_FOUND', 'no such match'));
    await viewer.complete();
    expect(viewer.events.map(({ data }) => data)).toMatchObject([
      { type: 'state' },
      { type: 'failed', code: 'NOT_FOUND', message: expect.stringMatching(/\S/) },
    ]);
    await closed();
  });

  it('counts nobody who has closed the page', async () => {
    const viewer = subscribe('exhibition-3');
    await scripted.opened();
    expect((await client().match.list.query()).exhibitions).toEqual([
      { matchId: 'exhibition-3', player1Id: 1, player2Id: 1, viewers: 1 },
    ]);
    viewer.stop();
    await vi.waitFor(async () => expect((await client().match.list.query()).exhibitions).toEqual([]));
    await closed();
  });

  it('lets nobody take all the places', async () => {
    const viewers = Array.from({ length: 12 }, (_, i) => subscribe(`place-${i}`));
    await vi.waitFor(() => expect(scripted.open.size).toBe(8));
    expect(await subscribe('place-9').failed()).toMatchObject({ data: { code: 'TOO_MANY_REQUESTS' } });
    const joining = subscribe('place-0');
    scripted.send(numberedState(4));
    await joining.until(() => joining.timers().includes(4));
    for (const viewer of [...viewers, joining]) viewer.stop();
    await closed();
  });

  it('joins a live match, which never becomes an exhibition', async () => {
    const session = await createSession('connected');
    const calls = scripted.calls;
    const viewer = subscribe(session.id);
    // Until the judge knows the match, viewers wait.
    await viewer.until(() => viewer.events.some(({ data }) => data.type === 'reconnecting'));
    await openLive(session.id);
    await viewer.until(() => viewer.timers().length > 0);
    await pushFrames(session.id, 0, 120);
    await viewer.until(() => viewer.timers().length > 60);
    await database.db.matchSession.update({
      where: { id: session.id },
      data: {
        status: 'ended',
        result: { create: { winner: 2, reason: 'forfeit', frames: 120, checksum: 0n } },
      },
    });
    await judge().endMatch({ matchId: session.id, reason: 'forfeit', winner: 2 });
    await viewer.complete();
    expect(viewer.events.at(-1)?.data).toEqual({ type: 'ended', winner_id: 2, reason: 'forfeit' });
    expect(scripted.calls).toBe(calls);
  });

  it('STREAM-5: tells the result of a match that the judge no longer remembers', async () => {
    const session = await createSession('ended');
    await database.db.matchResult.create({
      data: { sessionId: session.id, winner: 1, reason: 'knockout', frames: 900, checksum: 5n },
    });
    const viewer = subscribe(session.id);
    await viewer.complete();
    expect(viewer.events.map(({ data }) => data)).toEqual([
      { type: 'ended', winner_id: 1, reason: 'knockout' },
    ]);
  });

  it.each(['', 'x'.repeat(129), 'a/b', '../etc', 'a b'])('refuses the id %j', async (matchId) => {
    expect(await subscribe(matchId).failed()).toMatchObject({ data: { code: 'BAD_REQUEST' } });
  });
});

describe('match.list and match.get', () => {
  it('tell who plays, and how the last matches ended', async () => {
    const live = await createSession('connected', [2, 1]);
    const ended = await createSession('ended');
    const waiting = await createSession('requested');
    await database.db.matchResult.create({
      data: { sessionId: ended.id, winner: 2, reason: 'timeout', frames: 60, checksum: 9n },
    });
    const list = await client().match.list.query();
    expect(list.live.find(({ matchId }) => matchId === live.id)).toMatchObject({
      player1: { playerId: live.player1.id, playerName: live.player1.username, characterId: 2 },
      player2: { playerName: live.player2.username, characterId: 1 },
      since: live.connectedAt,
    });
    expect(list.recent.find(({ matchId }) => matchId === ended.id)?.result).toEqual({
      winner: 2,
      reason: 'timeout',
      frames: 60,
    });
    expect([...list.live, ...list.recent].some(({ matchId }) => matchId === waiting.id)).toBe(false);
    expect(await client().match.get.query({ matchId: ended.id })).toMatchObject({
      status: 'ended',
      hasReplay: false,
    });
    expect(await client().match.get.query({ matchId: 'exhibition-9' })).toBeNull();
  });
});
